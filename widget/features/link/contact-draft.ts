import type { NewContact } from '#shared/contract/contact.ts';
import type { KnownDetails as Known } from '#shared/contract/known-details.ts';
import type { Address } from '#shared/contract/record.ts';
import type { OpenedRecord } from '#shared/contract/session/open.ts';

/** The text of the form. Address fields are named by their path in the contract. */
export type ContactDraft = Record<DraftField, string>;

export const addressFields = ['line1', 'line2', 'city', 'region', 'postalCode', 'country'] as const;
export const draftFields = [
  'name',
  'firstName',
  'lastName',
  'email',
  'phone',
  ...addressFields.map((field) => `address.${field}` as const),
] as const;
type PlainField = 'name' | 'firstName' | 'lastName' | 'email' | 'phone';
export type DraftField = PlainField | `address.${(typeof addressFields)[number]}`;

/** What the CRM knows about the record. */
export type KnownDetails = Omit<Known, 'name'> & Pick<OpenedRecord, 'name'>;

export function draftFrom(known: KnownDetails): ContactDraft {
  const address = known.address ?? {};
  return {
    name: known.name ?? '',
    firstName: known.firstName ?? '',
    lastName: known.lastName ?? '',
    email: known.email ?? '',
    phone: known.phone ?? '',
    'address.line1': address.line1 ?? '',
    'address.line2': address.line2 ?? '',
    'address.city': address.city ?? '',
    'address.region': address.region ?? '',
    'address.postalCode': address.postalCode ?? '',
    'address.country': address.country ?? '',
  };
}

/** The request's body without empty fields. */
export function toNewContact(draft: ContactDraft): NewContact {
  const address: Address = {};
  for (const field of addressFields) {
    const text = draft[`address.${field}`].trim();
    if (text !== '') address[field] = text;
  }
  const optional = (field: PlainField) => draft[field].trim() || undefined;
  return {
    name: draft.name.trim(),
    firstName: optional('firstName'),
    lastName: optional('lastName'),
    email: optional('email'),
    phone: optional('phone'),
    address: Object.keys(address).length > 0 ? address : undefined,
  };
}

/** The field of an error path such as `body/email` or `address.city`; null if there is none. */
export function fieldOf(path: string): DraftField | null {
  const name = path.replace(/^\/?(body\/|body\.)?/, '').replaceAll('/', '.');
  return draftFields.find((field) => field === name) ?? null;
}
