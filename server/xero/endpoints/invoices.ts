import { buildQuestion, type Question } from '#server/xero/calling/send-question.ts';
import { type StoredWrite, toDate, toJsonBody, toList } from './bodies.ts';

/** Decimals of a unit amount; Xero rounds it to two unless four are asked for. */
const unitDecimals = 4;

type InvoiceFilter = {
  /** Instant, read to the second (If-Modified-Since). Where nothing changed since, the answer is a 304. */
  modifiedSince?: string;
  /**
   * Xero refuses a filter on a member that it does not index where an organisation is big. Indexed: Status, Type, Date,
   * DueDate, Reference, AmountDue, AmountPaid, and the contact's ContactID, Name and ContactNumber.
   */
  where?: string;
  /** Such as `UpdatedDateUTC ASC`. */
  order?: string;
  /** At most `idsPerCall` of either kind. */
  ids?: readonly string[];
  contactIds?: readonly string[];
  /** Xero parts numbers at commas. */
  invoiceNumbers?: readonly string[];
  /** All statuses when absent. */
  statuses?: readonly string[];
  /** Without case, in number, reference and the contact's name. */
  searchTerm?: string;
  /** Only those that this app made. */
  createdByMyApp?: true;
};

type InvoiceShape = {
  /** Leaves out lines, payments and addresses. Xero documents no list of what it leaves out. */
  summaryOnly?: true;
  /** Unit amounts with four decimals instead of two. A summary has no lines, and so no unit amounts. */
  hasUnitDecimals?: true;
  /** Counted from 1. */
  page: number;
  /** Up to `longestPage`. */
  pageSize: number;
};

/** Invoices and bills: `Type` is ACCREC or ACCPAY. The answer counts them in `pagination`. */
export const getInvoices = (of: InvoiceFilter & InvoiceShape): Question =>
  buildQuestion({
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

/** One invoice or bill in any status, with its lines. */
export const getInvoiceById = ({ id }: { id: string }): Question =>
  buildQuestion({
    name: 'GET /Invoices/{id}',
    send: (api, tenantId) => api.getInvoice(tenantId, id, unitDecimals),
  });

/** Creates: `json` is `{"Invoices":[…]}`. With summarizeErrors Xero answers 400 where it refuses one of them. */
export const putInvoices = ({ json, idempotencyKey }: StoredWrite): Question =>
  buildQuestion({
    name: 'PUT /Invoices',
    isWrite: true,
    body: toJsonBody(json),
    send: (api, tenantId) => api.createInvoices(tenantId, {}, true, unitDecimals, idempotencyKey),
  });

/** Changes one invoice or bill. What `json` leaves out stays as it is, the lines too. */
export const postInvoice = ({ id, json, idempotencyKey }: StoredWrite & { id: string }): Question =>
  buildQuestion({
    name: 'POST /Invoices/{id}',
    isWrite: true,
    body: toJsonBody(json),
    send: (api, tenantId) => api.updateInvoice(tenantId, id, {}, unitDecimals, idempotencyKey),
  });

/** Xero sends the invoice to its contact; approved ones only. Usually answers 204. */
export const postInvoiceEmail = ({ id, idempotencyKey }: { id: string; idempotencyKey: string }): Question =>
  buildQuestion({
    name: 'POST /Invoices/{id}/Email',
    isWrite: true,
    body: toJsonBody('{}'),
    send: (api, tenantId) => api.emailInvoice(tenantId, id, {}, idempotencyKey),
  });

export const getInvoicePdf = ({ id }: { id: string }): Question =>
  buildQuestion({
    name: 'GET /Invoices/{id} as PDF',
    isBinary: true,
    send: (api, tenantId) => api.getInvoiceAsPdf(tenantId, id),
  });

/** The page on which the customer sees the invoice; not for bills. */
export const getOnlineInvoice = ({ id }: { id: string }): Question =>
  buildQuestion({
    name: 'GET /Invoices/{id}/OnlineInvoice',
    send: (api, tenantId) => api.getOnlineInvoice(tenantId, id),
  });
