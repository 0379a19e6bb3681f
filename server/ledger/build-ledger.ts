import type { Cache } from '#server/cache/cache.ts';
import type { Log } from '#server/deps.ts';
import type { NewsBus } from '#server/events/news.ts';
import { buildApplyRows } from '#server/ledger/entries/apply-rows.ts';
import { buildChosenDocumentsCache } from '#server/ledger/entries/chosen-documents-cache.ts';
import { buildCredits } from '#server/ledger/entries/credits.ts';
import { buildEntries } from '#server/ledger/entries/entries.ts';
import { buildFailures } from '#server/ledger/entries/failures.ts';
import { buildBackground } from '#server/ledger/stream/background.ts';
import { buildChangeStream, type ChangeStream } from '#server/ledger/stream/change-stream.ts';
import { type ApplyContactsDeps, buildApplyContacts } from '#server/ledger/stream/contact-changes.ts';
import { buildCover, toCoverage } from '#server/ledger/stream/coverage.ts';
import { buildCoveredContacts } from '#server/ledger/stream/covered-contacts.ts';
import { toStreamKey } from '#server/ledger/stream/stream-runner.ts';
import { buildStreamStates } from '#server/ledger/stream/stream-state.ts';
import type { Store } from '#server/store/store.ts';
import type { XeroGovernor } from '#server/xero/calling/governor.ts';
import type { XeroChanges } from '#server/xero/documents/lists/document-reads.ts';
import type { XeroGateway } from '#server/xero/gateway.ts';
import { buildLedger, type Ledger, type LedgerDeps } from './ledger.ts';

type RoomDeps = Omit<LedgerDeps, 'cache' | 'xero'> & {
  cache: Cache;
  xero: LedgerDeps['xero'] & XeroChanges & Pick<XeroGateway, 'getContact'> & { governor: Pick<XeroGovernor, 'usage'> };
  store: Pick<Store, 'links'>;
  news: NewsBus;
  auditMovedLink: ApplyContactsDeps['auditMovedLink'];
  log: Log;
};

/** Builds the ledger and the change stream that keeps it fresh. */
export function buildLedgerRoom(deps: RoomDeps): { ledger: Ledger; changes: ChangeStream } {
  const { cache, clock } = deps;
  const [background, failures] = [buildBackground(), buildFailures(clock)];
  const [entries, kept] = [buildEntries(cache), buildChosenDocumentsCache(cache)];
  const [states, covered] = [buildStreamStates(cache, clock), buildCoveredContacts(cache)];
  const credits = buildCredits({ ...deps, background, failures });
  const applyRows = buildApplyRows({ entries, kept, clock });
  const applyContacts = buildApplyContacts({ ...deps, entries });
  const nudge = (organisationId: string) => cache.publish(toStreamKey(organisationId), 'state');
  const cover = buildCover({ states, covered, clock, nudge });
  const parts = { ...deps, background, failures, entries, kept, states, covered, credits };
  const acts = { applyRows, applyContacts, cover, refreshCredits: credits.refresh };
  const changes = buildChangeStream({ ...parts, ...acts });
  const readCoverage = async (organisationId: string) =>
    toCoverage(await states.read(organisationId), clock.now().getTime());
  const ledger = buildLedger({ ...parts, ...acts, changes, readCoverage });
  return { ledger, changes };
}
