import type { z } from 'zod';
import { readList } from '#server/xero/answers/read-list.ts';
import { readRows, type XeroList } from '#server/xero/answers/read-rows.ts';
import type { Question } from '#server/xero/calling/send-question.ts';
import { getInvoices } from '#server/xero/endpoints/invoices.ts';
import { getQuotes, quotesPerPage } from '#server/xero/endpoints/quotes.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { Reading } from '#server/xero/xero-deps.ts';
import { oldestChangeFirst, type ReadAt, readSince, type SincePaging } from '../lists/read-since.ts';

type RowSchema = z.ZodType<{ id: string; updatedAt: string }>;

type Wanted<Schema> = {
  /** Parses only what is needed of a row, so that an unusual document can still be read. */
  schema: Schema;
  /** Selects rows. By default, all rows are wanted. Unwanted rows are skipped, even if they cannot be parsed. */
  isWanted?(row: unknown): boolean;
};

export type WrittenRows<Row> = {
  rows: Row[];
  /** Wanted rows that could not be parsed, as Xero sent them. */
  unread: unknown[];
  /** Whether every page was read. */
  isWhole: boolean;
};

type InvoiceFilter = Omit<Parameters<typeof getInvoices>[0], keyof ReadAt | 'order' | 'pageSize'>;
type QuoteFilter = Omit<Parameters<typeof getQuotes>[0], keyof ReadAt | 'order'>;

/** Reads invoices and bills that changed since an instant, to search for what a write may have made. */
export function readInvoicesSince<Schema extends RowSchema>(
  reading: Reading,
  caller: XeroCaller,
  { filter, ...how }: Wanted<Schema> & SincePaging & { filter: InvoiceFilter },
): Promise<WrittenRows<z.output<Schema>>> {
  return readRowsSince(reading, caller, {
    ...{ list: 'invoices', member: 'Invoices', idName: 'InvoiceID', ...how },
    toQuestion: (at) => getInvoices({ ...filter, ...at, order: oldestChangeFirst, pageSize: how.pageSize }),
  });
}

/** The same as `readInvoicesSince`, for quotes. */
export function readQuotesSince<Schema extends RowSchema>(
  reading: Reading,
  caller: XeroCaller,
  { filter, ...how }: Wanted<Schema> & Omit<SincePaging, 'pageSize'> & { filter: QuoteFilter },
): Promise<WrittenRows<z.output<Schema>>> {
  return readRowsSince(reading, caller, {
    ...{ list: 'quotes', member: 'Quotes', idName: 'QuoteID', pageSize: quotesPerPage, ...how },
    toQuestion: (at) => getQuotes({ ...filter, ...at, order: oldestChangeFirst }),
  });
}

type ListOf = { list: XeroList; member: string; idName: string; toQuestion(at: ReadAt): Question };

async function readRowsSince<Schema extends RowSchema>(
  { ask, noteSetAside }: Reading,
  caller: XeroCaller,
  { list, member, idName, schema, isWanted = () => true, ...how }: ListOf & Wanted<Schema> & SincePaging,
): Promise<WrittenRows<z.output<Schema>>> {
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
}
