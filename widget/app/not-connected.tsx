import { useConnect } from '#widget/session/use-connect.ts';
import { ActError } from '#widget/ui/act-error.tsx';
import { Button } from '#widget/ui/button.tsx';
import { Message } from '#widget/ui/message.tsx';

type Props = { reason: 'never' | 'disconnected'; onCheckAgain(): void; isChecking: boolean };

/** Nothing to show before Xero is connected: an admin does it from here, anybody else knows whom to ask. */
export function NotConnected({ reason, onCheckAgain, isChecking }: Props) {
  const { isAdmin, connect, isLeaving, failure } = useConnect();
  const title = reason === 'never' ? 'Xero is not connected yet' : 'Xero is disconnected';
  const kept = reason === 'disconnected' ? ' All links are kept for when it is connected again.' : '';
  if (!isAdmin)
    return (
      <Message
        icon="link"
        title={title}
        action={
          <Button isBusy={isChecking} onClick={onCheckAgain}>
            Check again
          </Button>
        }
      >
        Ask an admin of this CRM to connect Xero.{kept}
      </Message>
    );
  return (
    <>
      {failure && <ActError title="Couldn’t start connecting" failure={failure} />}
      <Message
        icon="link"
        title={title}
        action={
          <Button look="primary" isBusy={isLeaving} onClick={connect}>
            Connect to Xero
          </Button>
        }
      >
        Connect once to see Xero figures on every record.{kept}
      </Message>
    </>
  );
}
