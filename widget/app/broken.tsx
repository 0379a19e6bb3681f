import { Button } from '#widget/ui/button.tsx';
import { Message } from '#widget/ui/message.tsx';
import { appWords } from './words.ts';

/** After a fault of the widget's own: nothing of its state is trusted any more. */
export function Broken() {
  return (
    <main>
      <Message
        icon="warning"
        title={appWords.brokenTitle}
        action={
          <Button look="primary" onClick={() => location.reload()}>
            {appWords.reload}
          </Button>
        }
      >
        {appWords.broken}
      </Message>
    </main>
  );
}
