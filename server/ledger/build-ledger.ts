import type { Cache } from '#server/cache/cache.ts';
import type { Log } from '#server/deps.ts';
import type { Store } from '#server/store/store.ts';
import type { XeroChanges } from '#server/xero/document-reads.ts';
import type { XeroGateway } from '#server/xero/gateway.ts';
import type { XeroGovernor } from '#server/xero/governor.ts';
import { buildAnnouncements } from './announcements.ts';
import { buildApplyRows } from './apply-rows.ts';
import { buildBackground } from './background.ts';
import { buildChangeStream, type ChangeStream } from './change-stream.ts';
import { type ApplyContactsDeps, buildApplyContacts } from './contact-changes.ts';
import { buildEnrol, toCoverage } from './coverage.ts';
import { buildCredits } from './credits.ts';
import { buildEntries } from './entries.ts';
import { buildFailures } from './failures.ts';
import { buildKeptDocuments } from './kept-documents.ts';
import { buildLedger, type Ledger, type LedgerDeps } from './ledger.ts';
import { buildRolls } from './roll.ts';
import { toStreamKey } from './stream-runner.ts';
import { buildStreamStates } from './stream-state.ts';

type RoomDeps = Omit<LedgerDeps, 'cache' | 'xero'> & {
  cache: Cache;
  xero: LedgerDeps['xero'] & XeroChanges & Pick<XeroGateway, 'getContact'> & { governor: Pick<XeroGovernor, 'usage'> };
  store: Pick<Store, 'links'>;
  auditMovedLink: ApplyContactsDeps['auditMovedLink'];
  log: Log;
};

/** The ledger, and the change stream that keeps it fresh. */
export function buildLedgerRoom(deps: RoomDeps): { ledger: Ledger; changes: ChangeStream } {
  const { cache, clock, log } = deps;
  const onError = (err: unknown) => log.warn({ err }, 'a listener to changes failed');
  const [background, failures] = [buildBackground(), buildFailures(clock)];
  const announcements = buildAnnouncements(cache, onError);
  const [entries, kept] = [buildEntries(cache), buildKeptDocuments(cache)];
  const [states, rolls] = [buildStreamStates(cache, clock), buildRolls(cache)];
  const credits = buildCredits({ ...deps, background, failures, announcements });
  const applyRows = buildApplyRows({ entries, kept, clock });
  const applyContacts = buildApplyContacts({ ...deps, entries });
  const nudge = (organisationId: string) => cache.publish(toStreamKey(organisationId), 'state');
  const enrol = buildEnrol({ states, rolls, clock, nudge });
  const parts = { ...deps, background, failures, announcements, entries, kept, states, rolls, credits };
  const acts = { applyRows, applyContacts, enrol, refreshCredits: credits.refresh };
  const changes = buildChangeStream({ ...parts, ...acts });
  const readCoverage = async (organisationId: string) =>
    toCoverage(await states.read(organisationId), clock.now().getTime());
  const ledger = buildLedger({ ...parts, ...acts, changes, readCoverage });
  return { ledger, changes };
}
