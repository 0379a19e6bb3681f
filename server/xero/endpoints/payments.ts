import { buildQuestion, type Question } from '#server/xero/calling/send-question.ts';
import { toDate, toJsonBody } from './bodies.ts';

type PaymentFilter = {
  /** An instant, truncated to the second (If-Modified-Since). When nothing changed since, Xero answers 304. */
  modifiedSince?: string;
  /** Such as `UpdatedDateUTC DESC`. */
  order: string;
  /** Counted from 1. */
  page: number;
  pageSize: number;
};

/** Payments, deleted ones too. Xero cannot list them by id. */
export function getPayments({ modifiedSince, order, page, pageSize }: PaymentFilter): Question {
  return buildQuestion({
    name: 'GET /Payments',
    isConditional: modifiedSince !== undefined,
    send: (api, tenantId) => api.getPayments(tenantId, toDate(modifiedSince), undefined, order, page, pageSize),
  });
}

export function getPaymentById({ id }: { id: string }): Question {
  return buildQuestion({
    name: 'GET /Payments/{id}',
    send: (api, tenantId) => api.getPayment(tenantId, id),
  });
}

/** Deletes a payment that is not reconciled. Its document is due again. */
export function postPaymentDeleted({ id, idempotencyKey }: { id: string; idempotencyKey: string }): Question {
  return buildQuestion({
    name: 'POST /Payments/{id}',
    ...{ isWrite: true, body: toJsonBody('{"Status":"DELETED"}') },
    send: (api, tenantId) => api.deletePayment(tenantId, id, { status: 'DELETED' }, idempotencyKey),
  });
}
