import type { RecordView } from '#shared/contract/session/view.ts';
import { useFrame } from '#widget/session/frame.ts';
import { recordWords } from './words.ts';

/** What happened to the record, newest first. */
export function RecordHistory({ history }: Pick<RecordView, 'history'>) {
  const { format } = useFrame();
  if (history.length === 0) return null;
  return (
    <section className="pad record-history" aria-label={recordWords.history}>
      <h2>{recordWords.history}</h2>
      <ol>
        {history.map(({ at, by, action, message, version }) => (
          <li key={`${at} ${action} ${version}`}>
            {message}
            <p className="small">{recordWords.by(by.name, format.moment(at))}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
