import { randomUUID } from 'node:crypto';
import { type ContactDraft, tidyName } from './contact-draft.ts';
import type { Books } from './organisation.ts';
import type { Contact } from './types.ts';

/** The contact that a write is about: by ContactID, or else by ContactNumber. */
export function findContact(books: Books, draft: ContactDraft): Contact | undefined {
  if (draft.ContactID) return books.contacts.get(draft.ContactID.toLowerCase());
  if (!draft.ContactNumber) return undefined;
  return [...books.contacts.values()].find((contact) => contact.ContactNumber === draft.ContactNumber);
}

/** Saves a valid draft. */
export function saveContact(books: Books, draft: ContactDraft, known: Contact | undefined, now: number): Contact {
  const contact = known ?? newContact();
  const { ContactID, Name, ...rest } = draft;
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  Object.assign(contact, Object.fromEntries(given), Name === undefined ? {} : { Name: tidyName(Name) });
  contact.updatedAt = now;
  books.contacts.set(contact.ContactID, contact);
  return contact;
}

function newContact(): Contact {
  return {
    ContactID: randomUUID(),
    ContactStatus: 'ACTIVE',
    Name: '',
    ContactPersons: [],
    Addresses: [],
    Phones: [],
    IsSupplier: false,
    IsCustomer: false,
    updatedAt: 0,
  };
}

/** Merges a contact: its documents move, and it is archived and names the other contact. */
export function mergeContact(books: Books, contact: Contact, into: Contact, now: number): void {
  for (const documents of [books.invoices, books.quotes, books.credits, books.purchaseOrders]) {
    for (const document of documents.values()) {
      if (document.contactId === contact.ContactID) {
        Object.assign(document, { contactId: into.ContactID, updatedAt: now });
      }
    }
  }
  Object.assign(contact, { ContactStatus: 'ARCHIVED', MergedToContactID: into.ContactID, updatedAt: now });
  into.updatedAt = now;
}
