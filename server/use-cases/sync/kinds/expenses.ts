import type { RecordProblem } from '#shared/contract/sync/record.ts';
import type { RecordData } from '#shared/contract/sync/record-data/data.ts';
import { fieldWords } from '../words/field-words.ts';
import { checkDecimals, checkPage, findTooLong, invalidAt, isFilled, missingAt, toMissing } from './check-fields.ts';
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
  listFollows: ({ receipt }) => (receipt ? toAttachment(receipt) : []),
};

type Receipt = NonNullable<Expense['receipt']>;

function toAttachment({ name, url, base64 }: Receipt): Follow[] {
  const content = url ?? base64;
  return name && content !== undefined ? [{ what: 'attachment', name, content }] : [];
}

function checkReceipt({ name, url, base64 }: Receipt): RecordProblem | undefined {
  if (!name) return missingAt('receipt.name');
  if (url !== undefined && base64 !== undefined) return invalidAt('receipt', fieldWords.twoReceipts);
  return url === undefined && base64 === undefined ? missingAt('receipt') : undefined;
}

const required = ['date', 'category', 'amount', 'taxInclusive', 'currency', 'description'] as const;

/** An expense without a supplier goes to the contact for expenses. */
function supplierOf({ supplier }: Expense, { mapping }: KindFacts): NonNullable<Expense['supplier']> {
  const isBlank = supplier === undefined || (supplier.crmId === undefined && supplier.name === '');
  return isBlank ? { name: mapping.defaults.expenseSupplierName } : supplier;
}

function toXero(data: Expense, facts: KindFacts): Built {
  if (!isFilled(data, required)) return toMissing(data, required);
  const { date, amount, currency, description, reference, category, taxRate, tracking, exchangeRate } = data;
  const problem =
    findTooLong(['description', description, 4_000], ['reference', reference, 255]) ??
    checkDigits('amount', amount, 11) ??
    checkDecimals('amount', amount, currency) ??
    checkRate(exchangeRate) ??
    (data.receipt && checkReceipt(data.receipt)) ??
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
