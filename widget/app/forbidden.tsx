import { Button } from '#widget/ui/button.tsx';
import { Message } from '#widget/ui/message.tsx';
import { uiWords } from '#widget/ui/words.ts';
import { forbiddenWords } from './words.ts';

type Props = { onCheckAgain(): void; isChecking: boolean; isSettings?: boolean };

export function Forbidden({ onCheckAgain, isChecking, isSettings }: Props) {
  return (
    <Message
      icon="lock"
      title={isSettings ? forbiddenWords.settingsTitle : forbiddenWords.title}
      action={
        <Button isBusy={isChecking} onClick={onCheckAgain}>
          {uiWords.checkAgain}
        </Button>
      }
    >
      {isSettings ? forbiddenWords.settings : forbiddenWords.text}
    </Message>
  );
}
