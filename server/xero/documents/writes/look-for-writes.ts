import { z } from 'zod';
import { idSchema, instantSchema, optionalTextSchema } from '#server/xero/answers/fields.ts';
import { paginationSchema } from '#server/xero/answers/pagination.ts';
import { findDate, readAnswer } from '#server/xero/answers/read-answer.ts';
import { readRows } from '#server/xero/answers/read-rows.ts';
import { toRowKeys } from '#server/xero/answers/row-keys.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { addDays } from '#shared/calendar.ts';
import type { DocumentKind } from '#shared/contract/document.ts';
import type { XeroDocument } from '../document.ts';
import { readDocument } from '../lists/find-documents.ts';
import { readChanges } from '../lists/read-changes.ts';
import type { Reading } from '../lists/read-pages.ts';
import { parseFullQuoteRow } from '../parse-full-documents.ts';

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

/** Xero's own size of a page: also what it answers with where it does not take another. */
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
  const found = await Promise.all(places.map((place) => readDocument(reading.ask, caller, place)));
  return { documents: found.map(({ document }) => document), isWhole };
}

const invoicesSchema = z.object({ Invoices: z.array(z.unknown()), pagination: paginationSchema });
/** No more than the mark: an invoice that is odd otherwise has it all the same. */
const markedSchema = z
  .object({ InvoiceID: idSchema, UpdatedDateUTC: instantSchema, Url: optionalTextSchema })
  .transform((row) => ({ id: row.InvoiceID, updatedAt: row.UpdatedDateUTC, url: row.Url ?? '' }));

const urlSchema = z.object({ Url: optionalTextSchema });

/** A row that cannot be read, unless what can be read of it is another write's mark. */
function mayBeIt(row: unknown, isMarked: (url: string) => boolean): boolean {
  if (markedSchema.safeParse(row).success) return false;
  const { data } = urlSchema.safeParse(row);
  return !data?.Url || isMarked(data.Url);
}

type MarkFilter = { createdByMyApp?: true; contactIds?: string[] };

async function readMarks(reading: Reading, caller: XeroCaller, { writeId, since }: WrittenLook, filter: MarkFilter) {
  const faults: string[] = [];
  let mayHoldIt = false;
  const isMarked = (url: string) => url.toLowerCase().includes(writeId.toLowerCase());
  const { rows, isWhole } = await readChanges({
    since,
    pageSize,
    mostCalls: filter.createdByMyApp ? mostCalls.wide : mostCalls.narrow,
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
            filter.contactIds,
            undefined, // statuses: all
            at.page,
            undefined, // includeArchived
            filter.createdByMyApp,
            undefined, // unitdp
            undefined, // summaryOnly: whether it leaves out Url is not documented
            pageSize,
          ),
      });
      if (answer.status === 304) return { rows: [], asOf: findDate(answer) };
      const { Invoices, pagination } = readAnswer(answer, invoicesSchema);
      const read = readRows(Invoices, markedSchema);
      faults.push(...read.faults);
      mayHoldIt ||= Invoices.some((row) => mayBeIt(row, isMarked));
      return { rows: read.rows, rowKeys: toRowKeys(Invoices, 'InvoiceID'), pagination, asOf: findDate(answer) };
    },
  });
  reading.noteSetAside('invoices', faults);
  const ids = rows.filter(({ url }) => isMarked(url)).map(({ id }) => id);
  return { ids, isWhole: isWhole && !mayHoldIt, mayHoldIt };
}

const quotesSchema = z.object({ Quotes: z.array(z.unknown()), pagination: paginationSchema });
const quoteSchema = z
  .looseObject({ QuoteID: idSchema, UpdatedDateUTC: instantSchema })
  .transform((row) => ({ id: row.QuoteID, updatedAt: row.UpdatedDateUTC, row }));

/** Quotes carry no mark of ours: those of the contact and the day that changed since, by what they say. */
export async function lookForQuotes(reading: Reading, caller: XeroCaller, look: QuoteLook): Promise<Looked> {
  const { contactId, since, date, number } = look;
  const faults: string[] = [];
  const { rows, isWhole } = await readChanges({
    since,
    pageSize,
    mostCalls: mostCalls.narrow,
    readPage: async (at) => {
      const answer = await reading.ask(caller, {
        name: 'GET /Quotes',
        isConditional: true,
        send: (api, tenantId) =>
          api.getQuotes(
            tenantId,
            new Date(at.since),
            // A day more on both sides: whether Xero's bounds are part of the range is not documented.
            addDays(date, -1),
            addDays(date, 1),
            undefined, // expiryDateFrom
            undefined, // expiryDateTo
            contactId,
            undefined, // status: all
            at.page,
            'UpdatedDateUTC ASC',
            number,
          ),
      });
      if (answer.status === 304) return { rows: [], asOf: findDate(answer) };
      const { Quotes, pagination } = readAnswer(answer, quotesSchema);
      const read = readRows(Quotes, quoteSchema);
      faults.push(...read.faults);
      return { rows: read.rows, rowKeys: toRowKeys(Quotes, 'QuoteID'), pagination, asOf: findDate(answer) };
    },
  });
  reading.noteSetAside('quotes', faults);
  const read = rows.map(({ row }) => parseFullQuoteRow(row));
  const documents = read.flatMap((document) => document ?? []);
  const isOurs = (document: XeroDocument) => document.contactId === contactId.toLowerCase() && look.isAlike(document);
  // One that cannot be read could be it.
  return {
    documents: documents.filter(isOurs),
    isWhole: isWhole && faults.length === 0 && documents.length === rows.length,
  };
}
