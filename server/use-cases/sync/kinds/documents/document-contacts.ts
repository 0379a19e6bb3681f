import type { RecordProblem } from '#shared/contract/sync/record.ts';
import type { RecordData } from '#shared/contract/sync/record-data/data.ts';
import { fieldWords } from '../../words/field-words.ts';
import { problemWords } from '../../words/problem-words.ts';
import { toProblem } from '../../words/problems.ts';
import { checkName, invalidAt, missingAt } from '../check-fields.ts';
import type { ContactGroupName, KindFacts, KindTwin, Need, Party } from '../kind.ts';

type PartyData = RecordData<'expenses'>['supplier'];
type NamedParty = { crmId: string; name?: undefined } | { name: string; crmId?: undefined };

/** Undefined where it is incomplete, or says two things. `findContact` tells which. */
function readParty(party: PartyData): NamedParty | undefined {
  const { crmId, name } = party ?? {};
  if (crmId !== undefined) return crmId !== '' && name === undefined ? { crmId } : undefined;
  return name === undefined || name === '' ? undefined : { name };
}

export function listPartyNeeds(party: PartyData, path: string, kind: ContactGroupName): Need[] {
  const { crmId } = readParty(party) ?? {};
  return crmId === undefined ? [] : [{ kind, crmId, path }];
}

/** The party of a document that has no record of its own. */
export function toParty(party: PartyData, path: string, group: ContactGroupName): Party | undefined {
  const { name } = readParty(party) ?? {};
  return name === undefined ? undefined : { path, name: joinSpaces(name), group };
}

/** The contact that a document is for. */
export function findContact(
  given: NonNullable<PartyData>,
  path: string,
  facts: KindFacts & { group: ContactGroupName },
): { contact: KindTwin } | { problem: RecordProblem } {
  const party = readParty(given);
  if (!party) {
    const isTwice = given.crmId !== undefined && given.name !== undefined;
    return { problem: isTwice ? invalidAt(path, fieldWords.twoParties) : missingAt(path) };
  }
  const problem = party.name === undefined ? undefined : checkName(`${path}.name`, party.name);
  if (problem) return { problem };
  const contact =
    party.name === undefined ? facts.twinOf(facts.group, party.crmId) : facts.contactOf(joinSpaces(party.name));
  if (!contact)
    return { problem: toProblem('record_missing', { field: path, message: problemWords.recordMissing(path) }) };
  if (contact.status !== 'ARCHIVED') return { contact };
  const name = contact.name ?? (party.crmId === undefined ? party.name : party.crmId);
  const target = { contactId: contact.id, url: facts.contactUrlOf(contact.id) };
  return {
    problem: toProblem('contact_archived', { field: path, message: problemWords.contactArchived(name), target }),
  };
}

/** Xero removes outer and double spaces of a name. */
export function joinSpaces(name: string): string {
  return name.trim().replace(/\s+/g, ' ');
}
