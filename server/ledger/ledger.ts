import { randomUUID } from 'node:crypto';
import type { Cache } from '#server/cache/cache.ts';
import type { SingleFlight } from '#server/cache/single-flight.ts';
import type { Clock } from '#server/clock.ts';
import type { XeroCaller, XeroGateway } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';
import type { LedgerDocument } from './document.ts';
import { buildEntries, type LedgerEntries, type LedgerStamp } from './entries.ts';
import { buildFailures } from './failures.ts';
import { loadFromXero } from './load-from-xero.ts';
import { keepNewer, mergeDocument } from './merge-document.ts';

/** Older figures are still answered at once, while newer ones are fetched behind them. */
const freshForMs = 5 * 60 * 1000;

export type LedgerRead = {
  /** What is known, by contact; a contact nothing is known of is missing. */
  entries: LedgerEntries;
  isStale: boolean;
  /** Why newer figures could not be had. */
  failure: AppError | null;
};

export type Ledger = {
  /** Only the stamps, for who may already hold an answer made from these versions. Null: something is missing or old. */
  findFreshStamps(organisationId: string, contactIds: readonly string[]): Promise<LedgerStamp[] | null>;
  /**
   * Documents of these contacts. Waits for Xero only where nothing is known or `isFresh` asks for it; never rejects
   * because of Xero: the failure stands beside what is known.
   */
  read(caller: XeroCaller, contactIds: readonly string[], options: { isFresh: boolean }): Promise<LedgerRead>;
  /** What we have just written ourselves: into what is known of its contact at once, without asking Xero. */
  merge(organisationId: string, document: LedgerDocument): Promise<void>;
  /** Waits until loads in the background have ended. */
  settle(): Promise<void>;
};

export type LedgerDeps = {
  cache: Pick<Cache, 'get' | 'set'>;
  xero: Pick<XeroGateway, 'listOpenInvoices' | 'listQuotes'>;
  clock: Clock;
  singleFlight: SingleFlight;
};

export function buildLedger(deps: LedgerDeps): Ledger {
  const { clock } = deps;
  const entriesOf = buildEntries(deps.cache);
  const failures = buildFailures(clock);
  const loadOnce = buildLoadOnce(deps);
  const background = new Set<Promise<void>>();
  const isOld = ({ loadedAt }: LedgerStamp) => clock.now().getTime() - Date.parse(loadedAt) > freshForMs;

  async function load(caller: XeroCaller, contactIds: readonly string[]): Promise<LedgerEntries> {
    const loaded = await loadOnce(caller, contactIds);
    failures.forget(caller.organisationId, contactIds);
    return loaded;
  }

  function loadBehind(caller: XeroCaller, contactIds: readonly string[]): void {
    const work: Promise<void> = load({ ...caller, priority: 'background', signal: undefined }, contactIds)
      .then(
        () => undefined,
        (error: unknown) => failures.note(caller.organisationId, contactIds, toFailure(error)),
      )
      .finally(() => background.delete(work));
    background.add(work);
  }

  return {
    async findFreshStamps(organisationId, contactIds) {
      const stamps = await Promise.all(contactIds.map((id) => entriesOf.readStamp(organisationId, id)));
      const present = stamps.filter((stamp) => stamp !== undefined);
      return present.length === contactIds.length && !present.some(isOld) ? present : null;
    },
    async read(caller, contactIds, { isFresh }) {
      const entries = await entriesOf.readMany(caller.organisationId, contactIds);
      const wanted = isFresh ? contactIds : contactIds.filter((id) => !entries.has(id));
      if (wanted.length > 0) {
        try {
          for (const [id, entry] of await load(caller, wanted)) entries.set(id, entry);
        } catch (error) {
          return { entries, isStale: true, failure: toFailure(error) };
        }
      }
      const old = [...entries].filter(([, { stamp }]) => isOld(stamp)).map(([id]) => id);
      if (old.length === 0) return { entries, isStale: false, failure: null };
      const failure = failures.find(caller.organisationId, old);
      if (!failure) loadBehind(caller, old);
      return { entries, isStale: true, failure };
    },
    merge: (organisationId, document) => mergeDocument(entriesOf, organisationId, document),
    async settle() {
      await Promise.all(background);
    },
  };
}

/** One load of the same contacts at a time, over all processes; the others read what it left in the cache. */
function buildLoadOnce({ cache, xero, clock, singleFlight }: LedgerDeps) {
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
    return entries;
  }

  return (caller: XeroCaller, contactIds: readonly string[]): Promise<LedgerEntries> => {
    const since = clock.now().toISOString();
    return singleFlight(`load:${caller.organisationId}:${[...contactIds].sort().join(',')}`, {
      load: () => load(caller, contactIds),
      read: async () => {
        const entries = await entriesOf.readMany(caller.organisationId, contactIds);
        return contactIds.every((id) => (entries.get(id)?.stamp.loadedAt ?? '') >= since) ? entries : undefined;
      },
    });
  };
}

function toFailure(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('internal', { cause: error });
}
