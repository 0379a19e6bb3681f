import { useState } from 'react';
import type { RecordView } from '#shared/contract/session/view.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import { recordWords } from './words.ts';

/** How many entries are shown until a person asks for all. */
const shownAtFirst = 8;

/** What happened to the record, newest first. */
export function RecordHistory({ history }: Pick<RecordView, 'history'>) {
  const { format } = useFrame();
  const [isWhole, setIsWhole] = useState(false);
  if (history.length === 0) return null;
  const shown = isWhole ? history : history.slice(0, shownAtFirst);
  return (
    <section className="pad record-history" aria-label={recordWords.history}>
      <h2>{recordWords.history}</h2>
      <ol>
        {shown.map(({ at, by, action, message, version }) => (
          <li key={`${at} ${action} ${version}`}>
            {message}
            <p className="small">{recordWords.by(by.name, format.moment(at))}</p>
          </li>
        ))}
      </ol>
      {shown.length < history.length && (
        <Button variant="text" onClick={() => setIsWhole(true)}>
          {recordWords.wholeHistory(format.count(history.length))}
        </Button>
      )}
    </section>
  );
}
