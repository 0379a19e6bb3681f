import { buildQuestion, type Question } from '#server/xero/calling/send-question.ts';
import { type StoredWrite, toDate, toJsonBody } from './bodies.ts';

/** Xero cannot filter any of these by contact. */
type CreditFilter = {
  where: string;
  /** Counted from 1. */
  page: number;
  /** Up to `longestPage`. */
  pageSize: number;
};

export function getCreditNotes({ where, page, pageSize }: CreditFilter): Question {
  return buildQuestion({
    name: 'GET /CreditNotes',
    send: (api, tenantId) => api.getCreditNotes(tenantId, undefined, where, undefined, page, undefined, pageSize),
  });
}

export function getPrepayments({ where, page, pageSize }: CreditFilter): Question {
  return buildQuestion({
    name: 'GET /Prepayments',
    send: (api, tenantId) => api.getPrepayments(tenantId, undefined, where, undefined, page, undefined, pageSize),
  });
}

export function getOverpayments({ where, page, pageSize }: CreditFilter): Question {
  return buildQuestion({
    name: 'GET /Overpayments',
    send: (api, tenantId) => api.getOverpayments(tenantId, undefined, where, undefined, page, undefined, pageSize),
  });
}

/** Decimals of a unit amount. Xero rounds to two unless four are requested. */
const unitDecimals = 4;

type NoteFilter = {
  /** An instant, truncated to the second (If-Modified-Since). When nothing changed since, Xero answers 304. */
  modifiedSince?: string;
  /** Such as `UpdatedDateUTC DESC`. */
  order: string;
  /** Counted from 1. */
  page: number;
  /** Up to `longestPage`. */
  pageSize: number;
};

/** Credit notes with their lines and allocations, of sales and purchases, in any status. */
export function getFullCreditNotes({ modifiedSince, order, page, pageSize }: NoteFilter): Question {
  return buildQuestion({
    name: 'GET /CreditNotes',
    isConditional: modifiedSince !== undefined,
    send: (api, tenantId) =>
      api.getCreditNotes(tenantId, toDate(modifiedSince), undefined, order, page, unitDecimals, pageSize),
  });
}

export function getCreditNoteById({ id }: { id: string }): Question {
  return buildQuestion({
    name: 'GET /CreditNotes/{id}',
    send: (api, tenantId) => api.getCreditNote(tenantId, id, unitDecimals),
  });
}

/** Applies a credit note to invoices or bills: `json` is `{"Allocations":[…]}`. Answers 400 when Xero refuses one. */
export function putAllocations({ id, json, idempotencyKey }: StoredWrite & { id: string }): Question {
  return buildQuestion({
    name: 'PUT /CreditNotes/{id}/Allocations',
    ...{ isWrite: true, body: toJsonBody(json) },
    send: (api, tenantId) => api.createCreditNoteAllocation(tenantId, id, { allocations: [] }, true, idempotencyKey),
  });
}

/** Takes an allocation back. Takes no idempotency key. */
export function deleteAllocation({ id, allocationId }: { id: string; allocationId: string }): Question {
  return buildQuestion({
    name: 'DELETE /CreditNotes/{id}/Allocations/{id}',
    isWrite: true,
    send: (api, tenantId) => api.deleteCreditNoteAllocations(tenantId, id, allocationId),
  });
}
