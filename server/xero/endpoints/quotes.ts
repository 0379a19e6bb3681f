import { buildQuestion, type Question } from '#server/xero/calling/send-question.ts';
import { type StoredWrite, toDate, toJsonBody } from './bodies.ts';

/** Xero's own size of a page of quotes; no other can be asked for. */
export const quotesPerPage = 100;

type QuoteFilter = {
  /** Instant, read to the second (If-Modified-Since). Where nothing changed since, the answer is a 304. */
  modifiedSince?: string;
  /** Calendar days. Whether Xero counts the bounds in is not documented. */
  dateFrom?: string;
  dateTo?: string;
  /** One contact a call. */
  contactId?: string;
  /** One status a call; all when absent. */
  status?: string;
  number?: string;
  /** Such as `Date DESC`. */
  order: string;
  /** Counted from 1. */
  page: number;
};

/** Quotes with their lines. There is no filter beside these, no summary, and no count of how many there are. */
export const getQuotes = (of: QuoteFilter): Question =>
  buildQuestion({
    name: 'GET /Quotes',
    isConditional: of.modifiedSince !== undefined,
    send: (api, tenantId) =>
      api.getQuotes(
        tenantId,
        toDate(of.modifiedSince),
        of.dateFrom,
        of.dateTo,
        undefined, // expiryDateFrom
        undefined, // expiryDateTo
        of.contactId,
        of.status,
        of.page,
        of.order,
        of.number,
      ),
  });

/** One quote in any status, with its lines. */
export const getQuoteById = ({ id }: { id: string }): Question =>
  buildQuestion({
    name: 'GET /Quotes/{id}',
    send: (api, tenantId) => api.getQuote(tenantId, id),
  });

/** Creates: `json` is `{"Quotes":[…]}`. With summarizeErrors Xero answers 400 where it refuses one of them. */
export const putQuotes = ({ json, idempotencyKey }: StoredWrite): Question =>
  buildQuestion({
    name: 'PUT /Quotes',
    isWrite: true,
    body: toJsonBody(json),
    send: (api, tenantId) => api.createQuotes(tenantId, {}, true, idempotencyKey),
  });

/** Replaces one quote: what `json` leaves out is emptied. Only lines, currency and theme stay where they are left out. */
export const postQuote = ({ id, json, idempotencyKey }: StoredWrite & { id: string }): Question =>
  buildQuestion({
    name: 'POST /Quotes/{id}',
    isWrite: true,
    body: toJsonBody(json),
    send: (api, tenantId) => api.updateQuote(tenantId, id, {}, idempotencyKey),
  });

export const getQuotePdf = ({ id }: { id: string }): Question =>
  buildQuestion({
    name: 'GET /Quotes/{id} as PDF',
    isBinary: true,
    send: (api, tenantId) => api.getQuoteAsPdf(tenantId, id),
  });
