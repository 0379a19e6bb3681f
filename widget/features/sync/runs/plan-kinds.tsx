import { useId, useState } from 'react';
import type { Run } from '#shared/contract/sync/runs.ts';
import { titleOfKind } from '#shared/words/sync-kind-words.ts';
import { useFrame } from '#widget/session/frame.ts';
import type { InboxFilter } from '../place.ts';
import { runStatusWords, runTypeWords, runWords } from '../words.ts';
import { hasEnded } from './has-ended.ts';
import { CancelRun, OpenRows } from './run-buttons.tsx';
import { describeCounts } from './run-counts.ts';
import { RunRows } from './run-rows.tsx';

type Props = { runs: readonly Run[]; onShow(filter: InboxFilter): void };

/** The kinds of a dry run, each with its counts and its records. */
export function PlanKinds({ runs, onShow }: Props) {
  return (
    <ul className="rows">
      {runs.map((run) => (
        <PlanKind key={run.id} run={run} onShow={onShow} />
      ))}
    </ul>
  );
}

function PlanKind({ run, onShow }: { run: Run } & Pick<Props, 'onShow'>) {
  const { format } = useFrame();
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const { kind, status, error, startedAt } = run;
  const name = kind === null ? runTypeWords.sync : titleOfKind(kind, 'many');
  const about = runWords.of(name, format.moment(startedAt));
  return (
    <li>
      <strong>{name}</strong>{' '}
      <span className="small">
        {status === 'done' ? describeCounts(run, format.count) : (error?.message ?? runStatusWords[status])}
      </span>
      <div className="row">
        <OpenRows id={id} isOpen={isOpen} about={about} onOpen={setIsOpen} />
        {!hasEnded(run) && <CancelRun id={run.id} about={about} />}
      </div>
      <div id={id} hidden={!isOpen}>
        {isOpen && <RunRows id={run.id} isPlan onShow={onShow} />}
      </div>
    </li>
  );
}
