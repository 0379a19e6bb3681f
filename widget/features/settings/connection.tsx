import type { ConnectionAnswer, OrganisationAnswer } from '#shared/contract/settings.ts';
import { reconnectReason } from '#widget/session/failures/error-words.ts';
import { useFrame } from '#widget/session/frame.ts';
import { useConnect } from '#widget/session/use-connect.ts';
import { Button } from '#widget/ui/button.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { Icon } from '#widget/ui/icon.tsx';
import { Note } from '#widget/ui/note.tsx';
import { uiWords } from '#widget/ui/words.ts';
import { attemptWords, settingsWords, statusWords } from './words.ts';

type Props = { connection: ConnectionAnswer; organisation: OrganisationAnswer | null };

/** How long the success note is shown after connecting, in milliseconds. */
const freshMs = 5 * 60_000;

export function Connection({ connection, organisation }: Props) {
  const { connect, isLeaving, failure } = useConnect();
  const { status, reason } = connection;
  const button = (label: string) => (
    <Button variant="primary" isBusy={isLeaving} onClick={connect}>
      {label}
    </Button>
  );
  return (
    <>
      <LastAttempt connection={connection} />
      {failure && <ActError title={uiWords.connectFailed} failure={failure} />}
      {status === 'reconnect_needed' && (
        <Note
          tone="danger"
          icon="warning"
          title={statusWords(connection, '')}
          reason={reconnectReason(reason)}
          action={button(settingsWords.connectAgain)}
        />
      )}
      {status !== 'reconnect_needed' && reason === 'scope_missing' && (
        <Note
          tone="warn"
          icon="warning"
          title={settingsWords.syncLacks}
          reason={settingsWords.syncLacksReason}
          action={button(settingsWords.connectAgain)}
        />
      )}
      {status === 'disconnected' && (
        <section className="pad settings-start">
          <p>{settingsWords.connectFirst}</p>
          {button(uiWords.connect)}
        </section>
      )}
      {status !== 'disconnected' && organisation && (
        <Organisation connection={connection} organisation={organisation} />
      )}
    </>
  );
}

/** The result of the last attempt. Success is shown for a while, a failure until a later success. */
function LastAttempt({ connection: { lastAttempt, status, connectedAt } }: Pick<Props, 'connection'>) {
  const { format } = useFrame();
  if (!lastAttempt) return null;
  const { outcome, reason, at } = lastAttempt;
  if (outcome === 'connected') {
    const isFresh = status === 'running' && format.now().getTime() - Date.parse(at) < freshMs;
    return isFresh ? <Note tone="good" icon="check" title={settingsWords.connected} /> : null;
  }
  if (connectedAt && status === 'running' && Date.parse(connectedAt) > Date.parse(at)) return null;
  return (
    <Note
      tone="warn"
      icon="warning"
      title={settingsWords.connectFailed}
      reason={`${attemptWords(reason)} (${format.moment(at)})`}
    />
  );
}

function Organisation({
  connection: { connectedAt, connectedBy },
  organisation,
}: Props & { organisation: OrganisationAnswer }) {
  const { format } = useFrame();
  const day = connectedAt && format.dayOf(connectedAt);
  return (
    <section className="pad settings-organisation">
      <h2>{settingsWords.organisation}</h2>
      <dl className="facts">
        <div>
          <dt>{organisation.name}</dt>
          <dd>
            {organisation.url && (
              <a href={organisation.url} target="_blank" rel="noopener noreferrer">
                {uiWords.openInXero}
                <Icon name="external" />
              </a>
            )}
          </dd>
        </div>
        <div>
          <dt>{settingsWords.baseCurrency}</dt>
          <dd>{organisation.baseCurrency}</dd>
        </div>
        <div>
          <dt>{settingsWords.timeZone}</dt>
          <dd>{organisation.timeZone.replaceAll('_', ' ')}</dd>
        </div>
      </dl>
      {day && (
        <p className="small">
          {connectedBy ? settingsWords.connectedBy(connectedBy, day) : settingsWords.connectedOn(day)}
        </p>
      )}
    </section>
  );
}
