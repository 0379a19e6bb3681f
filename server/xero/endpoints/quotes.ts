import { buildQuestion, type Question } from '#server/xero/calling/send-question.ts';
import { type StoredWrite, toDate, toJsonBody } from './bodies.ts';

/** Xero's fixed page size for quotes. */
export const quotesPerPage = 100;

type QuoteFilter = {
  /** An instant, truncated to the second (If-Modified-Since). When nothing changed since, Xero answers 304. */
  modifiedSince?: string;
  /** Calendar days. Xero does not document whether the bounds are inclusive. */
  dateFrom?: string;
  dateTo?: string;
  /** One contact per call. */
  contactId?: string;
  /** One status per call; all when absent. */
  status?: string;
  number?: string;
  /** Such as `Date DESC`. */
  order: string;
  /** Counted from 1. */
  page: number;
};

/** Quotes with their lines. Xero has no other filters, no summary and no count for quotes. */
export function getQuotes(of: QuoteFilter): Question {
  return buildQuestion({
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
}

/** One quote in any status, with its lines. */
export function getQuoteById({ id }: { id: string }): Question {
  return buildQuestion({
    name: 'GET /Quotes/{id}',
    send: (api, tenantId) => api.getQuote(tenantId, id),
  });
}

/** Creates quotes: `json` is `{"Quotes":[…]}`. With summarizeErrors, Xero answers 400 when it refuses one of them. */
export function putQuotes({ json, idempotencyKey }: StoredWrite): Question {
  return buildQuestion({
    name: 'PUT /Quotes',
    isWrite: true,
    body: toJsonBody(json),
    send: (api, tenantId) => api.createQuotes(tenantId, {}, true, idempotencyKey),
  });
}

/** Replaces one quote: members that `json` leaves out are emptied, except lines, currency and theme. */
export function postQuote({ id, json, idempotencyKey }: StoredWrite & { id: string }): Question {
  return buildQuestion({
    name: 'POST /Quotes/{id}',
    isWrite: true,
    body: toJsonBody(json),
    send: (api, tenantId) => api.updateQuote(tenantId, id, {}, idempotencyKey),
  });
}

export function getQuotePdf({ id }: { id: string }): Question {
  return buildQuestion({
    name: 'GET /Quotes/{id} as PDF',
    isBinary: true,
    send: (api, tenantId) => api.getQuoteAsPdf(tenantId, id),
  });
}
