import { invalidAnswer } from '#server/xero/answers/read-answer.ts';
import type { XeroAnswer } from '#server/xero/answers/xero-answer.ts';
import { getContactById, getContacts, putContact } from '#server/xero/endpoints/contacts.ts';
import type { FoundContacts, NewXeroContact, XeroCaller, XeroContactRow } from '#server/xero/gateway.ts';
import type { Asking, Reading } from '#server/xero/xero-deps.ts';
import { AppError } from '#shared/app-error.ts';
import { parseContact, parseContacts } from './parse-contacts.ts';

const contactsPerSearch = 100;
const longestMerge = 5;
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Xero's length limit. In a filter the text is in double quotes. Xero does not document how to escape a double quote or
 * whether a backslash is special, so text with either is not searched for.
 */
const accountNumberText = /^[^"\\\p{C}]{1,50}$/u;

/** Xero's own search covers names, contact number and e-mail address. It uses no `where`, so any character is safe. */
export async function searchContacts(reading: Reading, caller: XeroCaller, term: string): Promise<XeroContactRow[]> {
  const searchTerm = term.trim();
  return searchTerm === '' ? [] : (await listContacts(reading, caller, { searchTerm })).contacts;
}

/**
 * Active contacts with exactly this contact number, which we assign and which is unique. `isWhole`: the search returned
 * all matches and each could be parsed, so an empty result means that there is none.
 */
export async function findContactsByNumber(
  reading: Reading,
  caller: XeroCaller,
  contactNumber: string,
): Promise<FoundContacts> {
  const { contacts, isWhole } = await listContacts(reading, caller, { searchTerm: contactNumber });
  return { contacts: contacts.filter((contact) => contact.contactNumber === contactNumber), isWhole };
}

/** Xero's search does not cover account numbers. `where` does, with an index, when the full number is given. */
export async function findContactsByAccountNumber(
  reading: Reading,
  caller: XeroCaller,
  accountNumber: string,
): Promise<XeroContactRow[]> {
  const text = accountNumber.trim();
  if (!accountNumberText.test(text)) return [];
  return (await listContacts(reading, caller, { where: `AccountNumber=="${text}"` })).contacts;
}

async function listContacts(
  { ask, noteSetAside }: Reading,
  caller: XeroCaller,
  { searchTerm, where }: { searchTerm?: string; where?: string },
): Promise<FoundContacts> {
  const answer = await ask(caller, getContacts({ searchTerm, where, page: 1, pageSize: contactsPerSearch }));
  const { rows, faults } = parseContacts(answer);
  noteSetAside('contacts', faults);
  const isWhole = faults.length === 0 && rows.length < contactsPerSearch;
  return { contacts: rows.filter(({ isArchived }) => !isArchived), isWhole };
}

/**
 * Xero also accepts a contact number in place of an id. Only ids are sent, and only the contact with that id is
 * accepted.
 */
export async function getContact(asking: Asking, caller: XeroCaller, contactId: string): Promise<XeroContactRow> {
  return (await getContactAnswer(asking, caller, contactId)).contact;
}

/** The contact, with Xero's raw answer. */
export async function getContactAnswer(
  asking: Asking,
  caller: XeroCaller,
  contactId: string,
): Promise<{ contact: XeroContactRow; answer: XeroAnswer }> {
  let id = contactId.toLowerCase();
  for (let step = 0; step <= longestMerge; step += 1) {
    const found = await askForContact(asking, caller, id);
    const { mergedToContactId } = found.contact;
    if (mergedToContactId === null || mergedToContactId === id) return found;
    id = mergedToContactId;
  }
  throw invalidAnswer('contacts merged in a circle');
}

async function askForContact({ ask }: Asking, caller: XeroCaller, id: string) {
  if (!guid.test(id)) throw new AppError('xero_not_found');
  const answer = await ask(caller, getContactById({ id }));
  const contact = parseContact(answer);
  if (contact.id !== id) throw invalidAnswer('another contact than asked for');
  return { contact, answer };
}

export async function createContact(
  { ask }: Asking,
  caller: XeroCaller,
  body: NewXeroContact,
  idempotencyKey: string,
): Promise<XeroContactRow> {
  return parseContact(await ask(caller, putContact({ contact: body, idempotencyKey })));
}
