import { Button } from '#widget/ui/button.tsx';
import { Message } from '#widget/ui/message.tsx';

/** After a fault of the widget's own: nothing of its state is trusted any more. */
export function Broken() {
  return (
    <main>
      <Message
        icon="warning"
        title="Something went wrong here"
        action={
          <Button look="primary" onClick={() => location.reload()}>
            Load again
          </Button>
        }
      >
        The widget stopped on a fault of its own. Nothing in Xero was changed by it.
      </Message>
    </main>
  );
}
