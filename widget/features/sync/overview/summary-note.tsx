import type { SyncOverview } from '#shared/contract/sync/overview.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import { Note } from '#widget/ui/note.tsx';
import { type Go, wholeInbox } from '../place.ts';
import { overviewWords } from '../words.ts';
import { countRecords, toDoIn } from './counts.ts';

type Props = Pick<SyncOverview, 'kinds'> & { go: Go };

/** What a person has to do, said first; and when that is nothing, that is said. */
export function SummaryNote({ kinds, go }: Props) {
  const { format } = useFrame();
  const toDo = kinds.reduce((sum, { counts }) => sum + toDoIn(counts), 0);
  const waiting = kinds.reduce((sum, { counts }) => sum + counts.waiting, 0);
  if (kinds.every(({ counts }) => countRecords(counts) === 0)) return null;
  const way = waiting > 0 ? overviewWords.onItsWay(format.count(waiting), waiting === 1) : null;
  if (toDo === 0)
    return (
      <Note
        tone={way === null ? 'good' : 'plain'}
        icon={way === null ? 'check' : 'clock'}
        title={way ?? overviewWords.allIn}
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
        <Button variant="primary" onClick={() => go({ tab: 'inbox', filter: wholeInbox })}>
          {overviewWords.toInbox}
        </Button>
      }
    />
  );
}
