import type { Books } from '../../records/organisation.ts';
import type { ContactGroup } from '../../records/types.ts';
import { emptyContact } from '../documents/document-wire.ts';

/** Without its contacts, as lists and contacts show it. */
export function groupToWire({ ContactGroupID, Name }: ContactGroup, Status = 'ACTIVE') {
  return { ContactGroupID, Name, Status, Contacts: [], HasValidationErrors: false };
}

export function wholeGroupToWire(books: Books, group: ContactGroup) {
  return { ...groupToWire(group), Contacts: [...group.contactIds].map((id) => emptyContact(books, id)) };
}
