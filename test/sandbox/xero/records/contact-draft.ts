import { z } from 'zod';
import type { Books } from './organisation.ts';
import type { Contact } from './types.ts';

const text = z.string().optional();

const term = z.object({
  Day: z.number(),
  Type: z.enum(['DAYSAFTERBILLDATE', 'DAYSAFTERBILLMONTH', 'OFCURRENTMONTH', 'OFFOLLOWINGMONTH']),
});

/** What a write may contain about a contact. Xero sets everything else. */
export const contactDraftSchema = z.object({
  ContactID: text,
  ContactStatus: z.enum(['ACTIVE', 'ARCHIVED', 'GDPRREQUEST']).optional(),
  Name: text,
  FirstName: text,
  LastName: text,
  EmailAddress: text,
  ContactNumber: text,
  AccountNumber: text,
  CompanyNumber: text,
  TaxNumber: text,
  BankAccountDetails: text,
  DefaultCurrency: text,
  SalesDefaultAccountCode: text,
  PurchasesDefaultAccountCode: text,
  AccountsReceivableTaxType: text,
  AccountsPayableTaxType: text,
  ContactPersons: z
    .array(z.object({ FirstName: text, LastName: text, EmailAddress: text, IncludeInEmails: z.boolean().optional() }))
    .optional(),
  Addresses: z
    .array(
      z.object({
        AddressType: z.enum(['STREET', 'POBOX']),
        AddressLine1: text,
        AddressLine2: text,
        City: text,
        Region: text,
        PostalCode: text,
        Country: text,
        AttentionTo: text,
      }),
    )
    .optional(),
  Phones: z
    .array(
      z.object({
        PhoneType: z.enum(['DEFAULT', 'DDI', 'MOBILE', 'FAX']),
        PhoneNumber: z.string(),
        PhoneAreaCode: text,
        PhoneCountryCode: text,
      }),
    )
    .optional(),
  PaymentTerms: z.object({ Bills: term.optional(), Sales: term.optional() }).optional(),
});

export type ContactDraft = z.infer<typeof contactDraftSchema>;

/** The longest texts, from Xero's OpenAPI. */
const maxLengths = {
  Name: 255,
  FirstName: 255,
  LastName: 255,
  EmailAddress: 255,
  ContactNumber: 50,
  AccountNumber: 50,
  CompanyNumber: 50,
  TaxNumber: 50,
} as const;

const maxPersons = 5;

/** From Xero's own text for documents. An archived contact can only be restored, unless it was merged. */
export function archivedProblems({ ContactStatus }: ContactDraft, known: Contact | undefined): string[] {
  if (known?.ContactStatus !== 'ARCHIVED' || ContactStatus === 'ARCHIVED') return [];
  if (known.MergedToContactID !== undefined) return ['A contact that was merged cannot be restored.'];
  return ContactStatus === 'ACTIVE' ? [] : [archivedText];
}

export const archivedText =
  'The specified contact details matched an archived contact. Archived contacts cannot currently be edited via the API.';

/** Why Xero would refuse this contact, in Xero's words as far as known. `known` is the contact to update. */
export function contactProblems(books: Books, draft: ContactDraft, known: Contact | undefined): string[] {
  return [
    ...nameProblems(books, draft, known),
    ...lengthProblems(draft),
    ...(isEmail(draft.EmailAddress) ? [] : ['Email address must be valid.']),
    ...numberProblems(books, draft, known),
    ...((draft.ContactPersons?.length ?? 0) > maxPersons ? [`A contact can have at most ${maxPersons} persons.`] : []),
  ];
}

function nameProblems(books: Books, draft: ContactDraft, known: Contact | undefined): string[] {
  const isRestored = known?.ContactStatus === 'ARCHIVED' && draft.ContactStatus === 'ACTIVE';
  if (draft.Name === undefined && known && !isRestored) return [];
  const name = tidyName(draft.Name ?? known?.Name ?? '');
  if (name === '') return ['The contact name must be specified.'];
  if (/[<>]/.test(name)) return ['The contact name must not contain the characters < or >.'];
  const other = [...books.contacts.values()].find(
    (contact) =>
      contact !== known && contact.ContactStatus === 'ACTIVE' && contact.Name.toLowerCase() === name.toLowerCase(),
  );
  return other
    ? [
        `The contact name ${name} is already assigned to another contact. The contact name must be unique across all active contacts.`,
      ]
    : [];
}

/** Removes outer and double spaces. */
export function tidyName(name: string): string {
  return name.trim().replace(/ {2,}/g, ' ');
}

function lengthProblems(draft: ContactDraft): string[] {
  const limits: [keyof typeof maxLengths, number][] = [
    ['Name', maxLengths.Name],
    ['FirstName', maxLengths.FirstName],
    ['LastName', maxLengths.LastName],
    ['EmailAddress', maxLengths.EmailAddress],
    ['ContactNumber', maxLengths.ContactNumber],
    ['AccountNumber', maxLengths.AccountNumber],
    ['CompanyNumber', maxLengths.CompanyNumber],
    ['TaxNumber', maxLengths.TaxNumber],
  ];
  return limits
    .filter(([field, max]) => (draft[field]?.length ?? 0) > max)
    .map(([field, max]) => `The field ${field} must be a string with a maximum length of ${max}.`);
}

function isEmail(email: string | undefined): boolean {
  return email === undefined || email === '' || /^[^\s@<>,;]+@[^\s@<>,;.]+(\.[^\s@<>,;.]+)+$/.test(email);
}

function numberProblems(books: Books, draft: ContactDraft, known: Contact | undefined): string[] {
  if (!draft.ContactNumber) return [];
  const other = [...books.contacts.values()].find(
    (contact) => contact !== known && contact.ContactNumber === draft.ContactNumber,
  );
  return other
    ? [
        `The contact number ${draft.ContactNumber} is already assigned to another contact. The contact number must be unique across all contacts.`,
      ]
    : [];
}
