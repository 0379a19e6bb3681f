import { Button } from '#widget/ui/button.tsx';
import { Message } from '#widget/ui/message.tsx';

/** After a fault of the widget's own: nothing of its state is trusted any more. */
export function Broken() {
  return (
    <main>
      <Message
        icon="warning"
        title="Something went wrong"
        action={
          <Button look="primary" onClick={() => location.reload()}>
            Reload
          </Button>
        }
      >
        The widget stopped because of an internal error. The error changed nothing in Xero.
      </Message>
    </main>
  );
}
