import { useConnect } from '#widget/session/use-connect.ts';
import { Button } from '#widget/ui/button.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { Message } from '#widget/ui/message.tsx';
import { uiWords } from '#widget/ui/words.ts';
import { notConnectedWords } from './own-words.ts';

type Props = { reason: 'never' | 'disconnected'; onCheckAgain(): void; isChecking: boolean };

/** Shown before Xero is connected. An admin can connect here; everybody else is told whom to ask. */
export function NotConnected({ reason, onCheckAgain, isChecking }: Props) {
  const { isAdmin, connect, isLeaving, failure } = useConnect();
  const title = notConnectedWords.title[reason];
  const kept = reason === 'disconnected' && <> {notConnectedWords.kept}</>;
  if (!isAdmin)
    return (
      <Message
        icon="link"
        title={title}
        action={
          <Button isBusy={isChecking} onClick={onCheckAgain}>
            {uiWords.checkAgain}
          </Button>
        }
      >
        {notConnectedWords.askAdmin}
        {kept}
      </Message>
    );
  return (
    <>
      {failure && <ActError title={uiWords.connectFailed} failure={failure} />}
      <Message
        icon="link"
        title={title}
        action={
          <Button variant="primary" isBusy={isLeaving} onClick={connect}>
            {uiWords.connect}
          </Button>
        }
      >
        {notConnectedWords.connect}
        {kept}
      </Message>
    </>
  );
}
