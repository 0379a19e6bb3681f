import type { SyncOverview } from '#shared/contract/sync/overview.ts';
import { useFrame } from '#widget/session/frame.ts';
import { useConnect } from '#widget/session/use-connect.ts';
import { Button } from '#widget/ui/button.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { Note } from '#widget/ui/note.tsx';
import { uiWords } from '#widget/ui/words.ts';
import type { Go } from '../place.ts';
import { overviewWords } from '../words.ts';
import { KindCard } from './kind-card.tsx';

type Props = { overview: SyncOverview; go: Go };

/** A card for each kind that is sent to Xero, under what concerns all of them. */
export function OverviewTab({ overview, go }: Props) {
  const { enabled, connection, kinds } = overview;
  return (
    <>
      {connection.status !== 'running' && <ConnectionNote connection={connection} />}
      {!enabled && (
        <Note
          tone="warn"
          icon="warning"
          title={overviewWords.off}
          reason={overviewWords.offReason}
          action={<Button onClick={() => go({ tab: 'rules' })}>{overviewWords.toRules}</Button>}
        />
      )}
      <section className="pad" aria-label={overviewWords.kinds}>
        <ul className="cards sync-kinds">
          {kinds.map((line) => line.out && <KindCard key={line.kind} line={line} isOn={line.out.on} go={go} />)}
        </ul>
      </section>
    </>
  );
}

function ConnectionNote({ connection: { status, pausedUntil } }: Pick<SyncOverview, 'connection'>) {
  const { format } = useFrame();
  const { connect, isLeaving, failure } = useConnect();
  if (status === 'paused')
    return (
      <Note
        tone="warn"
        icon="clock"
        title={overviewWords.paused}
        reason={pausedUntil && overviewWords.pausedUntil(format.moment(pausedUntil))}
      />
    );
  return (
    <>
      <Note
        tone="danger"
        icon="warning"
        title={status === 'disconnected' ? overviewWords.notConnected : overviewWords.reconnect}
        reason={overviewWords.connectReason}
        action={
          <Button variant="primary" isBusy={isLeaving} onClick={connect}>
            {uiWords.connect}
          </Button>
        }
      />
      {failure && <ActError title={uiWords.connectFailed} failure={failure} />}
    </>
  );
}
