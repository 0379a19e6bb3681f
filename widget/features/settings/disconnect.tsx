import { useState } from 'react';
import { Button } from '#widget/ui/button.tsx';
import { Confirm } from '#widget/ui/confirm.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { useDisconnect } from './use-settings.ts';
import { settingsWords } from './words.ts';

/** The heading takes the focus when the buttons disappear. */
function focusHeading() {
  return document.querySelector('h1')?.focus();
}

export function Disconnect({ organisation }: { organisation: string }) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      {isAsking && <Question organisation={organisation} onCancel={() => setIsAsking(false)} />}
      {/* Hidden, not gone: it gets the focus back. */}
      <footer className="footer" hidden={isAsking}>
        <Button variant="text" onClick={() => setIsAsking(true)}>
          {settingsWords.disconnect}
        </Button>
      </footer>
    </>
  );
}

/** A new question shows no earlier failure. */
function Question({ organisation, onCancel }: { organisation: string; onCancel(): void }) {
  const { disconnect, isDisconnecting, failure } = useDisconnect(focusHeading);
  return (
    <>
      <Confirm
        title={settingsWords.disconnectTitle(organisation)}
        confirmLabel={settingsWords.disconnectConfirm}
        isBusy={isDisconnecting}
        onConfirm={disconnect}
        onCancel={onCancel}
      >
        {settingsWords.disconnectText}
      </Confirm>
      {failure && <ActError title={settingsWords.disconnectFailed} failure={failure} />}
    </>
  );
}
