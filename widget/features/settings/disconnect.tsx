import { useState } from 'react';
import { ActError } from '#widget/ui/act-error.tsx';
import { Button } from '#widget/ui/button.tsx';
import { Confirm } from '#widget/ui/confirm.tsx';
import { useDisconnect } from './use-settings.ts';
import { settingsWords } from './words.ts';

/** The heading is where one starts after the buttons are gone. */
const focusHeading = () => document.querySelector('h1')?.focus();

export function Disconnect({ organisation }: { organisation: string }) {
  const [isAsking, setIsAsking] = useState(false);
  const { disconnect, isDisconnecting, failure } = useDisconnect(focusHeading);
  return (
    <>
      {isAsking && (
        <Confirm
          title={settingsWords.disconnectTitle(organisation)}
          confirmLabel={settingsWords.disconnectConfirm}
          isBusy={isDisconnecting}
          onConfirm={disconnect}
          onCancel={() => setIsAsking(false)}
        >
          {settingsWords.disconnectText}
        </Confirm>
      )}
      {isAsking && failure && <ActError title={settingsWords.disconnectFailed} failure={failure} />}
      {/* Hidden, not gone: it gets the focus back. */}
      <footer className="footer" hidden={isAsking}>
        <Button look="text" onClick={() => setIsAsking(true)}>
          {settingsWords.disconnect}
        </Button>
      </footer>
    </>
  );
}
