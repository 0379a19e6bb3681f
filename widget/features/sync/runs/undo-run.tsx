import { useEffect, useState } from 'react';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import { Confirm } from '#widget/ui/confirm.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { FailureNote } from '#widget/ui/failures/failure-note.tsx';
import { Note } from '#widget/ui/note.tsx';
import type { InboxFilter } from '../place.ts';
import { runWords, syncWords } from '../words.ts';
import { hasEnded } from './has-ended.ts';
import { RunProgress } from './run-progress.tsx';
import { RunRows } from './run-rows.tsx';
import { useRun, useUndo } from './use-runs.ts';

type Props = {
  /** The run that is taken back. */
  id: string;
  onClose(): void;
  onShow(filter: InboxFilter): void;
};

/** First a dry run says what would be taken back and what cannot be. Then a person confirms. */
export function UndoRun({ id, onClose, onShow }: Props) {
  const [planId, setPlanId] = useState<string | null>(null);
  const [undoId, setUndoId] = useState<string | null>(null);
  const { undo, isStarting, failure } = useUndo(id, (runId, dryRun) => (dryRun ? setPlanId : setUndoId)(runId));
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is opened
  useEffect(() => undo(true), []);
  if (undoId !== null) return <RunProgress ids={[undoId]} onClose={onClose} onShow={onShow} />;
  return (
    <>
      {failure && <ActError title={syncWords.actFailed} failure={failure} />}
      {planId === null && !failure && <Note tone="plain" icon="clock" title={runWords.planning} />}
      {planId === null && failure && <Button onClick={onClose}>{runWords.close}</Button>}
      {planId !== null && (
        <Plan id={planId} isBusy={isStarting} onConfirm={() => undo(false)} onCancel={onClose} onShow={onShow} />
      )}
    </>
  );
}

type PlanProps = { id: string; isBusy: boolean; onConfirm(): void; onCancel(): void } & Pick<Props, 'onShow'>;

function Plan({ id, isBusy, onConfirm, onCancel, onShow }: PlanProps) {
  const { format } = useFrame();
  const { run, failure, refetch } = useRun(id);
  if (failure) return <FailureNote failure={failure} isRetrying={false} onRetry={refetch} />;
  if (!run || !hasEnded(run)) return <Note tone="plain" icon="clock" title={runWords.planning} />;
  const { remove, total } = run.counts;
  if (run.status !== 'done' || remove === 0)
    return (
      <>
        <Note
          tone="warn"
          icon="warning"
          title={runWords.cannotUndo}
          reason={run.error?.message}
          action={<Button onClick={onCancel}>{runWords.close}</Button>}
        />
        <RunRows id={id} isPlan onShow={onShow} />
      </>
    );
  return (
    <>
      <Confirm
        title={runWords.undoTitle(format.count(remove), format.count(total))}
        confirmLabel={runWords.undoConfirm}
        isBusy={isBusy}
        onConfirm={onConfirm}
        onCancel={onCancel}
      >
        {runWords.undoText}
      </Confirm>
      <RunRows id={id} isPlan onShow={onShow} />
    </>
  );
}
