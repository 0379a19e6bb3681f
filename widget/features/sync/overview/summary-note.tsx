import type { SyncOverview } from '#shared/contract/sync/overview.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import { Note } from '#widget/ui/note.tsx';
import { type Go, wholeInbox } from '../place.ts';
import { overviewWords } from '../words.ts';
import { type Counts, countRecords, toDoIn } from './counts.ts';

type Props = Pick<SyncOverview, 'kinds'> & { isRunning: boolean; go: Go };

/** What a person has to do, said first; and when that is nothing, that is said. */
export function SummaryNote({ kinds, isRunning, go }: Props) {
  const { format } = useFrame();
  const sumOf = (count: (counts: Counts) => number, of = kinds) =>
    of.reduce((sum, { counts }) => sum + count(counts), 0);
  const toDo = sumOf(toDoIn);
  // What came from Xero waits for the CRM, and rules may leave it out. Neither is on its way to Xero.
  const sent = kinds.filter(({ out }) => out !== null);
  const waiting = sumOf((counts) => counts.waiting, sent);
  const isAllIn = sumOf(({ excluded, unsupported }) => excluded + unsupported, sent) === 0;
  // What keeps Xero away is said above.
  if (sumOf(countRecords) === 0 || (toDo === 0 && !isRunning)) return null;
  const way = waiting > 0 ? overviewWords.toSend(format.count(waiting), waiting === 1) : null;
  if (toDo === 0)
    return (
      <Note
        tone={way === null ? 'good' : 'plain'}
        icon={way === null ? 'check' : 'clock'}
        title={way ?? (isAllIn ? overviewWords.allIn : overviewWords.nothingToDo)}
        reason={overviewWords.allInReason}
      />
    );
  return (
    <Note
      tone="warn"
      icon="warning"
      title={overviewWords.toDo(format.count(toDo), toDo === 1)}
      reason={way === null ? overviewWords.toDoReason : `${way}.`}
      action={
        // Without a connection, connecting comes first.
        <Button variant={isRunning ? 'primary' : 'plain'} onClick={() => go({ tab: 'inbox', filter: wholeInbox })}>
          {overviewWords.toInbox}
        </Button>
      }
    />
  );
}
