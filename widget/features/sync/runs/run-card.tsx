import { useId, useState } from 'react';
import type { Run } from '#shared/contract/sync/runs.ts';
import { titleOfKind } from '#shared/words/sync-kind-words.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { runStatusWords, runTypeWords, runWords, syncWords } from '../words.ts';
import { describeCounts, describeLength, isUndoable } from './run-counts.ts';
import { RunRows } from './run-rows.tsx';
import { UndoRun } from './undo-run.tsx';
import { hasEnded, useCancel } from './use-runs.ts';

const tones: Readonly<Record<Run['status'], string>> = {
  queued: '',
  running: '',
  done: 'good',
  cancelled: 'warn',
  failed: 'danger',
};

/** One run: who, when, how long, how many of what; opened, its rows; and its undo. */
export function RunCard({ run }: { run: Run }) {
  const { format } = useFrame();
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [isUndoing, setIsUndoing] = useState(false);
  const { type, dryRun, kind, status, startedAt, by, calls, error, counts } = run;
  const title = [runTypeWords[type], kind && titleOfKind(kind, 'many'), dryRun && runWords.dryRun];
  const name = title.filter(Boolean).join(' · ');
  const length = describeLength(run);
  const moment = format.moment(startedAt);
  // Nobody starts what goes by itself.
  const startedBy = type === 'automatic' ? moment : runWords.by(by.name, moment);
  const about = runWords.of(name, format.moment(startedAt));
  return (
    <li className="card sync-run">
      <div className="card-words">
        <strong>{name}</strong> <span className={`tag ${tones[status]}`}>{runStatusWords[status]}</span>
        <p className="small">{[startedBy, length, runWords.calls(calls)].filter(Boolean).join(' · ')}</p>
        <p>
          {hasEnded(run)
            ? describeCounts(run, format.count)
            : runWords.progress(format.count(counts.done), format.count(counts.total))}
        </p>
        {error && <p className="field-error">{error.message}</p>}
      </div>
      <div className="row">
        {/* An undo shows the records that it is about. */}
        {!isUndoing && <Opener id={id} isOpen={isOpen} about={about} onOpen={setIsOpen} />}
        {!hasEnded(run) && <Cancel id={run.id} about={about} />}
        {isUndoable(run) && !isUndoing && (
          <Button variant="text" aria-label={`${runWords.undo}: ${about}`} onClick={() => setIsUndoing(true)}>
            {runWords.undo}
          </Button>
        )}
      </div>
      {isUndoing && <UndoRun id={run.id} onClose={() => setIsUndoing(false)} />}
      <div id={id} hidden={!isOpen || isUndoing}>
        {isOpen && <RunRows id={run.id} isPlan={dryRun} />}
      </div>
    </li>
  );
}

type OpenerProps = { id: string; isOpen: boolean; about: string; onOpen(isOpen: boolean): void };

function Opener({ id, isOpen, about, onOpen }: OpenerProps) {
  const label = isOpen ? runWords.hideRows : runWords.showRows;
  return (
    <Button
      variant="text"
      aria-expanded={isOpen}
      aria-controls={id}
      aria-label={`${label}: ${about}`}
      onClick={() => onOpen(!isOpen)}
    >
      {label}
    </Button>
  );
}

function Cancel({ id, about }: { id: string; about: string }) {
  const { cancel, isCancelling, failure } = useCancel(id);
  return (
    <>
      <Button isBusy={isCancelling} aria-label={`${runWords.cancel}: ${about}`} onClick={cancel}>
        {runWords.cancel}
      </Button>
      {failure && <ActError title={syncWords.actFailed} failure={failure} />}
    </>
  );
}
