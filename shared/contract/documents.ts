import { z } from 'zod';
import type { DocumentRef } from '#shared/document-kinds.ts';
import { documentKindSchema, lineAmountTypesSchema } from './document.ts';
import { documentActionSchema } from './document-actions.ts';
import type { Route } from './route.ts';
import { calendarDateSchema, decimalSchema } from './summary.ts';
import { linkSchema } from './text.ts';
import { viewErrorSchema, viewSchema } from './view.ts';
import { contactRefSchema } from './xero-contact.ts';

/** A row of View Details. Only deals have `isChosen` and `isSuggested`. */
export const listedDocumentSchema = z.object({
  id: z.guid(),
  kind: documentKindSchema,
  number: z.string().nullable(),
  reference: z.string().nullable(),
  /** Xero's own word, such as `AUTHORISED`. */
  status: z.string(),
  date: calendarDateSchema.nullable(),
  /** For a quote, its expiry date. */
  dueDate: calendarDateSchema.nullable(),
  currency: z.string(),
  total: decimalSchema,
  /** Zero for quotes. */
  amountDue: decimalSchema,
  /** Whole days since the due date of an overdue document; null for every other. */
  daysLate: z.int().nullable(),
  /** True for an open quote past its expiry date. */
  isExpired: z.boolean(),
  /** Opens the document in Xero. */
  url: linkSchema.nullable(),
  /** `name` is empty when no link of this session contains it. */
  contact: contactRefSchema,
  isChosen: z.boolean().optional(),
  /** True when it belongs to the deal's primary contact, a participant or the company, and is not chosen. */
  isSuggested: z.boolean().optional(),
});
export type ListedDocument = z.infer<typeof listedDocumentSchema>;

/** `overdue` and `expired` are our words, the others are Xero's. */
export const documentStatusFilterSchema = z.enum([
  'overdue',
  'expired',
  'DRAFT',
  'SUBMITTED',
  'AUTHORISED',
  'SENT',
  'ACCEPTED',
  'PAID',
  'VOIDED',
  'DECLINED',
  'INVOICED',
]);
export type DocumentStatusFilter = z.infer<typeof documentStatusFilterSchema>;

/** `overdue`: most days overdue first, then newest. `due`: nearest due or expiry date first. */
export const documentSortSchema = z.enum(['overdue', 'newest', 'oldest', 'due', 'amount', 'number']);
export type DocumentSort = z.infer<typeof documentSortSchema>;

export const documentsPerPage = 50;

function emptyAsAbsent<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
}

export const listDocumentsRoute = {
  method: 'GET',
  path: '/api/documents',
  summary:
    'Documents of this session’s record: open ones, or with closed=true the PAID, VOIDED, DECLINED and INVOICED ones; kind=bill needs viewBills',
  querystring: z.object({
    kind: documentKindSchema,
    /** Searched in number and reference. Xero searches closed documents itself. */
    search: z.string().trim().max(255).optional(),
    status: emptyAsAbsent(documentStatusFilterSchema),
    /** The default is `overdue`; closed documents then come newest first. */
    sort: emptyAsAbsent(documentSortSchema),
    page: z.coerce.number().int().min(1).max(100_000).default(1),
    closed: z.enum(['true', 'false']).optional(),
    /** One of this session’s Xero contacts. Any other is 404. */
    contactId: z.guid().optional(),
  }),
  status: 200,
  response: z.object({
    documents: z.array(listedDocumentSchema),
    page: z.int(),
    /** At least 1. */
    pageCount: z.int(),
    total: z.int(),
    /**
     * Documents of this day and earlier may be incomplete, because reading all of them would take too many calls to
     * Xero.
     */
    partialUntil: calendarDateSchema.optional(),
    /** When the oldest of these documents was read, by Xero's clock; null when there was nothing to ask for. */
    asOf: z.iso.datetime().nullable(),
    /** True when outdated: newer documents are being loaded, or `error` says why not. */
    stale: z.boolean(),
    error: viewErrorSchema.optional(),
  }),
} as const satisfies Route;
export type DocumentList = z.infer<(typeof listDocumentsRoute)['response']>;

const lineSchema = z.object({
  description: z.string().nullable(),
  quantity: decimalSchema.nullable(),
  unitAmount: decimalSchema.nullable(),
  /** A percentage. */
  discount: decimalSchema.nullable(),
  /** Off the whole line, in the document's currency. */
  discountAmount: decimalSchema.nullable(),
  accountCode: z.string().nullable(),
  taxType: z.string().nullable(),
  itemCode: z.string().nullable(),
  taxAmount: decimalSchema.nullable(),
  lineAmount: decimalSchema.nullable(),
  tracking: z.array(z.object({ name: z.string().nullable(), option: z.string().nullable() })),
});

/** One opened document. `actions` lists what this user may do now. */
export const openedDocumentSchema = listedDocumentSchema.extend({
  subTotal: decimalSchema,
  totalTax: decimalSchema,
  lineAmountTypes: lineAmountTypesSchema,
  lines: z.array(lineSchema),
  /** In the document's currency, oldest first. */
  payments: z.array(
    z.object({ date: calendarDateSchema.nullable(), amount: decimalSchema, reference: z.string().nullable() }),
  ),
  /** Credits applied to it. */
  credits: z.array(
    z.object({
      kind: z.enum(['credit_note', 'prepayment', 'overpayment']),
      number: z.string().nullable(),
      date: calendarDateSchema.nullable(),
      amount: decimalSchema,
    }),
  ),
  actions: z.array(documentActionSchema),
});
export type OpenedDocument = z.infer<typeof openedDocumentSchema>;

export const getDocumentRoute = {
  method: 'GET',
  path: '/api/documents/:kind/:id',
  summary: 'One document as it is in Xero now: lines, payments, credits and possible actions',
  params: z.object({ kind: documentKindSchema, id: z.guid() }),
  status: 200,
  response: openedDocumentSchema,
} as const satisfies Route;

const refSchema = z.object({ kind: documentKindSchema, id: z.guid() }) satisfies z.ZodType<DocumentRef>;

/**
 * The limit for bills of a deal, and separately for its quotes and invoices together, so that the limit does not reveal
 * how many bills a person may not view.
 */
export const mostChosenDocuments = 200;

export const chooseDocumentsRoute = {
  method: 'PUT',
  path: '/api/deal/documents',
  summary: 'Choose documents for the session’s deal, or remove them; needs the right to link, and viewBills for bills',
  body: z.object({
    add: z.array(refSchema).max(mostChosenDocuments).default([]),
    remove: z.array(refSchema).max(mostChosenDocuments).default([]),
  }),
  status: 200,
  response: z.object({ view: viewSchema }),
} as const satisfies Route;
