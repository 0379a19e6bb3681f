import type { Cache } from '#server/cache/cache.ts';
import type { SingleFlight } from '#server/cache/single-flight.ts';
import type { Clock } from '#server/clock.ts';
import type { NewsBus } from '#server/events/news.ts';
import type { ApplyRows } from '#server/ledger/entries/apply-rows.ts';
import type { ChosenDocumentsCache } from '#server/ledger/entries/chosen-documents-cache.ts';
import type { Credits } from '#server/ledger/entries/credits.ts';
import { buildDocumentsById, type DocumentsById } from '#server/ledger/entries/documents-by-id.ts';
import { type Entries, type LedgerEntries, parseStamp, toStampKey } from '#server/ledger/entries/entries.ts';
import type { Failures } from '#server/ledger/entries/failures.ts';
import { tellOfFigures } from '#server/ledger/entries/figures-news.ts';
import { findFreshDocuments } from '#server/ledger/entries/find-fresh-documents.ts';
import { type Coverage, toAsOf, toFreshness } from '#server/ledger/entries/freshness.ts';
import type { LedgerGateway } from '#server/ledger/entries/load-from-xero.ts';
import { buildReadEntries } from '#server/ledger/entries/read-entries.ts';
import type { Background } from '#server/ledger/stream/background.ts';
import type { ChangeStream } from '#server/ledger/stream/change-stream.ts';
import { type Cover, toCoverage } from '#server/ledger/stream/coverage.ts';
import { parseState, toStateKey } from '#server/ledger/stream/stream-state.ts';
import type { Credit } from '#server/xero/documents/credit.ts';
import type { DocumentHeader, UnreadableDocument } from '#server/xero/documents/document-header.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { AppError } from '#shared/app-error.ts';
import { type DocumentRef, needsViewBills } from '#shared/document-kinds.ts';

export type LedgerRead = {
  /** What is known, by contact. Unknown contacts are missing. */
  entries: LedgerEntries;
  /** Unused credit of these contacts; null until the organisation's credits are loaded. */
  credits: Credit[] | null;
  /** Documents and credits of these contacts that could not be parsed, each once. No figure includes them. */
  unreadable: UnreadableDocument[];
  isStale: boolean;
  /** Why newer figures could not be loaded. */
  failure: AppError | null;
};

export type Ledger = {
  /**
   * Names what `read` would return without reading it, for callers that may already hold an answer made from these
   * versions. Returns null when something is missing, stale or being loaded. Costs one round trip to the cache.
   */
  findFreshVersions(caller: XeroCaller, contactIds: readonly string[]): Promise<string[] | null>;
  /**
   * The same for `readById`. Documents that are not cached by id are taken from the loaded documents of these contacts.
   */
  findFreshVersionsById(
    caller: XeroCaller,
    refs: readonly DocumentRef[],
    contactIds: readonly string[],
  ): Promise<string[] | null>;
  /** Changes whenever the ledger learns something about these contacts, whether fresh or stale. */
  findVersion(organisationId: string, contactIds: readonly string[]): Promise<string>;
  /**
   * Reads the documents of these contacts. Waits for Xero only when nothing is known or `isFresh` is set. Never rejects
   * because of Xero: `failure` is returned with what is known. Starts loading credits in the background. Reading counts
   * as viewing and keeps the change stream alive for 90 s.
   */
  read(caller: XeroCaller, contactIds: readonly string[], options: { isFresh: boolean }): Promise<LedgerRead>;
  /** Reads documents by id, such as those chosen for a deal. */
  readById: DocumentsById['read'];
  /** Merges a document that we have just written or read into everything loaded, without a call to Xero. */
  merge(organisationId: string, document: DocumentHeader): Promise<void>;
  /** Waits until background loads and the change stream have done what is due. */
  untilIdle(): Promise<void>;
  /** Ends background loads when the process stops. */
  stop(): Promise<void>;
};

export type LedgerDeps = {
  cache: Pick<Cache, 'get' | 'getMany' | 'set' | 'setIf' | 'delete'>;
  xero: LedgerGateway;
  clock: Clock;
  singleFlight: SingleFlight;
};

