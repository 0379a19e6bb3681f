import { createHash } from 'node:crypto';
import { isSince } from '#server/clock-tolerance.ts';
import type { LedgerParts } from '#server/ledger/ledger.ts';
import type { DocumentHeader } from '#server/xero/documents/document-header.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { AppError } from '#shared/app-error.ts';
import { type DocumentRef, toRefKey } from '#shared/document-kinds.ts';
import { type Kept, type KeptByRef, toRefKeys } from './chosen-documents-cache.ts';
import { toAsOf, toFreshness } from './freshness.ts';
import { isWholeDocument } from './merge-document.ts';
import { toAppFailure } from './to-app-failure.ts';

export type ByIdRead = {
  /**
   * Keyed by `toRefKey`. Null: Xero does not have the document. No entry: nothing is known, or it could not be parsed.
   */
  documents: Map<string, DocumentHeader | null>;
  /** Documents that exist in Xero but could not be parsed. */
  unreadable: DocumentRef[];
  /** When the oldest of these documents was read, by Xero's clock; null when there are none. */
  asOf: string | null;
  isStale: boolean;
  /** Why newer data could not be loaded. */
  failure: AppError | null;
};

export type DocumentsById = {
  /**
   * Reads documents in any state. Waits for Xero only when `isFresh` is set, or for documents that are neither cached
   * by id nor among the loaded documents of `contactIds`. Never rejects because of Xero.
   */
  read(caller: XeroCaller, refs: readonly DocumentRef[], options: ByIdOptions): Promise<ByIdRead>;
  put(organisationId: string, document: DocumentHeader): Promise<void>;
};
export type ByIdOptions = { isFresh: boolean; contactIds: readonly string[] };

export function buildDocumentsById(parts: LedgerParts): DocumentsById {
  const { clock, background, failures, kept } = parts;
  const loadOnce = buildLoadOnce(parts);

  function loadBehind(caller: XeroCaller, refs: readonly DocumentRef[]): void {
    const keys = refs.map(toRefKey);
    background.run(async () => {
      try {
        await loadOnce({ ...caller, priority: 'background', signal: background.signal }, refs);
        failures.forget(caller.organisationId, keys);
      } catch (error) {
        failures.note(caller.organisationId, keys, toAppFailure(error));
      }
    });
  }

  return {
    async put(organisationId, document) {
      // Xero returned this document a moment ago, so the stream's overlap covers later changes.
      const epoch = (await parts.readCoverage(organisationId))?.epoch ?? null;
      const loadedAt = clock.now().toISOString();
      await kept.put(organisationId, document, { loadedAt, asOf: document.updatedAt, epoch });
    },
    async read(caller, refs, { isFresh, contactIds }) {
      const { organisationId } = caller;
      const coverage = await parts.readCoverage(organisationId);
      const known = await kept.readMany(organisationId, refs);
      const isMissing = (ref: DocumentRef) => !known.has(toRefKey(ref));
      if (refs.some(isMissing)) await addFromContacts(parts, known, { organisationId, refs, contactIds });
      const wanted = isFresh ? refs : refs.filter(isMissing);
      const keys = wanted.map(toRefKey);
      const unreadable = isFresh ? null : failures.findUnreadable(organisationId, keys);
      if (unreadable) return toRead(refs, known, { isStale: true, failure: unreadable });
      if (wanted.length > 0) {
        try {
          for (const [key, one] of await loadOnce(caller, wanted)) known.set(key, one);
          failures.forget(organisationId, keys);
        } catch (error) {
          const failure = toAppFailure(error);
          failures.noteUnreadable(organisationId, keys, failure);
          return toRead(refs, known, { isStale: true, failure });
        }
      }
      for (const [key, one] of known) known.set(key, { ...one, asOf: toAsOf(one, coverage) });
      const nowMs = clock.now().getTime();
      const others = refs.filter((ref) => !wanted.includes(ref));
      const freshnessOf = (ref: DocumentRef) => {
        const one = known.get(toRefKey(ref));
        return one && toFreshness(one, coverage, nowMs);
      };
      const toLoad = others.filter((ref) => ['old', 'due'].includes(freshnessOf(ref) ?? ''));
      const isOld = others.some((ref) => freshnessOf(ref) === 'old');
      const isUnsure = others.some((ref) => freshnessOf(ref) === 'unsure');
      const failure = failures.find(organisationId, toLoad.map(toRefKey));
      if (toLoad.length > 0 && !failure) loadBehind(caller, toLoad);
      const reason = (isOld ? failure : null) ?? (isUnsure ? (coverage?.failure ?? null) : null);
      return toRead(refs, known, { isStale: isOld || isUnsure, failure: reason });
    },
  };
}

