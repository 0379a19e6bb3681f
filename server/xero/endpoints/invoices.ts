import { buildQuestion, type Question } from '#server/xero/calling/send-question.ts';
import { type StoredWrite, toDate, toJsonBody, toList } from './bodies.ts';

/** Decimals of a unit amount. Xero rounds to two unless four are requested. */
const unitDecimals = 4;

type InvoiceFilter = {
  /** An instant, truncated to the second (If-Modified-Since). When nothing changed since, Xero answers 304. */
  modifiedSince?: string;
  /**
   * For large organisations, Xero refuses a filter on a member that is not indexed. Indexed: Status, Type, Date,
   * DueDate, Reference, AmountDue, AmountPaid, and the contact's ContactID, Name and ContactNumber.
   */
  where?: string;
  /** Such as `UpdatedDateUTC ASC`. */
  order?: string;
  /** At most `idsPerCall` of either kind. */
  ids?: readonly string[];
  contactIds?: readonly string[];
  /** Xero splits the list at commas. */
  invoiceNumbers?: readonly string[];
  /** All statuses when absent. */
  statuses?: readonly string[];
  /** Searches number, reference and the contact's name, ignoring case. */
  searchTerm?: string;
  /** Only documents that this app made. */
  createdByMyApp?: true;
};

type InvoiceShape = {
  /** Leaves out lines, payments and addresses. Xero does not document what exactly is left out. */
  summaryOnly?: true;
  /** Unit amounts with four decimals instead of two. A summary has no lines, and so no unit amounts. */
  hasUnitDecimals?: true;
  /** Counted from 1. */
  page: number;
  /** Up to `longestPage`. */
  pageSize: number;
};

/** Invoices and bills: `Type` is ACCREC or ACCPAY. `pagination` in the answer gives their number. */
export function getInvoices(of: InvoiceFilter & InvoiceShape): Question {
  return buildQuestion({
    name: 'GET /Invoices',
    isConditional: of.modifiedSince !== undefined,
    send: (api, tenantId) =>
      api.getInvoices(
        tenantId,
        toDate(of.modifiedSince),
        of.where,
        of.order,
        toList(of.ids),
        toList(of.invoiceNumbers),
        toList(of.contactIds),
        toList(of.statuses),
        of.page,
        undefined, // includeArchived
        of.createdByMyApp,
        of.hasUnitDecimals && unitDecimals,
        of.summaryOnly,
        of.pageSize,
        of.searchTerm,
      ),
  });
}

/** One invoice or bill in any status, with its lines. */
export function getInvoiceById({ id }: { id: string }): Question {
  return buildQuestion({
    name: 'GET /Invoices/{id}',
    send: (api, tenantId) => api.getInvoice(tenantId, id, unitDecimals),
  });
}

/**
 * Creates documents: `json` is `{"Invoices":[…]}`. With summarizeErrors, Xero answers 400 when it refuses one of them.
 */
export function putInvoices({ json, idempotencyKey }: StoredWrite): Question {
  return buildQuestion({
    name: 'PUT /Invoices',
    isWrite: true,
    body: toJsonBody(json),
    send: (api, tenantId) => api.createInvoices(tenantId, {}, true, unitDecimals, idempotencyKey),
  });
}

/** Changes one invoice or bill. Members that `json` leaves out stay as they are, including the lines. */
export function postInvoice({ id, json, idempotencyKey }: StoredWrite & { id: string }): Question {
  return buildQuestion({
    name: 'POST /Invoices/{id}',
    isWrite: true,
    body: toJsonBody(json),
    send: (api, tenantId) => api.updateInvoice(tenantId, id, {}, unitDecimals, idempotencyKey),
  });
}

/** Asks Xero to e-mail an approved invoice to its contact. Usually answers 204. */
export function postInvoiceEmail({ id, idempotencyKey }: { id: string; idempotencyKey: string }): Question {
  return buildQuestion({
    name: 'POST /Invoices/{id}/Email',
    isWrite: true,
    body: toJsonBody('{}'),
    send: (api, tenantId) => api.emailInvoice(tenantId, id, {}, idempotencyKey),
  });
}

export function getInvoicePdf({ id }: { id: string }): Question {
  return buildQuestion({
    name: 'GET /Invoices/{id} as PDF',
    isBinary: true,
    send: (api, tenantId) => api.getInvoiceAsPdf(tenantId, id),
  });
}

/** The page where the customer sees the invoice. Not for bills. */
export function getOnlineInvoice({ id }: { id: string }): Question {
  return buildQuestion({
    name: 'GET /Invoices/{id}/OnlineInvoice',
    send: (api, tenantId) => api.getOnlineInvoice(tenantId, id),
  });
}
