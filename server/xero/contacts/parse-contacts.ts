import { z } from 'zod';
import {
  glimpsedIdSchema,
  glimpsedInstantSchema,
  idSchema,
  instantSchema,
  optionalIdSchema,
  optionalTextSchema,
} from '#server/xero/answers/fields.ts';
import { invalidAnswer } from '#server/xero/answers/read-answer.ts';
import { readList } from '#server/xero/answers/read-list.ts';
import { describeFault, type ReadRows, readRows } from '#server/xero/answers/read-rows.ts';
import type { XeroAnswer } from '#server/xero/answers/xero-answer.ts';
import type { ChangePage } from '#server/xero/documents/lists/read-changes.ts';
import type { XeroContactRow } from '#server/xero/gateway.ts';

const contactFields = z.object({
  ContactID: idSchema,
  Name: z.string().min(1),
  FirstName: optionalTextSchema,
  LastName: optionalTextSchema,
  EmailAddress: optionalTextSchema,
  AccountNumber: optionalTextSchema,
  ContactNumber: optionalTextSchema,
  // A contact with another status cannot be chosen for anything.
  ContactStatus: optionalTextSchema,
  MergedToContactID: optionalIdSchema,
  TaxNumber: optionalTextSchema,
});

function toRow(row: z.output<typeof contactFields>): XeroContactRow {
  return {
    id: row.ContactID,
    name: row.Name,
    firstName: row.FirstName,
    lastName: row.LastName,
    email: row.EmailAddress,
    accountNumber: row.AccountNumber,
    contactNumber: row.ContactNumber,
    isArchived: (row.ContactStatus ?? 'ACTIVE') !== 'ACTIVE',
    mergedToContactId: row.MergedToContactID,
    taxNumber: row.TaxNumber,
  };
}

const contactSchema = contactFields.transform(toRow);
const changedSchema = contactFields
  .extend({ UpdatedDateUTC: instantSchema })
  .transform((row) => ({ ...toRow(row), updatedAt: row.UpdatedDateUTC }));
/** Used when the rest of the row cannot be parsed. */
const glimpseSchema = z
  .object({ ContactID: glimpsedIdSchema, UpdatedDateUTC: glimpsedInstantSchema })
  .catch({ ContactID: null, UpdatedDateUTC: null });

function readContacts(answer: XeroAnswer) {
  return readList(answer, 'Contacts', 'ContactID');
}

export function parseContacts(answer: XeroAnswer): ReadRows<XeroContactRow> {
  return readRows(readContacts(answer).rows, contactSchema);
}

type ChangedContact = XeroContactRow & { updatedAt: string };
type ChangedPage = Omit<ChangePage<ChangedContact>, 'asOf'> & { faults: string[] };

/** Also reads when each contact last changed. */
export function parseChangedContacts(answer: XeroAnswer): ChangedPage {
  const { rows, ...page } = readContacts(answer);
  const parsed = rows.map((row) => ({ row, ...changedSchema.safeParse(row) }));
  const broken = parsed.filter(({ success }) => !success);
  return {
    ...page,
    rows: parsed.flatMap(({ data }) => data ?? []),
    unreadable: broken.map(({ row }) => {
      const { ContactID: id, UpdatedDateUTC: updatedAt } = glimpseSchema.parse(row);
      return { id, kind: null, contactId: id, status: null, updatedAt };
    }),
    faults: broken.flatMap(({ error }) => (error ? [describeFault(error)] : [])),
  };
}

export function parseContact(answer: XeroAnswer): XeroContactRow {
  const { rows } = readContacts(answer);
  const parsed = contactSchema.safeParse(rows[0]);
  if (rows.length !== 1) throw invalidAnswer('not exactly one contact');
  if (!parsed.success) throw invalidAnswer(describeFault(parsed.error));
  return parsed.data;
}
