import { z } from 'zod';
import { idSchema, instantSchema, optionalTextSchema } from './fields.ts';
import type { XeroContactRow } from './gateway.ts';
import { invalidAnswer, readAnswer } from './read-answer.ts';
import type { XeroAnswer } from './xero-answer.ts';

const contactFields = z.object({
  ContactID: idSchema,
  Name: z.string(),
  FirstName: optionalTextSchema,
  LastName: optionalTextSchema,
  EmailAddress: optionalTextSchema,
  AccountNumber: optionalTextSchema,
  ContactNumber: optionalTextSchema,
  // A contact that is none of these any more can be chosen for nothing either.
  ContactStatus: z.string().default('ACTIVE'),
  MergedToContactID: idSchema.nullish(),
});

const toRow = (row: z.output<typeof contactFields>): XeroContactRow => ({
  id: row.ContactID,
  name: row.Name,
  firstName: row.FirstName,
  lastName: row.LastName,
  email: row.EmailAddress,
  accountNumber: row.AccountNumber,
  contactNumber: row.ContactNumber,
  isArchived: row.ContactStatus !== 'ACTIVE',
  mergedToContactId: row.MergedToContactID ?? null,
});

const contactsSchema = z.object({ Contacts: z.array(contactFields.transform(toRow)) });
const changedSchema = z.object({
  Contacts: z.array(
    contactFields
      .extend({ UpdatedDateUTC: instantSchema })
      .transform((row) => ({ ...toRow(row), updatedAt: row.UpdatedDateUTC })),
  ),
});

export function parseContacts(answer: XeroAnswer): XeroContactRow[] {
  return readAnswer(answer, contactsSchema).Contacts;
}

/** With the moment of their last change. */
export function parseChangedContacts(answer: XeroAnswer): (XeroContactRow & { updatedAt: string })[] {
  return readAnswer(answer, changedSchema).Contacts;
}

export function parseContact(answer: XeroAnswer): XeroContactRow {
  const [contact, ...more] = parseContacts(answer);
  if (!contact || more.length > 0) throw invalidAnswer('not exactly one contact');
  return contact;
}
