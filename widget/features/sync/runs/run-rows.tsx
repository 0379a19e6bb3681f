import { Button } from '#widget/ui/button.tsx';
import { FailureNote } from '#widget/ui/failures/failure-note.tsx';
import { RowsSkeleton } from '#widget/ui/skeleton.tsx';
import type { InboxFilter } from '../place.ts';
import { runWords, syncWords } from '../words.ts';
import { RunRow } from './run-row.tsx';
import { useRunRows } from './use-runs.ts';

type Props = {
  id: string;
  /** What would be done, not what was. */
  isPlan: boolean;
  /** Shows records in the inbox. */
  onShow(filter: InboxFilter): void;
};

/** What a run did with each record, or would do, and why not. */
export function RunRows({ id, isPlan, onShow }: Props) {
  const { rows, failure, isFetching, refetch, showMore } = useRunRows(id);
  if (!rows && !failure) return <RowsSkeleton />;
  return (
    <>
      {failure && <FailureNote failure={failure} isRetrying={isFetching} onRetry={refetch} />}
      {rows?.length === 0 && <p className="small">{runWords.noRows}</p>}
      <ul className="rows">
        {rows?.map((row) => (
          <RunRow key={`${row.kind} ${row.crmId ?? row.xeroId}`} row={row} isPlan={isPlan} onShow={onShow} />
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
