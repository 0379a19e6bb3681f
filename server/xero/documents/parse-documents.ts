import { z } from 'zod';
import { glimpsedIdSchema, glimpsedInstantSchema } from '#server/xero/answers/fields.ts';
import { readList, type SentList } from '#server/xero/answers/read-list.ts';
import { describeFault } from '#server/xero/answers/read-rows.ts';
import type { XeroAnswer } from '#server/xero/answers/xero-answer.ts';
import { documentKinds } from '#shared/document-kinds.ts';
import type { DocumentHeader, UnreadableDocument } from './document-header.ts';
import {
  glimpsedContactMember,
  invoiceMembers,
  kindsByType,
  quoteMembers,
  summaryMembers,
  toCommonHeader,
  typeSchema,
} from './document-members.ts';
import { nothingSettled, toSettledAmounts } from './settled-amounts.ts';

export const openInvoiceStatuses = ['DRAFT', 'SUBMITTED', 'AUTHORISED'] as const;
export const openQuoteStatuses = ['DRAFT', 'SENT', 'ACCEPTED'] as const;
/** Neither voided nor deleted, so the document keeps its number and counts. */
export const standingInvoiceStatuses = [...openInvoiceStatuses, 'PAID'] as const;
export const allInvoiceStatuses = [...openInvoiceStatuses, ...documentKinds.invoice.closedStatuses, 'DELETED'] as const;
export const allQuoteStatuses = [...openQuoteStatuses, ...documentKinds.quote.closedStatuses, 'DELETED'] as const;

const invoiceStatusSchema = z.enum(allInvoiceStatuses);
const quoteStatusSchema = z.enum(allQuoteStatuses);

const invoiceSchema = z.object({ ...invoiceMembers, ...summaryMembers, Status: invoiceStatusSchema });
const quoteSchema = z.object({ ...quoteMembers, ...summaryMembers, Status: quoteStatusSchema });

/**
 * Xero's OpenAPI also lists credit types for invoices (ACCRECCREDIT, APPREPAYMENT …). They are neither invoices nor
 * bills.
 */
const otherTypeSchema = z.object({ Type: z.string().regex(/^(?!(ACCREC|ACCPAY)$)./) });

/** Members that are read one by one even if the rest of the row cannot be parsed. */
const glimpse = { ...glimpsedContactMember, UpdatedDateUTC: glimpsedInstantSchema };
const nothing = { Contact: { ContactID: null }, UpdatedDateUTC: null, Status: null };
const invoiceGlimpseSchema = z
  .object({
    ...glimpse,
    InvoiceID: glimpsedIdSchema,
    Type: typeSchema.nullable().catch(null),
    Status: invoiceStatusSchema.nullable().catch(null),
  })
  .catch({ ...nothing, InvoiceID: null, Type: null });
const quoteGlimpseSchema = z
  .object({ ...glimpse, QuoteID: glimpsedIdSchema, Status: quoteStatusSchema.nullable().catch(null) })
  .catch({ ...nothing, QuoteID: null });

/** A row of a document list: either parsed, or only the members in `unreadable`. */
export type DocumentRow =
  | { document: DocumentHeader; unreadable?: undefined }
  | { document?: undefined; unreadable: UnreadableDocument; fault: string };

/** `rowKeys` cover every row that Xero sent, before any is left out: a full page means that there may be more. */
export type DocumentPage = Omit<SentList, 'rows'> & { rows: DocumentRow[] };

/**
 * Parses a page of invoices and bills, by default open ones. A row that cannot be parsed does not affect the others. A
 * row in an unwanted status is skipped, whatever else it contains.
 */
export function parseInvoices(answer: XeroAnswer, statuses: readonly string[] = openInvoiceStatuses): DocumentPage {
  const read = (row: unknown) => (otherTypeSchema.safeParse(row).success ? [] : [readInvoice(row)]);
  return toPage(readList(answer, 'Invoices', 'InvoiceID'), statuses, read);
}

/** Parses a page of quotes, by default open ones. Xero documents no pagination object for quotes. */
export function parseQuotes(answer: XeroAnswer, statuses: readonly string[] = openQuoteStatuses): DocumentPage {
  return toPage(readList(answer, 'Quotes', 'QuoteID'), statuses, (row) => [readQuote(row)]);
}

/** `read` returns no row when the row is not a document. */
function toPage({ rows, ...page }: SentList, statuses: readonly string[], read: (row: unknown) => DocumentRow[]) {
  const isWanted = ({ document, unreadable }: DocumentRow) => {
    const status = document?.status ?? unreadable?.status ?? null;
    return status === null || statuses.includes(status);
  };
  return { ...page, rows: rows.flatMap(read).filter(isWanted) };
}

function readInvoice(row: unknown): DocumentRow {
  const parsed = invoiceSchema.safeParse(row);
  if (!parsed.success) {
    const { InvoiceID: id, Type, ...known } = invoiceGlimpseSchema.parse(row);
    return { unreadable: toUnreadable(id, Type && kindsByType[Type], known), fault: describeFault(parsed.error) };
  }
  const { InvoiceID: id, Type, InvoiceNumber: number, DueDate: dueDate, AmountDue: amountDue } = parsed.data;
  return {
    document: {
      id,
      kind: kindsByType[Type],
      number,
      dueDate,
      amountDue,
      ...toSettledAmounts(parsed.data),
      ...toCommonHeader(parsed.data),
    },
  };
}

function readQuote(row: unknown): DocumentRow {
  const parsed = quoteSchema.safeParse(row);
  if (!parsed.success) {
    const { QuoteID: id, ...known } = quoteGlimpseSchema.parse(row);
    return { unreadable: toUnreadable(id, 'quote', known), fault: describeFault(parsed.error) };
  }
  const { QuoteID: id, QuoteNumber: number, ExpiryDate: dueDate } = parsed.data;
  return {
    document: { id, kind: 'quote', number, dueDate, amountDue: '0', ...nothingSettled, ...toCommonHeader(parsed.data) },
  };
}

type Glimpse = { Contact: { ContactID: string | null }; UpdatedDateUTC: string | null; Status: string | null };

function toUnreadable(id: string | null, kind: UnreadableDocument['kind'], known: Glimpse): UnreadableDocument {
  const { Contact, Status, UpdatedDateUTC } = known;
  return { id, kind, contactId: Contact.ContactID, status: Status, updatedAt: UpdatedDateUTC };
}
