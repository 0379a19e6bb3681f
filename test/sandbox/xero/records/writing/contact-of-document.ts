import { findContact, saveContact } from '../contact-book.ts';
import { archivedText, type ContactDraft, contactProblems } from '../contact-draft.ts';
import type { Books } from '../organisation.ts';
import type { Contact } from '../types.ts';

/** By ContactID, by ContactNumber, or the active contact with that name. */
function findSent(books: Books, sent: ContactDraft): Contact | undefined {
  const found = findContact(books, sent);
  if (found || sent.ContactID || !sent.Name) return found;
  const name = sent.Name.trim().toLowerCase();
  return [...books.contacts.values()].find((one) => one.ContactStatus === 'ACTIVE' && one.Name.toLowerCase() === name);
}

const unidentified =
  'The Contact must contain at least 1 of the following elements to identify the contact: Name, ContactID, ContactNumber';

/** Why a document's contact is refused. `sent` is absent or empty when an update does not change it. */
export function sentContactProblems(books: Books, sent: ContactDraft): string[] {
  if (!sent.ContactID && !sent.ContactNumber && !sent.Name) return [unidentified];
  const known = findSent(books, sent);
  if (sent.ContactID && !known) return ['An existing Contact with the specified ContactID could not be found'];
  if (known && known.ContactStatus !== 'ACTIVE') return [archivedText];
  return contactProblems(books, sent, known);
}

/** Saves the contact, new if necessary. Fields beyond its identification overwrite Xero's values. */
export function keepSentContact(books: Books, sent: ContactDraft, now: number): Contact {
  const known = findSent(books, sent);
  const { ContactID, ...fields } = sent;
  const isIdOnly = Object.values(fields).every((value) => value === undefined);
  return known && isIdOnly ? known : saveContact(books, sent, known, now);
}

/** Whether nothing was sent about the contact. */
export function isSilent(sent: ContactDraft | undefined): boolean {
  return sent === undefined || Object.values(sent).every((value) => value === undefined);
}
