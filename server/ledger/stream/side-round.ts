import { tellOfFigures } from '#server/ledger/entries/figures-news.ts';
import { toAppFailure } from '#server/ledger/entries/to-app-failure.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { advance, type Round, type RoundDeps } from './change-round.ts';
import type { ApplyContacts } from './contact-changes.ts';

export type SideRoundDeps = RoundDeps & {
  applyContacts: ApplyContacts;
  /** Refreshes credits, which have a pace of their own. Never rejects. */
  refreshCredits(caller: XeroCaller): Promise<void>;
};

/**
 * Asks for what is less urgent than figures: credits and changed contacts. Runs in the background beside the next
 * rounds, so that no figure and no webhook waits for it in the queue. Never rejects.
 */
export async function runSideRound(deps: SideRoundDeps, round: Round): Promise<void> {
  const caller: XeroCaller = { ...round.caller, priority: 'background' };
  await deps.refreshCredits(caller);
  if (!round.tracks.has('contacts')) return;
  await askForContacts(deps, { ...round, caller }).catch((error: unknown) => postponeContacts(deps, round, error));
}

/** Reads newly covered contacts by id once, because lists omit what happened before the stream started. */
async function askForContacts(deps: SideRoundDeps, round: Round): Promise<void> {
  const { xero, covered, log } = deps;
  const { caller, organisationId, epoch, state } = round;
  const { rows, asOf, isWhole } = await xero.listContactsChangedSince(caller, state.contacts.cursor);
  const unchecked = (await covered.read(organisationId, epoch))?.unchecked ?? [];
  const seen = new Set(rows.map(({ id }) => id));
  const toCheck = unchecked.filter((id) => !seen.has(id));
  const checked = toCheck.length > 0 ? await xero.listContactsById(caller, toCheck) : [];
  const changed = await deps.applyContacts(caller, [...rows, ...checked]);
  if (!isWhole) log.warn({ organisationId }, 'more contacts changed than can be read at once');
  await covered.check(organisationId, epoch, unchecked);
  await advance(deps, round, 'contacts', asOf);
  // Everybody may see a contact's own details.
  const changes = changed.map((contactId) => ({ contactId, isOfBills: false }));
  await tellOfFigures(deps.news, organisationId, changes);
}

async function postponeContacts(deps: SideRoundDeps, round: Round, error: unknown): Promise<void> {
  if (round.caller.signal?.aborted) return;
  const { organisationId } = round;
  deps.log.warn({ organisationId, code: toAppFailure(error).code }, 'changed contacts could not be read');
  await advance(deps, round, 'contacts', null).catch(() => undefined);
}
