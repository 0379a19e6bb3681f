import { titleOfKind } from '#shared/words/sync-kind-words.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import { FailureNote } from '#widget/ui/failures/failure-note.tsx';
import { RowsSkeleton } from '#widget/ui/skeleton.tsx';
import { outcomeWords, runWords, syncWords } from '../words.ts';
import { useRunRows } from './use-runs.ts';

type Props = {
  id: string;
  /** What would be done, not what was. */
  isPlan: boolean;
};

/** What a run did with each record, or would do, and why not. */
export function RunRows({ id, isPlan }: Props) {
  const { format } = useFrame();
  const { rows, failure, isFetching, refetch, showMore } = useRunRows(id);
  if (!rows && !failure) return <RowsSkeleton />;
  return (
    <>
      {failure && <FailureNote failure={failure} isRetrying={isFetching} onRetry={refetch} />}
      {rows?.length === 0 && <p className="small">{runWords.noRows}</p>}
      <ul className="rows">
        {rows?.map(({ kind, crmId, xeroId, outcome, done, message, record }) => (
          <li key={`${kind} ${crmId ?? xeroId}`} className="sync-run-row">
            <div className="sync-row-head">
              <span>{record?.title ?? crmId ?? xeroId}</span>
              {record?.amount && <span className="amount">{format.money(record.amount)}</span>}
            </div>
            <p className="small">
              {titleOfKind(kind, 'one')} · {outcomeWords[outcome][isPlan || !done ? 'plan' : 'done']}
            </p>
            {message && <p className="small">{message}</p>}
          </li>
        ))}
      </ul>
      {showMore && (
        <Button isBusy={isFetching} onClick={showMore}>
          {syncWords.more}
        </Button>
      )}
    </>
  );
}
