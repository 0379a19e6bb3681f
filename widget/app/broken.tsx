import { Button } from '#widget/ui/button.tsx';
import { Message } from '#widget/ui/message.tsx';
import { appWords } from './words.ts';

/** Shown after a fault of the widget itself. Its state can no longer be trusted. */
export function Broken() {
  return (
    <main>
      <Message
        icon="warning"
        title={appWords.brokenTitle}
        action={
          <Button variant="primary" onClick={() => location.reload()}>
            {appWords.reload}
          </Button>
        }
      >
        {appWords.broken}
      </Message>
    </main>
  );
}
