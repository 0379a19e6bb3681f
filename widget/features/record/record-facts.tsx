import type { SyncRecord } from '#shared/contract/sync/record.ts';
import { copyText } from '#widget/lib/copy-text.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import { FactList } from '#widget/ui/fact-list.tsx';
import { XeroButton } from '#widget/ui/xero-button.tsx';
import { alsoStateWords, alsoWords, recordWords, xeroStatusWords } from './words.ts';

/** What Xero has of the record: its number, its id, when and by whom it was sent, and what else stands there for it. */
export function RecordFacts({ record }: { record: SyncRecord }) {
  const { format } = useFrame();
  const { xeroNumber, xeroStatus, xeroId, syncedAt, syncedBy, notes } = record;
  const synced = syncedAt && format.moment(syncedAt);
  if (!xeroId && !synced && notes.length === 0 && record.also.length === 0) return null;
  return (
    <div className="pad record-facts">
      <FactList
        className="facts"
        facts={[
          [recordWords.number, xeroNumber],
          [recordWords.status, xeroStatus && (xeroStatusWords[xeroStatus] ?? xeroStatus)],
          [recordWords.synced, synced && (syncedBy ? recordWords.syncedBy(synced, syncedBy.name) : synced)],
          [recordWords.xeroId, xeroId],
        ]}
      />
      {xeroId !== null && <CopyId id={xeroId} />}
      {notes.map(({ code, message, at }) => (
        <p key={code + at} className="small">
          {message} ({format.moment(at)})
        </p>
      ))}
      <Also record={record} />
    </div>
  );
}

function CopyId({ id }: { id: string }) {
  const { announce } = useFrame();
  const copy = async () => announce((await copyText(id)) ? recordWords.idCopied : recordWords.copyFailed);
  return (
    <Button variant="text" onClick={copy}>
      {recordWords.copyId}
    </Button>
  );
}

function Also({ record: { also } }: { record: SyncRecord }) {
  if (also.length === 0) return null;
  return (
    <section aria-label={recordWords.also}>
      <h2>{recordWords.also}</h2>
      <ul className="cards">
        {also.map(({ what, name, state, problem, xeroId, xeroUrl }) => (
          <li key={`${what} ${xeroId ?? name}`} className="card">
            <div className="card-words">
              <strong>{name ? `${alsoWords[what]}: ${name}` : alsoWords[what]}</strong>
              <p className="small">{problem?.message ?? alsoStateWords[state]}</p>
              {problem?.detail && <p className="small">{recordWords.xeroSays(problem.detail)}</p>}
            </div>
            <XeroButton url={xeroUrl} />
          </li>
        ))}
      </ul>
    </section>
  );
}
