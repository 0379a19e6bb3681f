import type { SyncOverview } from '#shared/contract/sync/overview.ts';
import { useFrame } from '#widget/session/frame.ts';
import { useConnect } from '#widget/session/use-connect.ts';
import { Button } from '#widget/ui/button.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { Note } from '#widget/ui/note.tsx';
import { uiWords } from '#widget/ui/words.ts';
import type { Go } from '../place.ts';
import { overviewWords } from '../words.ts';
import { countRecords } from './counts.ts';
import { KindCard } from './kind-card.tsx';
import { KindHead } from './kind-head.tsx';
import { SummaryNote } from './summary-note.tsx';

type Props = { overview: SyncOverview; go: Go };

/** A card for each kind that is sent to Xero, and for bills, which come from there, under what concerns all of them. */
export function OverviewTab({ overview, go }: Props) {
  const { enabled, connection, kinds } = overview;
  const travelling = kinds.flatMap((line) => {
    const rule = line.out ?? (line.kind === 'bills' ? line.back : null);
    return rule ? [{ line, isOn: rule.on }] : [];
  });
  const used = travelling.filter(({ line }) => countRecords(line.counts) > 0);
  const unused = travelling.filter(({ line }) => countRecords(line.counts) === 0);
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
      {enabled && <SummaryNote kinds={kinds} isRunning={connection.status === 'running'} go={go} />}
      {used.length > 0 && (
        <section className="pad" aria-labelledby="sync-used">
          <h2 className="sr" id="sync-used">
            {overviewWords.kinds}
          </h2>
          <ul className="cards sync-kinds">
            {used.map(({ line, isOn }) => (
              <KindCard key={line.kind} line={line} isOn={isOn} go={go} />
            ))}
          </ul>
        </section>
      )}
      {unused.length > 0 && (
        <section className="pad" aria-labelledby="sync-unused">
          <h2 id="sync-unused">{overviewWords.empty}</h2>
          <ul className="rows">
            {unused.map(({ line: { kind }, isOn }) => (
              <li key={kind}>
                <KindHead kind={kind} isOn={isOn} />
              </li>
            ))}
          </ul>
        </section>
      )}
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
