import type { z } from 'zod';
import { readList } from '#server/xero/answers/read-list.ts';
import { readRows, type XeroList } from '#server/xero/answers/read-rows.ts';
import type { Question } from '#server/xero/calling/send-question.ts';
import { getInvoices } from '#server/xero/endpoints/invoices.ts';
import { getQuotes, quotesPerPage } from '#server/xero/endpoints/quotes.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { Reading } from '../lists/read-pages.ts';
import { oldestChangeFirst, type ReadAt, readSince, type SincePaging } from '../lists/read-since.ts';

type RowSchema = z.ZodType<{ id: string; updatedAt: string }>;

type Wanted<Schema> = {
  /** What is needed of a row. A document that is odd otherwise can be read all the same. */
  schema: Schema;
  /** Of all rows, when absent. The others are passed over, whether they can be read or not. */
  isWanted?(row: unknown): boolean;
};

export type WrittenRows<Row> = {
  rows: Row[];
  /** Wanted rows that could not be read, as Xero sent them. */
  unread: unknown[];
  /** Every page was read. */
  isWhole: boolean;
};

type InvoiceFilter = Omit<Parameters<typeof getInvoices>[0], keyof ReadAt | 'order' | 'pageSize'>;
type QuoteFilter = Omit<Parameters<typeof getQuotes>[0], keyof ReadAt | 'order'>;

/** Invoices and bills that changed since: where a write is looked for that may have left one. */
export const readInvoicesSince = <Schema extends RowSchema>(
  reading: Reading,
  caller: XeroCaller,
  { filter, ...how }: Wanted<Schema> & SincePaging & { filter: InvoiceFilter },
): Promise<WrittenRows<z.output<Schema>>> =>
  readRowsSince(reading, caller, {
    ...{ list: 'invoices', member: 'Invoices', idName: 'InvoiceID', ...how },
    toQuestion: (at) => getInvoices({ ...filter, ...at, order: oldestChangeFirst, pageSize: how.pageSize }),
  });

/** As `readInvoicesSince`, of quotes. */
export const readQuotesSince = <Schema extends RowSchema>(
  reading: Reading,
  caller: XeroCaller,
  { filter, ...how }: Wanted<Schema> & Omit<SincePaging, 'pageSize'> & { filter: QuoteFilter },
): Promise<WrittenRows<z.output<Schema>>> =>
  readRowsSince(reading, caller, {
    ...{ list: 'quotes', member: 'Quotes', idName: 'QuoteID', pageSize: quotesPerPage, ...how },
    toQuestion: (at) => getQuotes({ ...filter, ...at, order: oldestChangeFirst }),
  });

type ListOf = { list: XeroList; member: string; idName: string; toQuestion(at: ReadAt): Question };

const readRowsSince = async <Schema extends RowSchema>(
  { ask, noteSetAside }: Reading,
  caller: XeroCaller,
  { list, member, idName, schema, isWanted = () => true, ...how }: ListOf & Wanted<Schema> & SincePaging,
): Promise<WrittenRows<z.output<Schema>>> => {
  const faults: string[] = [];
  const unread: unknown[] = [];
  const { rows, isWhole } = await readSince<z.output<Schema>>(ask, caller, {
    ...how,
    toPage: (answer) => {
      const { rows: all, ...page } = readList(answer, member, idName);
      const read = readRows(all.filter(isWanted), schema);
      faults.push(...read.faults);
      unread.push(...read.unread);
      return { ...page, rows: read.rows };
    },
  });
  noteSetAside(list, faults);
  return { rows, unread, isWhole };
};
