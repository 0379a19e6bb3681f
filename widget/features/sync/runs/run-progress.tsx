import { useFrame } from '#widget/session/frame.ts';
import { Button, IconButton } from '#widget/ui/button.tsx';
import { FailureNote } from '#widget/ui/failures/failure-note.tsx';
import { Note } from '#widget/ui/note.tsx';
import { runStatusWords, runWords } from '../words.ts';
import { describeCounts } from './run-counts.ts';
import { RunRows } from './run-rows.tsx';
import { hasEnded, useCancel, useRun } from './use-runs.ts';

/** A run that was just started, until it is closed. It can be stopped while it goes on. */
export function RunProgress({ id, onClose }: { id: string; onClose(): void }) {
  const { format, announce } = useFrame();
  const { run, failure, refetch } = useRun(id, (ended) =>
    announce(`${runStatusWords[ended.status]}: ${describeCounts(ended, format.count)}`),
  );
  const { cancel, isCancelling } = useCancel(id);
  if (failure) return <FailureNote failure={failure} isRetrying={false} onRetry={refetch} />;
  if (!run) return <Note tone="plain" icon="clock" title={runWords.starting} />;
  const isOver = hasEnded(run);
  const { counts, status, error, dryRun } = run;
  const isWell = isOver && status === 'done';
  return (
    <>
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
      {isWell && dryRun && (
        <div className="pad">
          <RunRows id={id} isPlan />
        </div>
      )}
    </>
  );
}
