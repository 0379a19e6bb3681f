import { createHash, randomUUID } from 'node:crypto';
import type { Cache } from '#server/cache/cache.ts';
import type { SingleFlight } from '#server/cache/single-flight.ts';
import type { Clock } from '#server/clock.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { AppError } from '#shared/app-error.ts';
import { type Background, buildBackground } from './background.ts';
import type { ChangeStream } from './change-stream.ts';
import type { Credit } from './credit.ts';
import { buildCredits, type Credits } from './credits.ts';
import type { LedgerDocument } from './document.ts';
import { buildDocumentsById, type DocumentsById } from './documents-by-id.ts';
import { buildEntries, type LedgerEntries, type LedgerStamp } from './entries.ts';
import { buildFailures, type Failures } from './failures.ts';
import { type LedgerGateway, loadFromXero } from './load-from-xero.ts';
import { keepNewer, mergeDocument } from './merge-document.ts';
import { toFailure } from './to-failure.ts';

/** Older figures are still answered at once, while newer ones are fetched behind them. */
const freshForMs = 5 * 60 * 1000;

export type LedgerRead = {
  /** What is known, by contact; a contact nothing is known of is missing. */
  entries: LedgerEntries;
  /** Unused credit of these contacts; null until the organisation's was loaded. */
  credits: Credit[] | null;
  isStale: boolean;
  /** Why newer figures could not be had. */
  failure: AppError | null;
};

export type Ledger = {
  /**
   * Names what `read` would answer, without reading it, for who may already hold an answer made from these versions.
   * Null: something is missing, old or on its way.
   */
  findFreshVersions(organisationId: string, contactIds: readonly string[]): Promise<string[] | null>;
  /** Moves with everything the ledger learns of these contacts, old or not. */
  findVersion(organisationId: string, contactIds: readonly string[]): Promise<string>;
  /**
   * Documents of these contacts. Waits for Xero only where nothing is known or `isFresh` asks for it; never rejects
   * because of Xero: the failure stands beside what is known. Credits are loaded behind the first of these.
   */
  read(caller: XeroCaller, contactIds: readonly string[], options: { isFresh: boolean }): Promise<LedgerRead>;
  /** Documents by id, as those chosen for a deal. */
  readById: DocumentsById['read'];
  /** What we have just written ourselves: into what is known of its contact at once, without asking Xero. */
  merge(organisationId: string, document: LedgerDocument): Promise<void>;
  /** Waits until loads in the background have ended. */
  settle(): Promise<void>;
  /** Ends loads in the background, for a process that stops. */
  stop(): Promise<void>;
};

export type LedgerDeps = {
  cache: Pick<Cache, 'get' | 'set'>;
  xero: LedgerGateway;
  clock: Clock;
  singleFlight: SingleFlight;
  changes: Pick<ChangeStream, 'announce' | 'look'>;
};

export function buildLedger(deps: LedgerDeps): Ledger {
  const [background, failures] = [buildBackground(), buildFailures(deps.clock)];
  const parts = { ...deps, background, failures };
  const credits = buildCredits(parts);
  const byId = buildDocumentsById(parts);
  const entriesOf = buildEntries(deps.cache);
  const readEntries = buildReadEntries(parts);
  return {
    findFreshVersions: (organisationId, contactIds) => findFreshVersions(deps, credits, { organisationId, contactIds }),
    findVersion: async (organisationId, contactIds) => {
      const stamps = await Promise.all(contactIds.map((id) => entriesOf.readStamp(organisationId, id)));
      return stamps.map((stamp) => stamp?.version ?? '').join(',');
    },
    async read(caller, contactIds, options) {
      await deps.changes.look(caller);
      const read = await readEntries(caller, contactIds, options);
      // Behind what is waited for, so that a cold view costs no more calls.
      if (read.failure === null && contactIds.length > 0) await credits.refreshBehind(caller);
      return { ...read, credits: await credits.read(caller.organisationId, contactIds) };
    },
    readById: byId.read,
    async merge(organisationId, document) {
      await mergeDocument(entriesOf, organisationId, document);
      await byId.put(organisationId, document);
      await deps.changes.announce(organisationId, { contactIds: [document.contactId] });
    },
    settle: background.settle,
    stop: background.stop,
  };
}

