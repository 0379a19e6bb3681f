import type { ItemOutcome } from '#server/use-cases/writes/many/many-handler.ts';
import { writeMany } from '#server/use-cases/writes/many/write-many.ts';
import { hashParts } from '#server/use-cases/writes/write-handler.ts';
import { formatExactJson } from '#server/xero/bytes/exact-json.ts';
import type { XeroTwin } from '#server/xero/records/records.ts';
import { AppError } from '#shared/app-error.ts';
import { toNameKey } from '#shared/contact-names.ts';
import { suppliers } from '../../kinds/contacts.ts';
import type { ContactGroupName, Party } from '../../kinds/kind.ts';
import type { Look } from '../look/look.ts';
import type { Round } from '../round.ts';
import { noteContact, toFailed, toUnknown } from '../to-finding.ts';
import type { Ended } from './carry-out.ts';
import { addToGroup } from './groups.ts';
import { buildRecordHandler, type WriteDetails } from './record-handler.ts';

/** What can go on, planned again with the contacts that were added, and what ended because a contact could not be added. */
type Made = { ready: Look[]; ended: Ended[] };

/**
 * Adds the contacts that records name without a record of their own, each name once. A record that is not sent adds no
 * contact. In Xero the names of active contacts are unique, so a lost answer is found again by the name.
 */
export async function addContacts(round: Round, looks: readonly Look[]): Promise<Made> {
  const parties = new Map<string, Party>();
  const isSent = ({ plan }: Look): boolean => ['make', 'change', 'replace'].includes(plan.outcome);
  for (const look of looks) if (look.party && isSent(look)) parties.set(toNameKey(look.party.name), look.party);
  if (parties.size === 0) return { ready: [...looks], ended: [] };
  const outcomes = await sendContacts(round, parties);
  const made: Made = { ready: [], ended: [] };
  for (const look of looks) {
    const outcome = look.party && isSent(look) ? outcomes.get(toNameKey(look.party.name)) : undefined;
    if (outcome === undefined) made.ready.push(look);
    else if (outcome.outcome === 'done') made.ready.push({ ...look, plan: look.planAgain() });
    else
      made.ended.push({ planned: look, finding: 'error' in outcome ? toFailed(look, outcome.error) : toUnknown(look) });
  }
  return made;
}

async function sendContacts(
  round: Round,
  parties: ReadonlyMap<string, Party>,
): Promise<ReadonlyMap<string, ItemOutcome<XeroTwin>>> {
  const { acting, contacts } = round;
  const { organisationId } = acting.caller;
  const named = [...parties];
  const items = named.map(([key, { name, group }]) => {
    const writeKey = `sync:${hashParts([organisationId, 'party', key])}`;
    const since = contacts.asOf() ?? acting.deps.clock.now().toISOString();
    const { clientId } = acting.deps.config.xero;
    const details: WriteDetails = { since, clientId, keys: [{ by: 'name', value: name }], title: name };
    return {
      ...{
        writeKey,
        kind: 'sync:party',
        record: { type: group === 'customers' ? ('customer' as const) : ('supplier' as const), id: name.slice(0, 200) },
      },
      bodyHash: hashParts([key]),
      prepare: () => ({
        request: formatExactJson({ Name: name.trim().replace(/\s+/g, ' ') }),
        details: JSON.stringify(details),
      }),
    };
  });
  const outcomes = await writeMany(acting, buildRecordHandler(acting, suppliers), items);
  const byName = new Map<string, ItemOutcome<XeroTwin>>();
  const members: Record<ContactGroupName, string[]> = { customers: [], suppliers: [] };
  for (const [index, [key, { group, name }]] of named.entries()) {
    const outcome = outcomes[index];
    if (!outcome) continue;
    byName.set(key, outcome);
    if (outcome.outcome === 'done') noteContact(round.contacts, { ...outcome.made, name: outcome.made.name ?? name });
    if (outcome.outcome === 'done') members[group].push(outcome.made.id);
  }
  for (const group of ['customers', 'suppliers'] as const)
    if (members[group].length > 0) await addToGroup(round, { group, contactIds: members[group] }).catch(ignoreFailure);
  return byName;
}

/** A contact outside its group does no harm. The document matters more. */
function ignoreFailure(error: unknown): void {
  if (!(error instanceof AppError)) throw error;
}
