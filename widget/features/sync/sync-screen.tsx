import { useFrame } from '#widget/session/frame.ts';
import { useReadyEvent } from '#widget/session/use-page-events.ts';
import { Button } from '#widget/ui/button.tsx';
import { FailureNote } from '#widget/ui/failures/failure-note.tsx';
import { Header } from '#widget/ui/header.tsx';
import { RowsSkeleton } from '#widget/ui/skeleton.tsx';
import { useAttention } from './use-attention.ts';
import { syncWords } from './words.ts';
import '#widget/ui/styles/screens.css';

/** The overview of sync, for admins: the records that wait for a person. */
export function SyncScreen() {
  useReadyEvent();
  const { failure, isFetching, refetch, records, ...list } = useAttention();
  return (
    <>
      <Header title={syncWords.title} />
      {failure && <FailureNote failure={failure} isRetrying={isFetching} onRetry={refetch} />}
      {records ? <Attention {...list} records={records} isFetching={isFetching} /> : !failure && <RowsSkeleton />}
    </>
  );
}

type AttentionProps = Pick<ReturnType<typeof useAttention>, 'total' | 'showMore' | 'isFetching'> & {
  records: NonNullable<ReturnType<typeof useAttention>['records']>;
};

function Attention({ records, total, showMore, isFetching }: AttentionProps) {
  const { format } = useFrame();
  return (
    <section className="pad" aria-label={syncWords.needsYou}>
      <h2>{syncWords.needsYou}</h2>
      {records.length === 0 && <p>{syncWords.none}</p>}
      <ul className="cards">
        {records.map(({ kind, crmId, xeroId, title, problem, question, amount }) => (
          <li key={`${kind} ${crmId ?? xeroId}`} className="card">
            <div className="card-words">
              <strong>{title ?? crmId}</strong>
              <p className="small">{(problem ?? question)?.message}</p>
            </div>
            {amount && <span>{format.money(amount)}</span>}
          </li>
        ))}
      </ul>
      {showMore && (
        <p>
          {syncWords.count(format.count(records.length), format.count(total))}{' '}
          <Button isBusy={isFetching} onClick={showMore}>
            {syncWords.more}
          </Button>
        </p>
      )}
    </section>
  );
}
