import { useId, useState } from 'react';
import type { Run } from '#shared/contract/sync/runs.ts';
import { titleOfKind } from '#shared/words/sync-kind-words.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import type { InboxFilter } from '../place.ts';
import { runStatusWords, runTypeWords, runWords } from '../words.ts';
import { hasEnded } from './has-ended.ts';
import { PlanKinds } from './plan-kinds.tsx';
import { CancelRun, OpenRows } from './run-buttons.tsx';
import { describeCounts, describeLength, isUndoable } from './run-counts.ts';
import { sumRuns } from './run-groups.ts';
import { RunRows } from './run-rows.tsx';
import { UndoRun } from './undo-run.tsx';

const tones: Readonly<Record<Run['status'], string>> = {
  queued: '',
  running: '',
  done: 'good',
  cancelled: 'warn',
  failed: 'danger',
};

type OnShow = { onShow(filter: InboxFilter): void };

/** One run, its records and its undo. */
export function RunCard({ run, onShow }: { run: Run } & OnShow) {
  const { format } = useFrame();
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [isUndoing, setIsUndoing] = useState(false);
  const name = nameRun(run, run.kind && titleOfKind(run.kind, 'many'));
  const about = runWords.of(name, format.moment(run.startedAt));
  return (
    <li className="card sync-run">
      <RunFacts run={run} name={name} />
      <div className="row">
        {/* An undo shows the records that it is about. */}
        {!isUndoing && <OpenRows id={id} isOpen={isOpen} about={about} onOpen={setIsOpen} />}
        {!hasEnded(run) && <CancelRun id={run.id} about={about} />}
        {isUndoable(run) && !isUndoing && (
          <Button variant="text" aria-label={runWords.about(runWords.undo, about)} onClick={() => setIsUndoing(true)}>
            {runWords.undo}
          </Button>
        )}
      </div>
      {isUndoing && <UndoRun id={run.id} onClose={() => setIsUndoing(false)} onShow={onShow} />}
      <div id={id} hidden={!isOpen || isUndoing}>
        {isOpen && <RunRows id={run.id} isPlan={run.dryRun} onShow={onShow} />}
      </div>
    </li>
  );
}

/** Dry runs of several kinds that were started together: first the sums, then each kind. */
export function PlanCard({ runs, onShow }: { runs: readonly [Run, ...Run[]] } & OnShow) {
  const { format } = useFrame();
  const run = sumRuns(runs);
  return (
    <li className="card sync-run">
      <RunFacts run={run} name={nameRun(run, runWords.kinds(format.count(runs.length)))} />
      <PlanKinds runs={runs} onShow={onShow} />
    </li>
  );
}

function nameRun({ type, dryRun }: Run, what: string | null): string {
  return [runTypeWords[type], what, dryRun && runWords.dryRun].filter(Boolean).join(' · ');
}

/** Who, when, how long, how many of what. */
function RunFacts({ run, name }: { run: Run; name: string }) {
  const { format } = useFrame();
  const { type, status, startedAt, by, calls, error, counts } = run;
  const moment = format.moment(startedAt);
  // Nobody starts an automatic run.
  const startedBy = type === 'automatic' ? moment : runWords.by(by.name, moment);
  return (
    <div className="card-words">
      <strong>{name}</strong> <span className={`tag ${tones[status]}`}>{runStatusWords[status]}</span>
      <p className="small">{[startedBy, describeLength(run), runWords.calls(calls)].filter(Boolean).join(' · ')}</p>
      <p>
        {hasEnded(run)
          ? describeCounts(run, format.count)
          : runWords.progress(format.count(counts.done), format.count(counts.total))}
      </p>
      {error && <p className="field-error">{error.message}</p>}
    </div>
  );
}
