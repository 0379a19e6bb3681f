import { createHash, randomUUID } from 'node:crypto';
import { isSince } from '#server/clock-tolerance.ts';
import type { LedgerParts } from '#server/ledger/ledger.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { AppError } from '#shared/app-error.ts';
import type { LedgerEntries, LedgerEntry } from './entries.ts';
import { type ContactChange, tellOfFigures } from './figures-news.ts';
import { type Coverage, type Freshness, toAsOf, toFreshness } from './freshness.ts';
import { loadFromXero } from './load-from-xero.ts';
import { differInBillsOnly, mergeLoad } from './merge-document.ts';
import { toAppFailure } from './to-app-failure.ts';

export type EntriesRead = { entries: LedgerEntries; isStale: boolean; failure: AppError | null };
export type ReadEntries = (
  caller: XeroCaller,
  contactIds: readonly string[],
  options: { isFresh: boolean },
) => Promise<EntriesRead>;

/**
 * Returns what is known of these contacts. Loads those that are unknown, or all when `isFresh` is set. Stale ones are
 * loaded in the background.
 */
export function buildReadEntries(parts: LedgerParts): ReadEntries {
  const { clock, background, failures, entries: entriesOf } = parts;
  const loadOnce = buildLoadOnce(parts);

  async function load(caller: XeroCaller, contactIds: readonly string[]): Promise<LedgerEntries> {
    const loaded = await loadOnce(caller, contactIds);
    failures.forget(caller.organisationId, contactIds);
    return loaded;
  }

  function loadBehind(caller: XeroCaller, contactIds: readonly string[]): void {
    background.run(() =>
      load({ ...caller, priority: 'background', signal: background.signal }, contactIds).then(
        () => undefined,
        (error: unknown) => failures.note(caller.organisationId, contactIds, toAppFailure(error)),
      ),
    );
  }

  return async (caller, contactIds, { isFresh }) => {
    const { organisationId } = caller;
    const [known, coverage] = await Promise.all([
      entriesOf.readMany(organisationId, contactIds),
      parts.readCoverage(organisationId),
    ]);
    const entries = withAsOf(known, coverage);
    const wanted = isFresh ? contactIds : contactIds.filter((id) => !entries.has(id));
    const others = [...entries].filter(([id]) => !wanted.includes(id));
    const unreadable = isFresh ? null : failures.findUnreadable(organisationId, wanted);
    if (unreadable) return { entries, isStale: true, failure: unreadable };
    if (wanted.length > 0) {
      try {
        for (const [id, entry] of await load(caller, wanted)) entries.set(id, entry);
      } catch (error) {
        const failure = toAppFailure(error);
        failures.noteUnreadable(organisationId, wanted, failure);
        return { entries, isStale: true, failure };
      }
    }
    const nowMs = clock.now().getTime();
    const idsThatAre = listIds(others, ({ stamp }) => toFreshness(stamp, coverage, nowMs));
    const toLoad = idsThatAre('old', 'due');
    const failure = failures.find(organisationId, toLoad);
    if (toLoad.length > 0 && !failure) loadBehind(caller, toLoad);
    const isUnsure = idsThatAre('unsure').length > 0;
    const isOld = idsThatAre('old').length > 0;
    const reason = (isOld ? failure : null) ?? (isUnsure ? (coverage?.failure ?? null) : null);
    return { entries, isStale: isOld || isUnsure, failure: reason };
  };
}

function listIds(entries: readonly [string, LedgerEntry][], freshnessOf: (entry: LedgerEntry) => Freshness) {
  const found = entries.map(([id, entry]) => ({ id, freshness: freshnessOf(entry) }));
  return (...wanted: Freshness[]) => found.filter((one) => wanted.includes(one.freshness)).map(({ id }) => id);
}

/** Entries that the stream keeps fresh are as of its last request. */
function withAsOf(entries: LedgerEntries, coverage: Coverage | null): LedgerEntries {
  const toRead = (entry: LedgerEntry) => ({ ...entry, stamp: { ...entry.stamp, asOf: toAsOf(entry.stamp, coverage) } });
  return new Map([...entries].map(([id, entry]) => [id, toRead(entry)]));
}

/** Runs one load of the same contacts at a time, across all processes. The others read the result from the cache. */
function buildLoadOnce({ xero, clock, singleFlight, entries: entriesOf, cover, news }: LedgerParts) {
  async function load(caller: XeroCaller, contactIds: readonly string[]): Promise<LedgerEntries> {
    const { organisationId } = caller;
    const beganMs = clock.steadyMs();
    const { byContact, asOf } = await loadFromXero(xero, caller, contactIds);
    const epoch = await cover(organisationId, contactIds, { asOf, beganMs });
    const stamp = { version: randomUUID(), loadedAt: clock.now().toISOString(), asOf, epoch };
    const changed = new Map<string, ContactChange[]>();
    const put = async (id: string): Promise<[string, LedgerEntry]> => {
      const merge = (known: LedgerEntry | undefined) => {
        const loaded = byContact.get(id) ?? { documents: [], unreadable: [] };
        const { isChanged, ...merged } = mergeLoad(loaded, known, { asOf, nowMs: clock.now().getTime() });
        // When nothing was known before, everybody is told.
        const isOfBills = known !== undefined && differInBillsOnly(known, merged);
        changed.set(id, isChanged ? [{ contactId: id, isOfBills }] : []);
        return { stamp, ...merged };
      };
      // Without the cache, every view calls Xero. Nothing else is lost.
      const kept = await entriesOf.change(organisationId, id, merge).catch(() => undefined);
      return [id, kept ?? { ...merge(undefined), stamp: { ...stamp, revision: '' } }];
    };
    const loaded = new Map(await Promise.all(contactIds.map(put)));
    await tellOfFigures(news, organisationId, [...changed.values()].flat());
    return loaded;
  }

  return (caller: XeroCaller, contactIds: readonly string[]): Promise<LedgerEntries> => {
    const since = clock.now().toISOString();
    // Two hundred ids are too long for a lock's name.
    const name = createHash('sha256')
      .update([...contactIds].sort().join(','))
      .digest('base64url');
    return singleFlight(`load:${caller.organisationId}:${name}`, {
      load: () => load(caller, contactIds),
      read: async () => {
        const entries = await entriesOf.readMany(caller.organisationId, contactIds);
        const nowMs = clock.now().getTime();
        const isNew = (id: string) => isSince(entries.get(id)?.stamp.loadedAt, since, nowMs);
        return contactIds.every(isNew) ? entries : undefined;
      },
    });
  };
}
