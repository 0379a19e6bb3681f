import { dayToMs, msDay } from '../../dates.ts';
import { notFound } from '../../errors.ts';
import type { Books } from '../../records/organisation.ts';
import type { Allocation, Contact, Credit, CreditKind } from '../../records/types.ts';
import {
  contactFields,
  dayPair,
  emptyContact,
  lineToWire,
  paymentToWire,
  unitDecimalsOf,
  updatedPair,
} from '../documents/document-wire.ts';
import { answerElements, answerPage } from '../envelope.ts';
import { type Listing, listRows } from '../listing.ts';
import type { ApiCall, ApiRoute } from '../route.ts';

/**
 * Which of the two scopes Xero requires for prepayments and overpayments could not be verified, so either is accepted.
 */
const scopes = ['accounting.invoices', 'accounting.payments'];

function routesOf(kind: CreditKind): ApiRoute[] {
  return [
    { method: 'GET', path: `/${kind}s`, scopes, run: (call) => listCredits(call, kind) },
    { method: 'GET', path: `/${kind}s/:id`, scopes, run: (call) => answerOne(call, kind) },
  ];
}

export const creditRoutes: ApiRoute[] = [
  ...routesOf('CreditNote'),
  ...routesOf('Prepayment'),
  ...routesOf('Overpayment'),
];

function toListing(contacts: Map<string, Contact>, kind: CreditKind): Listing<Credit> {
  return {
    id: ({ id }) => id,
    updatedAt: (credit) => credit.updatedAt,
    table: {
      $type: kind,
      ...contactFields<Credit>(contacts),
      [`${kind}ID`]: { type: 'Guid', get: (credit) => credit.id },
      Type: { type: 'String', get: (credit) => credit.Type },
      Status: { type: 'String', get: (credit) => credit.Status },
      Reference: { type: 'String', get: (credit) => credit.Reference },
      CurrencyCode: { type: 'String', get: (credit) => credit.CurrencyCode },
      Date: { type: 'DateTime', get: (credit) => dayToMs(credit.Date) },
      RemainingCredit: { type: 'Number', get: (credit) => credit.RemainingCredit },
      Total: { type: 'Number', get: (credit) => credit.Total },
      UpdatedDateUTC: { type: 'DateTime', get: (credit) => credit.updatedAt },
      ...(kind === 'CreditNote'
        ? { CreditNoteNumber: { type: 'String', get: (credit: Credit) => credit.number } }
        : {}),
    },
  };
}

function listCredits(call: ApiCall, kind: CreditKind) {
  const rows = [...call.books.credits.values()].filter((credit) => credit.kind === kind);
  const page = listRows(call, rows, toListing(call.books.contacts, kind));
  const decimals = page.isPaged ? unitDecimalsOf(call) : undefined;
  return answerPage(call, `${kind}s`, page, (credit) => creditToWire(call.books, credit, decimals));
}

function answerOne(call: ApiCall, kind: CreditKind) {
  const id = call.params.id ?? '';
  const found = [...call.books.credits.values()].find(
    (credit) => credit.kind === kind && (credit.id === id.toLowerCase() || credit.number === id),
  );
  if (!found) throw notFound();
  return answerElements(call, `${kind}s`, [creditToWire(call.books, found, unitDecimalsOf(call))]);
}

/** Without paging there are no lines; `unitDecimals` is then undefined. */
export function creditToWire(books: Books, credit: Credit, unitDecimals: number | undefined) {
  return {
    [`${credit.kind}ID`]: credit.id,
    ID: credit.id,
    ...(credit.kind === 'CreditNote' ? { CreditNoteNumber: credit.number } : {}),
    ...(credit.kind === 'Prepayment' ? { InvoiceNumber: credit.number } : {}),
    Type: credit.Type,
    Reference: credit.Reference ?? '',
    RemainingCredit: credit.RemainingCredit,
    Allocations: credit.Allocations.map((allocation) => allocationToWire(books, allocation)),
    Payments: credit.Payments.map(paymentToWire),
    HasAttachments: (books.attachments.get(credit.id)?.length ?? 0) > 0,
    Contact: emptyContact(books, credit.contactId),
    ...dayPair('Date', credit.Date),
    Status: credit.Status,
    LineAmountTypes: credit.LineAmountTypes,
    LineItems: unitDecimals === undefined ? [] : credit.LineItems.map((line) => lineToWire(line, unitDecimals)),
    SubTotal: credit.SubTotal,
    TotalTax: credit.TotalTax,
    Total: credit.Total,
    ...updatedPair(credit.updatedAt),
    CurrencyCode: credit.CurrencyCode,
    CurrencyRate: credit.CurrencyRate,
  };
}

function allocationToWire(books: Books, allocation: Allocation) {
  return {
    AllocationID: allocation.AllocationID,
    Amount: allocation.Amount,
    Date: msDay(allocation.Date),
    Invoice: {
      InvoiceID: allocation.invoiceId,
      InvoiceNumber: books.invoices.get(allocation.invoiceId)?.InvoiceNumber ?? '',
    },
  };
}