/** The parts that build-ledger.ts puts together. */
export type LedgerParts = LedgerDeps & {
  background: Background;
  failures: Failures;
  entries: Entries;
  kept: ChosenDocumentsCache;
  credits: Credits;
  cover: Cover;
  applyRows: ApplyRows;
  news: Pick<NewsBus, 'announce'>;
  changes: Pick<ChangeStream, 'noteViewer' | 'untilIdle'>;
  readCoverage(organisationId: string): Promise<Coverage | null>;
};

export function buildLedger(parts: LedgerParts): Ledger {
  const { background, credits, entries, changes } = parts;
  const byId = buildDocumentsById(parts);
  const readEntries = buildReadEntries(parts);
  const noteViewerBehind = (caller: XeroCaller) => background.run(() => changes.noteViewer(caller));
  return {
    findFreshVersions(caller, contactIds) {
      noteViewerBehind(caller);
      return findFreshVersions(parts, caller.organisationId, contactIds);
    },
    async findFreshVersionsById(caller, refs, contactIds) {
      noteViewerBehind(caller);
      const found = await findFreshDocuments(parts, caller.organisationId, refs);
      if (found === null || found.isWhole) return found?.versions ?? null;
      const others = await findFreshVersions(parts, caller.organisationId, contactIds);
      return others && [...found.versions, ...others];
    },
    findVersion: async (organisationId, contactIds) => {
      const stamps = await entries.readStamps(organisationId, contactIds);
      return stamps.map((stamp) => stamp?.version ?? '').join(',');
    },
    async read(caller, contactIds, options) {
      noteViewerBehind(caller);
      const read = await readEntries(caller, contactIds, options);
      // In the background, so that a cold view costs no more calls.
      if (read.failure === null && contactIds.length > 0)
        await credits.refreshBehind(caller, { isRequested: options.isFresh });
      const known = await credits.read(caller.organisationId, contactIds);
      const rows = [...[...read.entries.values()].flatMap((entry) => entry.unreadable), ...(known?.unreadable ?? [])];
      // A document whose contact could not be parsed is listed under several contacts.
      const unreadable = [...new Map(rows.map((one) => [one.id ?? JSON.stringify(one), one])).values()];
      return { ...read, credits: known?.credits ?? null, unreadable };
    },
    readById(caller, refs, options) {
      noteViewerBehind(caller);
      return byId.read(caller, refs, options);
    },
    merge: (organisationId, document) => merge(parts, byId, organisationId, document),
    async untilIdle() {
      await background.untilIdle();
      await changes.untilIdle();
      await background.untilIdle();
    },
    stop: background.stop,
  };
}

async function findFreshVersions(
  { cache, clock, credits }: LedgerParts,
  organisationId: string,
  contactIds: readonly string[],
): Promise<string[] | null> {
  const nowMs = clock.now().getTime();
  const stampKeys = contactIds.map((id) => toStampKey(organisationId, id));
  const keys = [toStateKey(organisationId), credits.toStampKey(organisationId), ...stampKeys];
  const [state, creditStamp, ...texts] = await cache.getMany(keys).catch(() => []);
  const coverage = toCoverage(parseState(state), nowMs);
  const stamps = texts.flatMap((text) => parseStamp(text) ?? []);
  const isFresh = stamps.length === contactIds.length && stamps.every((stamp) => isGood(stamp));
  const creditVersion = credits.toVersion(organisationId, creditStamp);
  if (!isFresh || creditVersion === null) return null;
  return [...stamps.map((stamp) => `${stamp.version} ${toAsOf(stamp, coverage)}`), creditVersion];

  function isGood(stamp: { epoch: string | null; loadedAt: string }): boolean {
    return toFreshness(stamp, coverage, nowMs) === 'fresh';
  }
}

/** If the cache is unavailable, nothing is lost but calls to Xero. */
async function merge(
  { applyRows, news }: LedgerParts,
  byId: DocumentsById,
  organisationId: string,
  document: DocumentHeader,
): Promise<void> {
  await byId.put(organisationId, document);
  const changes = await applyRows(organisationId, { rows: [document], unreadable: [] }, []).catch(() => []);
  const own = { contactId: document.contactId, isOfBills: needsViewBills(document.kind) };
  await tellOfFigures(news, organisationId, [...changes, own]);
}
