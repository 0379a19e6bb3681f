import { z } from 'zod';
import { idSchema, instantSchema, optionalList, optionalTextSchema } from '#server/xero/answers/fields.ts';
import { paginationSchema } from '#server/xero/answers/pagination.ts';
import { findDate, readAnswer } from '#server/xero/answers/read-answer.ts';
import { readRows } from '#server/xero/answers/read-rows.ts';
import { toRowKeys } from '#server/xero/answers/row-keys.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { readChanges } from '../lists/read-changes.ts';
import type { Reading } from '../lists/read-pages.ts';

/** What a document that was made here says of where it came from, and what stands on it. */
export type MadeInvoice = {
  id: string;
  number: string | null;
  reference: string | null;
  /** The record in the CRM with the write's id. */
  sourceUrl: string;
  lines: { description: string | null; quantity: string | null; unitAmount: string | null }[];
};

/** `isWhole`: none was left out, so that finding none means there is none. */
export type MadeInvoices = { invoices: MadeInvoice[]; isWhole: boolean };

const pageSize = 1000;
/** Ten thousand invoices that this app made for the same contacts. */
const mostCalls = 10;
const contactsPerCall = 40;
/** Before there was any. */
const always = '2000-01-01T00:00:00Z';
const standing = ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID'];

/** The sales invoices of these contacts that this app made and that still stand, with the mark they carry. */
export async function listMadeInvoices(
  reading: Reading,
  caller: XeroCaller,
  { contactIds, mark }: { contactIds: readonly string[]; mark: string },
): Promise<MadeInvoices> {
  const chunks = Array.from({ length: Math.ceil(contactIds.length / contactsPerCall) }, (_, place) =>
    contactIds.slice(place * contactsPerCall, (place + 1) * contactsPerCall),
  );
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
const answerSchema = z.object({ Invoices: z.array(z.unknown()), pagination: paginationSchema });

async function readMade(reading: Reading, caller: XeroCaller, contactIds: string[], mark: string) {
  const faults: string[] = [];
  const { rows, isWhole } = await readChanges({
    since: always,
    pageSize,
    mostCalls,
    readPage: async (at) => {
      const answer = await reading.ask(caller, {
        name: 'GET /Invoices',
        isConditional: true,
        send: (api, tenantId) =>
          api.getInvoices(
            tenantId,
            new Date(at.since),
            undefined, // where
            'UpdatedDateUTC ASC',
            undefined, // iDs
            undefined, // invoiceNumbers
            contactIds,
            standing,
            at.page,
            undefined, // includeArchived
            true, // createdByMyApp
            4, // unitdp
            undefined, // summaryOnly: it leaves out lines
            pageSize,
          ),
      });
      if (answer.status === 304) return { rows: [], asOf: findDate(answer) };
      const { Invoices, pagination } = readAnswer(answer, answerSchema);
      // Only those with our mark matter: another that cannot be read is no reason to doubt.
      const read = readRows(
        Invoices.filter((row) => JSON.stringify(row).includes(mark)),
        madeSchema,
      );
      faults.push(...read.faults);
      return { rows: read.rows, rowKeys: toRowKeys(Invoices, 'InvoiceID'), pagination, asOf: findDate(answer) };
    },
  });
  reading.noteSetAside('invoices', faults);
  const invoices = rows.flatMap(({ isSale, updatedAt: _, ...invoice }) => (isSale ? [invoice] : []));
  return { invoices, isWhole: isWhole && faults.length === 0 };
}
