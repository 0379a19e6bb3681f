import { z } from 'zod';
import { idSchema, instantSchema, optionalList, optionalTextSchema } from '#server/xero/answers/fields.ts';
import { idsPerCall, longestPage } from '#server/xero/endpoints/limits.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { Reading } from '#server/xero/xero-deps.ts';
import { toChunks } from '../lists/read-pages.ts';
import { standingInvoiceStatuses } from '../parse-documents.ts';
import { readInvoicesSince } from './read-written.ts';

/** What a document made by this app contains about its origin, and its lines. */
export type MadeInvoice = {
  id: string;
  number: string | null;
  reference: string | null;
  /** The CRM record, with the write's id. */
  sourceUrl: string;
  lines: { description: string | null; quantity: string | null; unitAmount: string | null }[];
};

/** `isWhole`: none was left out, so an empty result means that there is none. */
export type MadeInvoices = { invoices: MadeInvoice[]; isWhole: boolean };

/** Ten thousand invoices that this app made for the same contacts. */
const mostCalls = 10;
/** Earlier than any invoice. */
const always = '2000-01-01T00:00:00Z';

/** Sales invoices of these contacts that this app made and that are neither voided nor deleted, with their mark. */
export async function listMadeInvoices(
  reading: Reading,
  caller: XeroCaller,
  { contactIds, mark }: { contactIds: readonly string[]; mark: string },
): Promise<MadeInvoices> {
  const chunks = toChunks(contactIds, idsPerCall);
  const read = await Promise.all(chunks.map((chunk) => readMade(reading, caller, chunk, mark)));
  return { invoices: read.flatMap(({ invoices }) => invoices), isWhole: read.every(({ isWhole }) => isWhole) };
}

const textSchema = z
  .string()
  .nullish()
  .transform((text) => text ?? null);
const madeSchema = z
  .object({
    InvoiceID: idSchema,
    UpdatedDateUTC: instantSchema,
    Type: z.string(),
    InvoiceNumber: optionalTextSchema,
    Reference: optionalTextSchema,
    Url: z.string(),
    LineItems: optionalList(z.object({ Description: textSchema, Quantity: textSchema, UnitAmount: textSchema })),
  })
  .transform((row) => ({
    id: row.InvoiceID,
    updatedAt: row.UpdatedDateUTC,
    isSale: row.Type === 'ACCREC',
    number: row.InvoiceNumber,
    reference: row.Reference,
    sourceUrl: row.Url,
    lines: row.LineItems.map(({ Description, Quantity, UnitAmount }) => ({
      description: Description,
      quantity: Quantity,
      unitAmount: UnitAmount,
    })),
  }));

async function readMade(reading: Reading, caller: XeroCaller, contactIds: string[], mark: string) {
  // Not a summary, because summaries leave out lines.
  const { rows, unread, isWhole } = await readInvoicesSince(reading, caller, {
    filter: { contactIds, statuses: standingInvoiceStatuses, createdByMyApp: true, hasUnitDecimals: true },
    ...{ since: always, pageSize: longestPage, mostCalls },
    schema: madeSchema,
    // Only invoices with our mark matter. Another one that cannot be parsed raises no doubt.
    isWanted: (row) => JSON.stringify(row).includes(mark),
  });
  const invoices = rows.flatMap(({ isSale, updatedAt: _, ...invoice }) => (isSale ? [invoice] : []));
  return { invoices, isWhole: isWhole && unread.length === 0 };
}
