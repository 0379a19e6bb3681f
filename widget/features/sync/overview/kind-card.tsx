import type { SyncOverview } from '#shared/contract/sync/overview.ts';
import type { RecordState } from '#shared/contract/sync/record.ts';
import { titleOfKind } from '#shared/words/sync-kind-words.ts';
import { useFrame } from '#widget/session/frame.ts';
import { stateWords } from '#widget/ui/records/record-words.ts';
import { stateLooks } from '#widget/ui/records/state-looks.ts';
import { type Go, wholeInbox } from '../place.ts';
import { overviewWords } from '../words.ts';
import { DaysBar } from './days-bar.tsx';
import { KindHead } from './kind-head.tsx';

type Line = SyncOverview['kinds'][number];
type Props = { line: Line; isOn: boolean; go: Go };

/** What needs a person comes first. */
const order: readonly RecordState[] = [
  ...(['problem', 'question', 'changed', 'waiting', 'synced', 'excluded', 'unsupported'] as const),
];

/** One kind: whether it is sent, how many are in which state, when it was last sent, and the last 14 days. */
export function KindCard({ line, isOn, go }: Props) {
  const { format } = useFrame();
  const { kind, counts, lastRunAt, nextRunAt, days } = line;
  const name = titleOfKind(kind, 'many');
  const times = [
    lastRunAt && overviewWords.last(format.moment(lastRunAt)),
    nextRunAt && overviewWords.next(format.moment(nextRunAt)),
  ].filter(Boolean);
  const shown = order.filter((state) => counts[state] > 0);
  return (
    <li className="card sync-kind">
      <KindHead kind={kind} isOn={isOn} />
      <ul className="sync-counts" aria-label={overviewWords.counts(name)}>
        {shown.map((state) => (
          <li key={state}>
            <button
              type="button"
              className={`tag sync-count ${stateLooks[state].tone}`}
              onClick={() => go({ tab: 'inbox', filter: { ...wholeInbox, kind, states: [state] } })}
            >
              {format.count(counts[state])} {stateWords[state]}
            </button>
          </li>
        ))}
      </ul>
      <DaysBar days={days} />
      {times.length > 0 && <p className="small">{times.join(' · ')}</p>}
    </li>
  );
}
