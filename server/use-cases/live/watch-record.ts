import type { Deps } from '#server/deps.ts';
import { atMostEvery } from '#server/events/at-most-every.ts';
import type { EventStream } from '#server/events/event-stream.ts';
import type { EventStreams } from '#server/events/event-streams.ts';
import { inSpread } from '#server/events/in-spread.ts';
import type { News } from '#server/events/news.ts';
import { findTravellingRecord, listNamedRecords, type Session } from '#server/identity/session.ts';
import type { Person } from '#server/use-cases/acting/principal.ts';
import type { Right } from '#shared/contract/record.ts';
import { findRecordRights } from '#shared/record-rights.ts';
import { buildWatch } from './build-watch.ts';

/** Throttles events: many changes in one second, such as an import, cause one event. */
const tellEveryMs = 1_000;

/**
 * Tells one session when its view may have changed, until it ends: figures of its Xero contacts, actions on its
 * records, its rights, the connection. The event does not say what changed. While the stream is open, it counts as
 * viewing and keeps the organisation's change stream alive. Rejects with `unavailable` when listening is not possible.
 */
export async function watchRecord(
  deps: Deps,
  person: Person,
  { streams, holder }: { streams: EventStreams; holder: string },
): Promise<EventStream> {
  const { session, log } = person;
  const stream = streams.open(holder, () => inTurn(noteViewerOrEnd));
  const inTurn = buildTurns((error) => {
    log.warn({ err: error }, 'an event stream failed');
    stream.end('unavailable');
  });
  const noteViewerOrEnd = async () => {
    if (await endIfOver()) return;
    await watch.noteViewer();
  };
  // Ends the stream when the workspace or its key was removed.
  const endIfOver = async (): Promise<boolean> => {
    const isOver = !(await deps.sessions.isLive(session));
    if (isOver) stream.end('session_expired');
    return isOver;
  };
  const tell = (asksView: boolean) =>
    inTurn(async () => {
      if (await endIfOver()) return;
      const isOther = await watch.read();
      if (isOther) stream.send({ name: 'session' });
      else if (asksView) stream.send({ name: 'view' });
    });
  const tellView = atMostEvery(tellEveryMs, () => tell(true), { clock: deps.clock, signal: stream.over });
  const watch = buildWatch(deps, session, { over: stream.over, onFigures: tellView });
  const tellOfAll = inSpread(() => tell(false), { clock: deps.clock, waitMs: streams.spreadMs, signal: stream.over });
  const onNews = (news: News) => (isShown(session, news, watch.rights()) ? tellView() : isForAll(news) && tellOfAll());
  try {
    const stop = await deps.news.listen({ workspaceId: session.workspaceId }, onNews);
    stream.over.addEventListener('abort', () => void stop().catch(() => undefined));
    await watch.read();
  } catch (error) {
    stream.end('unavailable');
    throw error;
  }
  stream.send({ name: 'ready' });
  void watch.noteViewer();
  void endWithSession(deps, session, stream);
  return stream;
}

/** Runs one after the other, so that an older answer never replaces a newer one. */
function buildTurns(onError: (error: unknown) => void): (act: () => Promise<void>) => void {
  let last: Promise<void> = Promise.resolve();
  return (act) => {
    last = last.then(act).catch(onError);
  };
}

/**
 * Whether news is about the session's own records or those in its claims. Settings show the connection and everybody's
 * access. A person who may add but not view bills hears about their own.
 */
function isShown(session: Session, news: News, rights: readonly Right[]): boolean {
  if (news.kind === 'travelling') return isTravellingShown(session, news, rights);
  if (news.kind !== 'records') return session.claims.record.type === 'settings';
  if (news.isOfBills && !rights.includes('viewBills') && news.userId !== session.user.id) return false;
  const named = listNamedRecords(session);
  return news.records.some(({ type, id }) => named.some((record) => record.type === type && record.id === id));
}

/**
 * Whether a travelling record that changed is the session's own. The overview of sync shows the counts of all records.
 * Which rights a payment needs is only known from its data, so the session of a payment that its user may not see hears
 * that something changed. What it then reads says no more than before.
 */
function isTravellingShown(
  session: Session,
  { records }: Extract<News, { kind: 'travelling' }>,
  rights: readonly Right[],
): boolean {
  if (session.claims.record.type === 'sync') return session.user.admin;
  const own = findTravellingRecord(session);
  if (!own) return false;
  const { toSee } = own.kind === 'payments' ? { toSee: ['view'] as const } : findRecordRights(own.kind, null);
  const mayHear = toSee.every((right) => rights.includes(right));
  return mayHear && (records.length === 0 || records.some(({ kind, key }) => kind === own.kind && key === own.crmId));
}

/** Whether the news may concern anybody, so that only reading again tells. */
function isForAll({ kind }: News): boolean {
  return kind !== 'records' && kind !== 'travelling';
}

async function endWithSession({ clock }: Pick<Deps, 'clock'>, { expiresAt }: Session, stream: EventStream) {
  const leftMs = Math.max(0, Date.parse(expiresAt) - clock.now().getTime());
  await clock.sleep(leftMs, stream.over).then(
    () => stream.end('session_expired'),
    () => undefined,
  );
}
