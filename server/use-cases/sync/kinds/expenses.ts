import type { RecordData } from '#shared/contract/sync/record-data/data.ts';
import { checkDecimals, checkPage, findTooLong, isFilled, toMissing } from './check-fields.ts';
import { buildLines } from './documents/build-document.ts';
import { findContact, listPartyNeeds, toParty } from './documents/document-contacts.ts';
import {
  checkRate,
  findBillDueDate,
  toBillStatus,
  toHeader,
  toPage,
  toText,
  urlMark,
  withId,
} from './documents/header.ts';
import { checkDigits, listTaxNeeds } from './documents/read-lines.ts';
import { findPayments, removeDocument } from './documents/removal.ts';
import { listTrackingNeeds } from './documents/tracking-refs.ts';
import type { Built, Follow, KindFacts, SyncKind } from './kind.ts';

type Expense = RecordData<'expenses'>;

/** A bill with one line. */
export const expenses: SyncKind<'expenses'> = {
  ...{ kind: 'expenses', resource: 'invoice', rank: 8 },
  listNeeds: ({ supplier, tracking, taxRate }) => [
    ...listPartyNeeds(supplier, 'supplier', 'suppliers'),
    ...listTrackingNeeds(tracking, 'tracking'),
    ...listTaxNeeds(taxRate, 'taxRate'),
  ],
  findParty: (data, facts) => toParty(supplierOf(data, facts), 'supplier', 'suppliers'),
  toXero,
  mark: urlMark,
  search: [],
  onFound: 'adopt',
  fields: {
    'Contact.ContactID': 'supplier',
    Date: 'date',
    DueDate: 'dueDate',
    CurrencyCode: 'currency',
    CurrencyRate: 'exchangeRate',
    LineAmountTypes: 'taxInclusive',
    InvoiceNumber: 'reference',
    LineItems: 'amount',
    Status: 'status',
    'LineItems.*.Description': 'description',
    'LineItems.*.UnitAmount': 'amount',
    'LineItems.*.Quantity': 'amount',
    'LineItems.*.AccountCode': 'category',
    'LineItems.*.TaxType': 'taxRate',
    'LineItems.*.Tracking.*.TrackingOptionID': 'tracking',
  },
  toRemoval: (twin, facts) => removeDocument('InvoiceID', twin, facts),
  isProtected: findPayments,
  listFollows: ({ receipt }) => (receipt ? [toAttachment(receipt)] : []),
};

function toAttachment(receipt: NonNullable<Expense['receipt']>): Follow {
  return { what: 'attachment', name: receipt.name, content: 'url' in receipt ? receipt.url : receipt.base64 };
}

const required = ['date', 'category', 'amount', 'taxInclusive', 'currency', 'description'] as const;

/** An expense without a supplier goes to the contact for expenses. */
function supplierOf({ supplier }: Expense, { mapping }: KindFacts): NonNullable<Expense['supplier']> {
  const isNamed = supplier !== undefined && ('crmId' in supplier || supplier.name !== '');
  return isNamed ? supplier : { name: mapping.defaults.expenseSupplierName };
}

function toXero(data: Expense, facts: KindFacts): Built {
  if (!isFilled(data, required)) return toMissing(data, required);
  const { date, amount, currency, description, reference, category, taxRate, tracking, exchangeRate } = data;
  const problem =
    findTooLong(['description', description, 4_000], ['reference', reference, 255]) ??
    checkDigits('amount', amount, 11) ??
    checkDecimals('amount', amount, currency) ??
    checkRate(exchangeRate) ??
    checkPage(data.url, facts);
  if (problem) return { problem };
  const found = findContact(supplierOf(data, facts), 'supplier', { ...facts, group: 'suppliers' });
  if ('problem' in found) return found;
  const types = data.taxInclusive ? 'inclusive' : 'exclusive';
  const line = { at: '', description, quantity: '1', unitAmount: amount, category, taxRate, tracking };
  const draft = { side: 'purchases', types, date, currency, lines: [line], total: undefined, isPosted: true } as const;
  const built = buildLines(draft, facts);
  if ('problem' in built) return built;
  const { contact } = found;
  const element = {
    ...withId('InvoiceID', facts),
    Type: 'ACCPAY',
    ...toHeader({ contact, date, currency, exchangeRate, types }, facts),
    DueDate: data.dueDate ?? findBillDueDate(date, contact),
    InvoiceNumber: toText(reference, facts),
    LineItems: built.lineItems,
    Status: toBillStatus(facts),
    Url: toPage(data.url, facts),
  };
  return { element, notes: built.notes };
}
