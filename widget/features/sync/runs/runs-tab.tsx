import { useFrame } from '#widget/session/frame.ts';
import { useNetwork } from '#widget/session/use-network.ts';
import { Button } from '#widget/ui/button.tsx';
import { FailureNote } from '#widget/ui/failures/failure-note.tsx';
import { RowsSkeleton } from '#widget/ui/skeleton.tsx';
import type { Go, InboxFilter } from '../place.ts';
import { runWords, syncWords } from '../words.ts';
import { PlanCard, RunCard } from './run-card.tsx';
import { groupRuns } from './run-groups.ts';
import { useRuns } from './use-runs.ts';

/** Who sent what and when, the newest first, and the undo of a run. */
export function RunsTab({ go }: { go: Go }) {
  const { format } = useFrame();
  const { runs, failure, isFetching, refetch, showMore, isLoadingMore } = useRuns();
  useNetwork(refetch);
  const show = (filter: InboxFilter) => go({ tab: 'inbox', filter });
  return (
    <>
      {failure && <FailureNote failure={failure} isRetrying={isFetching} onRetry={refetch} />}
      {!runs && !failure && <RowsSkeleton />}
      {runs && (
        <section className="pad" aria-label={runWords.title}>
          {runs.length === 0 && <p>{runWords.none}</p>}
          <ul className="cards">
            {groupRuns(runs).map((group) =>
              group.length > 1 ? (
                <PlanCard key={group.at(-1)?.id} runs={group} onShow={show} />
              ) : (
                <RunCard key={group[0].id} run={group[0]} onShow={show} />
              ),
            )}
          </ul>
          {showMore && (
            <p className="sync-more">
              <span className="small">{runWords.shown(format.count(runs.length))}</span>
              <Button isBusy={isLoadingMore} onClick={showMore}>
                {syncWords.more}
              </Button>
            </p>
          )}
        </section>
      )}
    </>
  );
}
