import type { RecordProblem } from '#shared/contract/sync/record.ts';
import type { RecordData } from '#shared/contract/sync/record-data/data.ts';
import { problemWords } from '../../words/problem-words.ts';
import { toProblem } from '../../words/problems.ts';
import { checkName, missingAt } from '../check-fields.ts';
import type { ContactGroupName, KindFacts, KindTwin, Need, Party } from '../kind.ts';

type PartyData = RecordData<'expenses'>['supplier'];

export function listPartyNeeds(party: PartyData, path: string, kind: ContactGroupName): Need[] {
  return party && 'crmId' in party ? [{ kind, crmId: party.crmId, path }] : [];
}

/** The party of a document that has no record of its own. */
export function toParty(party: PartyData, path: string, group: ContactGroupName): Party | undefined {
  return party && 'name' in party && party.name !== '' ? { path, name: joinSpaces(party.name), group } : undefined;
}

/** The contact that a document is for. */
export function findContact(
  party: NonNullable<PartyData>,
  path: string,
  facts: KindFacts & { group: ContactGroupName },
): { contact: KindTwin } | { problem: RecordProblem } {
  const problem = 'name' in party ? checkPartyName(party.name, path) : undefined;
  if (problem) return { problem };
  const contact = 'crmId' in party ? facts.twinOf(facts.group, party.crmId) : facts.contactOf(joinSpaces(party.name));
  if (!contact)
    return { problem: toProblem('record_missing', { field: path, message: problemWords.recordMissing(path) }) };
  if (contact.status !== 'ARCHIVED') return { contact };
  const name = contact.name ?? ('name' in party ? party.name : party.crmId);
  const target = { contactId: contact.id, url: facts.contactUrlOf(contact.id) };
  return {
    problem: toProblem('contact_archived', { field: path, message: problemWords.contactArchived(name), target }),
  };
}

function checkPartyName(name: string, path: string): RecordProblem | undefined {
  return name === '' ? missingAt(path) : checkName(`${path}.name`, name);
}

/** Xero removes outer and double spaces of a name. */
export function joinSpaces(name: string): string {
  return name.trim().replace(/\s+/g, ' ');
}