function toRead(
  refs: readonly DocumentRef[],
  known: KeptByRef,
  { isStale, failure }: Pick<ByIdRead, 'isStale' | 'failure'>,
): ByIdRead {
  const isRead = ([, { isUnreadable }]: readonly [string, Kept]) => !isUnreadable;
  const documents = new Map([...known].filter(isRead).map(([key, { document }]) => [key, document]));
  const unreadable = refs.filter((ref) => known.get(toRefKey(ref))?.isUnreadable);
  const asOf = [...known.values()].reduce<string | null>(
    (earliest, one) => (earliest === null || one.asOf < earliest ? one.asOf : earliest),
    null,
  );
  return { documents, unreadable, asOf, isStale, failure };
}

/** A person who chooses documents in View Details has already loaded the contact's documents. */
async function addFromContacts(
  { entries }: Pick<LedgerParts, 'entries'>,
  known: KeptByRef,
  wanted: { organisationId: string; refs: readonly DocumentRef[]; contactIds: readonly string[] },
): Promise<void> {
  const missing = new Set(wanted.refs.map(toRefKey).filter((key) => !known.has(key)));
  const found = await entries.readMany(wanted.organisationId, wanted.contactIds);
  for (const { stamp, documents, unreadable } of found.values()) {
    const { loadedAt, asOf, epoch } = stamp;
    for (const one of unreadable) {
      const key = toRefKeys(one).find((each) => missing.has(each));
      const unread = { document: null, isUnreadable: true, unreadableAt: one.updatedAt };
      if (key) known.set(key, { ...unread, loadedAt, asOf, epoch } satisfies Kept);
    }
    for (const document of documents) {
      const key = toRefKey(document);
      if (missing.has(key) && isWholeDocument(document))
        known.set(key, { document, loadedAt, asOf, epoch } satisfies Kept);
    }
  }
}

/** Runs one load of the same documents at a time, across all processes. */
function buildLoadOnce({ xero, clock, singleFlight, kept, cover }: LedgerParts) {
  async function load(caller: XeroCaller, refs: readonly DocumentRef[]): Promise<KeptByRef> {
    const { organisationId } = caller;
    const beganMs = clock.steadyMs();
    const { documents, unreadable, asOf } = await xero.listDocumentsById(caller, refs);
    const epoch = await cover(organisationId, [], { asOf, beganMs });
    const loadedAt = clock.now().toISOString();
    return kept.putLoad(organisationId, refs, { documents, unreadable, asOf, epoch, loadedAt });
  }

  return (caller: XeroCaller, refs: readonly DocumentRef[]): Promise<KeptByRef> => {
    const since = clock.now().toISOString();
    const keys = [...new Set(refs.map(toRefKey))].sort();
    const name = createHash('sha256').update(keys.join(',')).digest('base64url');
    return singleFlight(`load:${caller.organisationId}:documents:${name}`, {
      load: () => load(caller, refs),
      read: async () => {
        const found = await kept.readMany(caller.organisationId, refs);
        const nowMs = clock.now().getTime();
        return keys.every((key) => isSince(found.get(key)?.loadedAt, since, nowMs)) ? found : undefined;
      },
    });
  };
}
