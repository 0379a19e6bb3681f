import { Button } from '#widget/ui/button.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { runWords, syncWords } from '../words.ts';
import { useCancel } from './use-runs.ts';

/** `id`: of the element that has the records. `about`: the run, for people who do not see what is above. */
type OpenProps = { id: string; isOpen: boolean; about: string; onOpen(isOpen: boolean): void };

export function OpenRows({ id, isOpen, about, onOpen }: OpenProps) {
  const label = isOpen ? runWords.hideRows : runWords.showRows;
  return (
    <Button
      variant="text"
      aria-expanded={isOpen}
      aria-controls={id}
      aria-label={runWords.about(label, about)}
      onClick={() => onOpen(!isOpen)}
    >
      {label}
    </Button>
  );
}

export function CancelRun({ id, about }: { id: string; about: string }) {
  const { cancel, isCancelling, failure } = useCancel(id);
  return (
    <>
      <Button isBusy={isCancelling} aria-label={runWords.about(runWords.cancel, about)} onClick={cancel}>
        {runWords.cancel}
      </Button>
      {failure && <ActError title={syncWords.actFailed} failure={failure} />}
    </>
  );
}