async function findFreshVersions(
  { cache, clock }: LedgerDeps,
  credits: Credits,
  { organisationId, contactIds }: { organisationId: string; contactIds: readonly string[] },
): Promise<string[] | null> {
  const entriesOf = buildEntries(cache);
  const stamps = await Promise.all(contactIds.map((id) => entriesOf.readStamp(organisationId, id)));
  const present = stamps.filter((stamp) => stamp !== undefined);
  if (present.length !== contactIds.length || present.some((stamp) => isOld(clock, stamp))) return null;
  const version = await credits.findVersion(organisationId);
  return version === null ? null : [...present.map((stamp) => stamp.version), version];
}

function isOld(clock: Clock, { loadedAt }: LedgerStamp): boolean {
  return clock.now().getTime() - Date.parse(loadedAt) > freshForMs;
}

function buildReadEntries(deps: LedgerDeps & { background: Background; failures: Failures }) {
  const { clock, background, failures } = deps;
  const entriesOf = buildEntries(deps.cache);
  const loadOnce = buildLoadOnce(deps);

  async function load(caller: XeroCaller, contactIds: readonly string[]): Promise<LedgerEntries> {
    const loaded = await loadOnce(caller, contactIds);
    failures.forget(caller.organisationId, contactIds);
    return loaded;
  }

  function loadBehind(caller: XeroCaller, contactIds: readonly string[]): void {
    background.run(() =>
      load({ ...caller, priority: 'background', signal: background.signal }, contactIds).then(
        () => undefined,
        (error: unknown) => failures.note(caller.organisationId, contactIds, toFailure(error)),
      ),
    );
  }

  return async function readEntries(
    caller: XeroCaller,
    contactIds: readonly string[],
    { isFresh }: { isFresh: boolean },
  ): Promise<Omit<LedgerRead, 'credits'>> {
    const entries = await entriesOf.readMany(caller.organisationId, contactIds);
    const wanted = isFresh ? contactIds : contactIds.filter((id) => !entries.has(id));
    if (wanted.length > 0) {
      try {
        for (const [id, entry] of await load(caller, wanted)) entries.set(id, entry);
      } catch (error) {
        return { entries, isStale: true, failure: toFailure(error) };
      }
    }
    const old = [...entries].filter(([, { stamp }]) => isOld(clock, stamp)).map(([id]) => id);
    if (old.length === 0) return { entries, isStale: false, failure: null };
    const failure = failures.find(caller.organisationId, old);
    if (!failure) loadBehind(caller, old);
    return { entries, isStale: true, failure };
  };
}

/** One load of the same contacts at a time, over all processes; the others read what it left in the cache. */
function buildLoadOnce({ cache, xero, clock, singleFlight, changes }: LedgerDeps) {
  const entriesOf = buildEntries(cache);

  async function load(caller: XeroCaller, contactIds: readonly string[]): Promise<LedgerEntries> {
    const { byContact, asOf } = await loadFromXero(xero, caller, contactIds);
    const stamp = { version: randomUUID(), loadedAt: clock.now().toISOString(), asOf };
    const known = await entriesOf.readMany(caller.organisationId, contactIds);
    const entries: LedgerEntries = new Map(
      contactIds.map((id) => {
        const documents = keepNewer(byContact.get(id) ?? [], known.get(id)?.documents ?? [], asOf);
        return [id, { stamp, documents }];
      }),
    );
    // Without the cache every view costs calls to Xero, and nothing else.
    await entriesOf.write(caller.organisationId, entries).catch(() => undefined);
    await changes.announce(caller.organisationId, { contactIds });
    return entries;
  }

  return (caller: XeroCaller, contactIds: readonly string[]): Promise<LedgerEntries> => {
    const since = clock.now().toISOString();
    // Two hundred ids are too long for a name.
    const name = createHash('sha256')
      .update([...contactIds].sort().join(','))
      .digest('base64url');
    return singleFlight(`load:${caller.organisationId}:${name}`, {
      load: () => load(caller, contactIds),
      read: async () => {
        const entries = await entriesOf.readMany(caller.organisationId, contactIds);
        return contactIds.every((id) => (entries.get(id)?.stamp.loadedAt ?? '') >= since) ? entries : undefined;
      },
    });
  };
}
