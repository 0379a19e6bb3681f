import { z } from 'zod';
import { idSchema, instantSchema, optionalTextSchema } from '#server/xero/answers/fields.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { Reading } from '#server/xero/xero-deps.ts';
import { addDays } from '#shared/calendar.ts';
import type { DocumentKind } from '#shared/contract/document.ts';
import type { XeroDocument } from '../document.ts';
import { getDocument } from '../lists/find-documents.ts';
import { parseFullQuoteRow } from '../parse-full-documents.ts';
import { readInvoicesSince, readQuotesSince } from './read-written.ts';

/** `isWhole`: every possible match was read, so an empty result means that there is none. */
export type SearchResult = { documents: XeroDocument[]; isWhole: boolean };

/** `since`: an instant by Xero's clock before the first sending. */
export type WrittenSearch = {
  kind: Exclude<DocumentKind, 'quote'>;
  writeId: string;
  contactId: string;
  since: string;
  /** Whether every sending was made by the app that searches now. */
  isByThisApp: boolean;
};

export type QuoteSearch = {
  contactId: string;
  since: string;
  date: string;
  number: string | undefined;
  /** Checks a quote's list row before the whole quote is read. */
  isAlike(document: XeroDocument): boolean;
};

/** Xero's default page size for invoices, which it also uses when it rejects another size. */
const pageSize = 100;
/** First the documents that this app made in the whole organisation, then all documents of one contact. */
const mostCalls = { wide: 10, narrow: 20 };

/**
 * Finds invoices or bills whose Url contains the write's id. First reads everything that this app made and that changed
 * since: people may have changed such a document's contact, number or date, but not its maker. If there are too many,
 * or another app may have sent it, reads the contact's documents instead.
 */
export async function findWrittenInvoices(
  reading: Reading,
  caller: XeroCaller,
  search: WrittenSearch,
): Promise<SearchResult> {
  const wide = search.isByThisApp ? await readMarks(reading, caller, search, { createdByMyApp: true }) : undefined;
  const isConclusive = wide !== undefined && (wide.isWhole || wide.ids.length > 0);
  const read = isConclusive ? wide : await readMarks(reading, caller, search, { contactIds: [search.contactId] });
  const { ids } = read;
  // A possible match among this app's documents may belong to another contact by now.
  const isWhole = read.isWhole && wide?.mayHoldIt !== true;
  const refs = ids.map((id) => ({ kind: search.kind, id }));
  const documents = await Promise.all(refs.map((ref) => getDocument(reading, caller, ref)));
  return { documents, isWhole };
}

/** Reads only the mark, so that an invoice that is unusual otherwise is still found. */
const markedSchema = z
  .object({ InvoiceID: idSchema, UpdatedDateUTC: instantSchema, Url: optionalTextSchema })
  .transform((row) => ({ id: row.InvoiceID, updatedAt: row.UpdatedDateUTC, url: row.Url ?? '' }));

const urlSchema = z.object({ Url: optionalTextSchema });

/** Whether a row that could not be parsed may carry the mark. Not if its Url can be read and names another write. */
function mayBeIt(row: unknown, isMarked: (url: string) => boolean): boolean {
  const { data } = urlSchema.safeParse(row);
  return !data?.Url || isMarked(data.Url);
}

type MarkFilter = { createdByMyApp?: true; contactIds?: string[] };

async function readMarks(reading: Reading, caller: XeroCaller, { writeId, since }: WrittenSearch, filter: MarkFilter) {
  const isMarked = (url: string) => url.toLowerCase().includes(writeId.toLowerCase());
  // Not a summary: Xero does not document whether summaries leave out Url.
  const { rows, unread, isWhole } = await readInvoicesSince(reading, caller, {
    ...{ filter, since, pageSize, schema: markedSchema },
    mostCalls: filter.createdByMyApp ? mostCalls.wide : mostCalls.narrow,
  });
  const mayHoldIt = unread.some((row) => mayBeIt(row, isMarked));
  const ids = rows.filter(({ url }) => isMarked(url)).map(({ id }) => id);
  return { ids, isWhole: isWhole && !mayHoldIt, mayHoldIt };
}

const quoteSchema = z
  .looseObject({ QuoteID: idSchema, UpdatedDateUTC: instantSchema })
  .transform((row) => ({ id: row.QuoteID, updatedAt: row.UpdatedDateUTC, row }));

/** Quotes carry no mark. Reads the contact's quotes of that day that changed since, and compares their content. */
export async function findWrittenQuotes(
  reading: Reading,
  caller: XeroCaller,
  search: QuoteSearch,
): Promise<SearchResult> {
  const { contactId, since, date, number } = search;
  const { rows, unread, isWhole } = await readQuotesSince(reading, caller, {
    // One more day on both sides, because Xero does not document whether the bounds are inclusive.
    filter: { contactId, number, dateFrom: addDays(date, -1), dateTo: addDays(date, 1) },
    ...{ since, mostCalls: mostCalls.narrow, schema: quoteSchema },
  });
  const read = rows.map(({ row }) => parseFullQuoteRow(row));
  const documents = read.flatMap((document) => document ?? []);
  const isOurs = (document: XeroDocument) => document.contactId === contactId.toLowerCase() && search.isAlike(document);
  // A quote that cannot be parsed could be the one.
  return {
    documents: documents.filter(isOurs),
    isWhole: isWhole && unread.length === 0 && documents.length === rows.length,
  };
}
