import { buildQuestion, type Question } from '#server/xero/calling/send-question.ts';
import { toDate } from './bodies.ts';

type OrderFilter = {
  /** An instant, truncated to the second (If-Modified-Since). When nothing changed since, Xero answers 304. */
  modifiedSince?: string;
  /** Such as `UpdatedDateUTC DESC`. */
  order: string;
  /** Counted from 1. */
  page: number;
  pageSize: number;
};

/** Purchase orders with their lines, in any status. Xero filters them neither by id, number nor contact. */
export function getPurchaseOrders({ modifiedSince, order, page, pageSize }: OrderFilter): Question {
  return buildQuestion({
    name: 'GET /PurchaseOrders',
    isConditional: modifiedSince !== undefined,
    send: (api, tenantId) =>
      api.getPurchaseOrders(
        tenantId,
        toDate(modifiedSince),
        undefined, // status
        undefined, // dateFrom
        undefined, // dateTo
        order,
        page,
        pageSize,
      ),
  });
}

export function getPurchaseOrderById({ id }: { id: string }): Question {
  return buildQuestion({
    name: 'GET /PurchaseOrders/{id}',
    send: (api, tenantId) => api.getPurchaseOrder(tenantId, id),
  });
}

/** Numbers are unique. */
export function getPurchaseOrderByNumber({ number }: { number: string }): Question {
  return buildQuestion({
    name: 'GET /PurchaseOrders/{number}',
    send: (api, tenantId) => api.getPurchaseOrderByNumber(tenantId, number),
  });
}
