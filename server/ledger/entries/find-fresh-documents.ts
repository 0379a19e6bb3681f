import type { LedgerParts } from '#server/ledger/ledger.ts';
import { type DocumentRef, toRefKey } from '#shared/document-kinds.ts';
import { toAsOf, toFreshness } from './freshness.ts';

type Deps = Pick<LedgerParts, 'kept' | 'clock' | 'readCoverage'>;

/**
 * Names what reading these documents would return: each document's cached version and its freshness. `isWhole` is false
 * when some are not cached by id but may be among a contact's loaded documents. Returns null when something is stale or
 * unsure.
 */
export async function findFreshDocuments(
  { kept, clock, readCoverage }: Deps,
  organisationId: string,
  refs: readonly DocumentRef[],
): Promise<{ versions: string[]; isWhole: boolean } | null> {
  if (refs.length === 0) return { versions: [], isWhole: true };
  const [coverage, known] = await Promise.all([readCoverage(organisationId), kept.readMany(organisationId, refs)]);
  const nowMs = clock.now().getTime();
  const all = [...known.values()];
  if (all.some((one) => toFreshness(one, coverage, nowMs) !== 'fresh')) return null;
  return {
    versions: all.map((one) => JSON.stringify([one.document, one.isUnreadable ?? false, toAsOf(one, coverage)])),
    isWhole: refs.every((ref) => known.has(toRefKey(ref))),
  };
}
