import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Host } from '#widget/session/host/host.ts';
import { Message } from '#widget/ui/message.tsx';
import { FiguresSkeleton } from '#widget/ui/skeleton.tsx';
import { RecordScope } from './record-scope.tsx';
import { appWords } from './words.ts';

/** How long the page around the frame may take to say hello, in milliseconds. */
const helloMs = 8000;

type Props = { host: Host; workspace: string };

/** Each record gets its own scope. Theme, locale and view change within the scope and send no request. */
export function App({ host, workspace }: Props) {
  const context = useSyncExternalStore(host.subscribe, host.getContext);
  const theme = context?.theme;
  useEffect(() => {
    if (theme) document.documentElement.dataset.theme = theme;
  }, [theme]);
  if (!context) return <Waiting />;
  const key = JSON.stringify([context.recordType, context.recordId]);
  return <RecordScope key={key} host={host} context={context} workspace={workspace} />;
}

function Waiting() {
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(setIsLate, helloMs, true);
    return () => clearTimeout(timer);
  }, []);
  if (!isLate)
    return (
      <main>
        <FiguresSkeleton />
      </main>
    );
  return (
    <main>
      <Message icon="link" title={appWords.outsideTitle}>
        {appWords.outside}
      </Message>
    </main>
  );
}
