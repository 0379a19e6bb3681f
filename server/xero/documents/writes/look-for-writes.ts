import { z } from 'zod';
import { idSchema, instantSchema, optionalTextSchema } from '#server/xero/answers/fields.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { addDays } from '#shared/calendar.ts';
import type { DocumentKind } from '#shared/contract/document.ts';
import type { XeroDocument } from '../document.ts';
import { getDocument } from '../lists/find-documents.ts';
import type { Reading } from '../lists/read-pages.ts';
import { parseFullQuoteRow } from '../parse-full-documents.ts';
import { readInvoicesSince, readQuotesSince } from './read-written.ts';

/** `isWhole`: all that could be it was read, so that finding none means there is none. */
export type Looked = { documents: XeroDocument[]; isWhole: boolean };

/** `since`: an instant of Xero's clock before it was sent first. */
export type WrittenLook = {
  kind: Exclude<DocumentKind, 'quote'>;
  writeId: string;
  contactId: string;
  since: string;
  /** Every sending was by the app that looks now. */
  isByThisApp: boolean;
};

export type QuoteLook = {
  contactId: string;
  since: string;
  date: string;
  number: string | undefined;
  /** What is read of each quote before all of it. */
  isAlike(document: XeroDocument): boolean;
};

/** Xero's own size of a page of invoices: also what it answers with where it does not take another. */
const pageSize = 100;
/** Documents that this app made in the whole organisation, then those of one contact, whoever made them. */
const mostCalls = { wide: 10, narrow: 20 };

/**
 * Invoices or bills whose Url carries the write's id. First all that this app made and that changed since: people may
 * have given such a document another contact, number or date, but not another maker. Where those are too many, or
 * another app may have sent it, those of the contact.
 */
export async function lookForInvoices(reading: Reading, caller: XeroCaller, look: WrittenLook): Promise<Looked> {
  const wide = look.isByThisApp ? await readMarks(reading, caller, look, { createdByMyApp: true }) : undefined;
  const isSettled = wide !== undefined && (wide.isWhole || wide.ids.length > 0);
  const read = isSettled ? wide : await readMarks(reading, caller, look, { contactIds: [look.contactId] });
  const { ids } = read;
  // What could be it among those of this app may stand with another contact by now.
  const isWhole = read.isWhole && wide?.mayHoldIt !== true;
  const places = ids.map((id) => ({ kind: look.kind, id }));
  const documents = await Promise.all(places.map((place) => getDocument(reading, caller, place)));
  return { documents, isWhole };
}

/** No more than the mark: an invoice that is odd otherwise has it all the same. */
const markedSchema = z
  .object({ InvoiceID: idSchema, UpdatedDateUTC: instantSchema, Url: optionalTextSchema })
  .transform((row) => ({ id: row.InvoiceID, updatedAt: row.UpdatedDateUTC, url: row.Url ?? '' }));

const urlSchema = z.object({ Url: optionalTextSchema });

/** Whether a row that could not be read may carry the mark: not where its Url can be read and holds another. */
function mayBeIt(row: unknown, isMarked: (url: string) => boolean): boolean {
  const { data } = urlSchema.safeParse(row);
  return !data?.Url || isMarked(data.Url);
}

type MarkFilter = { createdByMyApp?: true; contactIds?: string[] };

async function readMarks(reading: Reading, caller: XeroCaller, { writeId, since }: WrittenLook, filter: MarkFilter) {
  const isMarked = (url: string) => url.toLowerCase().includes(writeId.toLowerCase());
  // No summary: whether it leaves out Url is not documented.
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

/** Quotes carry no mark of ours: those of the contact and the day that changed since, by what they say. */
export async function lookForQuotes(reading: Reading, caller: XeroCaller, look: QuoteLook): Promise<Looked> {
  const { contactId, since, date, number } = look;
  const { rows, unread, isWhole } = await readQuotesSince(reading, caller, {
    // A day more on both sides: whether Xero's bounds are part of the range is not documented.
    filter: { contactId, number, dateFrom: addDays(date, -1), dateTo: addDays(date, 1) },
    ...{ since, mostCalls: mostCalls.narrow, schema: quoteSchema },
  });
  const read = rows.map(({ row }) => parseFullQuoteRow(row));
  const documents = read.flatMap((document) => document ?? []);
  const isOurs = (document: XeroDocument) => document.contactId === contactId.toLowerCase() && look.isAlike(document);
  // One that cannot be read could be it.
  return {
    documents: documents.filter(isOurs),
    isWhole: isWhole && unread.length === 0 && documents.length === rows.length,
  };
}
