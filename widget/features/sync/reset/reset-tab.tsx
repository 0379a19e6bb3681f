import { type FormEvent, useId, useState } from 'react';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { FailureNote } from '#widget/ui/failures/failure-note.tsx';
import { Field } from '#widget/ui/fields/field.tsx';
import { Note } from '#widget/ui/note.tsx';
import type { Go } from '../place.ts';
import { hasEnded } from '../runs/has-ended.ts';
import { RunProgress } from '../runs/run-progress.tsx';
import { RunRows } from '../runs/run-rows.tsx';
import { useRun, useRunRows } from '../runs/use-runs.ts';
import { resetWords, runWords, syncWords } from '../words.ts';
import { useReset } from './use-reset.ts';

/** Forgets which record is which in Xero: first a dry run, then the name of the organisation is typed. */
export function ResetTab({ go }: { go: Go }) {
  const id = useId();
  const [planId, setPlanId] = useState<string | null>(null);
  const [runId, setRunId] = useState<string | null>(null);
  const { start, isStarting, failure } = useReset(setPlanId);
  const close = () => {
    setPlanId(null);
    setRunId(null);
  };
  return (
    <>
      <section className="pad" aria-labelledby={id}>
        <h2 id={id}>{resetWords.title}</h2>
        <p className="small">{resetWords.forgets}</p>
        <p className="small">{resetWords.afterwards}</p>
        {planId === null && runId === null && (
          <div className="row">
            <Button isBusy={isStarting} onClick={() => start({ dryRun: true })}>
              {resetWords.check}
            </Button>
          </div>
        )}
      </section>
      {failure && <ActError title={syncWords.actFailed} failure={failure} />}
      {runId === null && planId !== null && <Plan id={planId} onStarted={setRunId} onClose={close} go={go} />}
      {runId !== null && (
        <RunProgress ids={[runId]} onClose={close} onShow={(filter) => go({ tab: 'inbox', filter })} />
      )}
    </>
  );
}

type PlanProps = { id: string; onStarted(runId: string): void; onClose(): void; go: Go };

function Plan({ id, onStarted, onClose, go }: PlanProps) {
  const { run, failure, refetch } = useRun(id);
  if (failure) return <FailureNote failure={failure} isRetrying={false} onRetry={refetch} />;
  if (!run || !hasEnded(run)) return <Note tone="plain" icon="clock" title={resetWords.checking} />;
  const closing = <Button onClick={onClose}>{runWords.close}</Button>;
  if (run.status !== 'done')
    return (
      <Note tone="danger" icon="warning" title={syncWords.actFailed} reason={run.error?.message} action={closing} />
    );
  if (run.counts.total === 0) return <Note tone="plain" icon="check" title={resetWords.nothing} action={closing} />;
  return (
    <>
      <Question id={id} total={run.counts.total} onStarted={onStarted} onClose={onClose} />
      <div className="pad">
        <RunRows id={id} isPlan onShow={(filter) => go({ tab: 'inbox', filter })} />
      </div>
    </>
  );
}

type QuestionProps = Omit<PlanProps, 'go'> & { total: number };

/** The organisation's name is typed, because a reset cannot be undone with one press. */
function Question({ id, total, onStarted, onClose }: QuestionProps) {
  const { format } = useFrame();
  const [typed, setTyped] = useState('');
  const { start, isStarting, failure } = useReset(onStarted);
  const name = useRunRows(id).rows?.find(({ record }) => record?.organisation)?.record?.organisation?.name ?? '';
  const isNamed = name !== '' && typed.trim() === name.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isNamed && !isStarting) start({ confirm: typed.trim() });
  };
  return (
    <>
      <form className="note confirm" aria-label={resetWords.title} onSubmit={submit}>
        <div className="note-words">
          <strong>{resetWords.question(format.count(total), total === 1)}</strong>
          <Field
            label={resetWords.typeName(name)}
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => setTyped(target.value)}
          />
          <div className="row">
            <Button variant="danger" type="submit" isBusy={isStarting} isDisabled={!isNamed}>
              {resetWords.confirm}
            </Button>
            <Button onClick={onClose}>{resetWords.cancel}</Button>
          </div>
        </div>
      </form>
      {failure && <ActError title={syncWords.actFailed} failure={failure} />}
    </>
  );
}
