import { z } from 'zod';
import { idSchema, optionalTextSchema } from './fields.ts';
import type { XeroContactRow } from './gateway.ts';
import { invalidAnswer, readAnswer } from './read-answer.ts';
import type { XeroAnswer } from './xero-answer.ts';

const contactSchema = z
  .object({
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
  })
  .transform(
    (row): XeroContactRow => ({
      id: row.ContactID,
      name: row.Name,
      firstName: row.FirstName,
      lastName: row.LastName,
      email: row.EmailAddress,
      accountNumber: row.AccountNumber,
      contactNumber: row.ContactNumber,
      isArchived: row.ContactStatus !== 'ACTIVE',
      mergedToContactId: row.MergedToContactID ?? null,
    }),
  );

const contactsSchema = z.object({ Contacts: z.array(contactSchema) });

export function parseContacts(answer: XeroAnswer): XeroContactRow[] {
  return readAnswer(answer, contactsSchema).Contacts;
}

export function parseContact(answer: XeroAnswer): XeroContactRow {
  const [contact, ...more] = parseContacts(answer);
  if (!contact || more.length > 0) throw invalidAnswer('not exactly one contact');
  return contact;
}
