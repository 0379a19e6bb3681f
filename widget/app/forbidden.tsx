import { Button } from '#widget/ui/button.tsx';
import { Message } from '#widget/ui/message.tsx';
import { uiWords } from '#widget/ui/words.ts';

type Props = { onCheckAgain(): void; isChecking: boolean; title: string; text: string };

export function Forbidden({ onCheckAgain, isChecking, title, text }: Props) {
  return (
    <Message
      icon="lock"
      title={title}
      action={
        <Button isBusy={isChecking} onClick={onCheckAgain}>
          {uiWords.checkAgain}
        </Button>
      }
    >
      {text}
    </Message>
  );
}
