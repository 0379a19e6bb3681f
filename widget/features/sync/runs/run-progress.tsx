import type { Run } from '#shared/contract/sync/runs.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button, IconButton } from '#widget/ui/button.tsx';
import { FailureNote } from '#widget/ui/failures/failure-note.tsx';
import { Note } from '#widget/ui/note.tsx';
import type { InboxFilter } from '../place.ts';
import { runStatusWords, runWords } from '../words.ts';
import { hasEnded } from './has-ended.ts';
import { PlanKinds } from './plan-kinds.tsx';
import { describeCounts } from './run-counts.ts';
import { sumRuns } from './run-groups.ts';
import { RunRows } from './run-rows.tsx';
import { useCancel, useStartedRuns } from './use-runs.ts';

type Props = {
  /** Runs that one press started: several for a dry run of several kinds. */
  ids: readonly string[];
  onClose(): void;
  onShow(filter: InboxFilter): void;
};

/** What was just started, until it is closed. It can be stopped while it goes on. */
export function RunProgress({ ids, onClose, onShow }: Props) {
  const { format, announce } = useFrame();
  const { runs, failure, refetch } = useStartedRuns(ids, (ended) =>
    announce(`${runStatusWords[ended.status]}: ${describeCounts(ended, format.count)}`),
  );
  if (failure) return <FailureNote failure={failure} isRetrying={false} onRetry={refetch} />;
  const [first, ...more] = runs;
  if (!first) return <Note tone="plain" icon="clock" title={runWords.starting} />;
  const run = sumRuns([first, ...more]);
  const isPlanned = run.status === 'done' && run.dryRun;
  return (
    <>
      <ProgressNote run={run} ids={ids} onClose={onClose} />
      {(isPlanned || (more.length > 0 && hasEnded(run))) && (
        <div className="pad">
          {more.length > 0 ? (
            <PlanKinds runs={runs} onShow={onShow} />
          ) : (
            <RunRows id={first.id} isPlan onShow={onShow} />
          )}
        </div>
      )}
    </>
  );
}

function ProgressNote({ run, ids, onClose }: { run: Run } & Pick<Props, 'ids' | 'onClose'>) {
  const { format } = useFrame();
  const { cancel, isCancelling } = useCancel(...ids);
  const isOver = hasEnded(run);
  const { counts, status, error, dryRun } = run;
  const isWell = isOver && status === 'done';
  return (
    <Note
      tone={isWell ? 'good' : status === 'failed' ? 'danger' : 'plain'}
      icon={isWell ? 'check' : isOver ? 'warning' : 'clock'}
      title={isWell && dryRun ? runWords.planned : runStatusWords[status]}
      reason={
        isOver
          ? (error?.message ?? describeCounts(run, format.count))
          : runWords.progress(format.count(counts.done), format.count(counts.total))
      }
      action={
        isOver ? (
          <IconButton icon="close" label={runWords.close} onClick={onClose} />
        ) : (
          <Button isBusy={isCancelling} onClick={cancel}>
            {runWords.cancel}
          </Button>
        )
      }
    />
  );
}
