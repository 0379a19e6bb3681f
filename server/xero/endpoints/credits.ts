import { buildQuestion, type Question } from '#server/xero/calling/send-question.ts';

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
