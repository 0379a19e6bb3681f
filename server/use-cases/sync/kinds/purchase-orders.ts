import type { RecordData } from '#shared/contract/sync/record-data/data.ts';
import { noteKept } from '../words/notes.ts';
import { checkNotNegative, findTooLong, isFilled, toMissing } from './check-fields.ts';
import { checkLock } from './documents/build-document.ts';
import { listPartyNeeds, toParty } from './documents/document-contacts.ts';
import { findBillDueDate, toBillStatus, toHeader, toPage, toText, withId } from './documents/header.ts';
import { documentFields, type ReadDocument, readDocument } from './documents/read-document.ts';
import { listLineNeeds } from './documents/read-lines.ts';
import { toStatus } from './documents/removal.ts';
import { toStatusMember } from './documents/statuses.ts';
import type { Built, Follow, KindFacts, KindTwin, Removal, SyncKind, XeroElement } from './kind.ts';
import { listDifferences } from './list-differences.ts';

type Order = RecordData<'purchase-orders'>;

/** When the CRM marks an order as finished, one bill follows. */
export const purchaseOrders: SyncKind<'purchase-orders'> = {
  ...{ kind: 'purchase-orders', resource: 'purchase_order', rank: 6 },
  listNeeds: ({ supplier, lines }) => [...listPartyNeeds(supplier, 'supplier', 'suppliers'), ...listLineNeeds(lines)],
  findParty: ({ supplier }) => toParty(supplier, 'supplier', 'suppliers'),
  toXero,
  isVoid: ({ status }) => status === 'void',
  search: [{ by: 'number', toValue: ({ number }) => number || undefined }],
  onFound: 'ask_number',
  fields: {
    ...documentFields,
    'Contact.ContactID': 'supplier',
    PurchaseOrderNumber: 'number',
    DeliveryDate: 'deliveryDate',
  },
  toRemoval,
  listFollows: (data, facts) => (data.status === 'finished' ? [toBill(data, facts)] : []),
};

const required = ['status'] as const;

function readOrder(data: Order, facts: KindFacts) {
  const { supplier: party } = data;
  const reading = { side: 'purchases', group: 'suppliers', path: 'supplier', party, isPosted: false } as const;
  const read = readDocument(data, reading, facts);
  if ('problem' in read) return read;
  const problem = checkNotNegative('total', read.data.total);
  return problem ? { problem } : read;
}

function toXero(data: Order, facts: KindFacts): Built {
  if (data.status === 'void') return { same: true };
  if (!isFilled(data, required)) return toMissing(data, required);
  const read = readOrder(data, facts);
  if ('problem' in read) return read;
  const { contact, built } = read;
  const { number, date, currency, lineAmountTypes: types, reference, deliveryDate } = read.data;
  const element = {
    ...withId('PurchaseOrderID', facts),
    ...toHeader({ contact, date, currency, types }, facts),
    DeliveryDate: deliveryDate,
    PurchaseOrderNumber: number,
    Reference: toText(reference, facts),
    LineItems: built.lineItems,
    Status: toStatusMember(data.status === 'finished' ? 'BILLED' : 'AUTHORISED', facts),
  };
  return { element: withoutSameLines(element, facts), notes: built.notes };
}

/** Xero refuses other lines for an order that is billed. Lines that differ are sent, so that people see its refusal. */
function withoutSameLines(element: XeroElement, { twin }: KindFacts): XeroElement {
  if (twin?.status !== 'BILLED') return element;
  const { LineItems, LineAmountTypes, ...rest } = element;
  const isSame = listDifferences(purchaseOrders.fields, { LineItems, LineAmountTypes }, twin).length === 0;
  return isSame ? rest : element;
}

/** The bill has the lines of the order. */
function toBill(data: Order, facts: KindFacts): Follow {
  const read = readOrder(data, facts);
  return { what: 'bill', built: 'problem' in read ? read : buildBill(read, facts) };
}

function buildBill({ data, contact, built }: ReadDocument<Order>, facts: KindFacts): Built {
  const { bill, currency, lineAmountTypes: types } = data;
  const dates = ['date', 'dueDate'] as const;
  if (bill && !isFilled(bill, dates)) return toMissing(bill, dates, 'bill.');
  // Without words about the bill, the day of the delivery is the bill's, or the order's own.
  const date = bill?.date ?? data.deliveryDate ?? data.date;
  const problem =
    findTooLong(['bill.number', bill?.number, 255]) ??
    checkLock(date, { ...facts, twin: undefined }, bill ? 'bill.date' : 'date');
  if (problem) return { problem };
  const element = {
    Type: 'ACCPAY',
    ...toHeader({ contact, date, currency, types }, facts),
    DueDate: bill?.dueDate ?? findBillDueDate(date, contact),
    InvoiceNumber: bill?.number || undefined,
    LineItems: built.lineItems,
    Status: toBillStatus({ ...facts, twin: undefined }),
    Url: toPage(data.url, facts),
  };
  return { element, notes: built.notes };
}

/** Its bill stays. Xero deletes no order that is billed. */
function toRemoval(twin: KindTwin): Removal {
  if (twin.status === 'DELETED') return { how: 'none' };
  if (twin.status === 'BILLED') return { how: 'keep', note: noteKept('billedOrder') };
  return { how: 'update', element: toStatus('PurchaseOrderID', twin, 'DELETED') };
}
