import type { Kind, Lookup, Option } from './kind.ts';
import { documentData, toTotal } from './lines.ts';
import {
  amountOf,
  asPart,
  currencyField,
  dateField,
  numberField,
  referenceField,
  supplierField,
  toOptions,
  toParty,
  toRef,
  withValues,
} from './values.ts';

export const purchaseOrders: Kind = {
  ...{ name: 'purchase-orders', recordType: 'purchase-order', one: 'purchase order', title: 'Purchase orders' },
  hasLines: true,
  fields: [
    numberField,
    { ...supplierField, isRequired: true },
    dateField,
    { name: 'deliveryDate', label: 'Delivery', input: 'day' },
    currencyField,
    referenceField,
    {
      ...{ name: 'status', label: 'Status', input: 'choice', isRequired: true, initial: 'open' },
      options: () => toOptions(['open', 'finished', 'void']),
    },
    { name: 'billNumber', label: 'Number of the bill', input: 'text' },
    { name: 'billDate', label: 'Date of the bill', input: 'day' },
    { name: 'billDueDate', label: 'Bill is due', input: 'day' },
  ],
  toSummary: ({ values, lines }) => ({
    title: values.number ?? '',
    detail: [values.supplier, values.status].filter(Boolean).join(' · '),
    date: values.date,
    amount: amountOf(values, toTotal(lines)),
  }),
  toData: (row, books) => {
    const { supplier, deliveryDate, status, billNumber, billDate, billDueDate } = row.values;
    return withValues({
      ...documentData(row),
      supplier: toParty(books, 'suppliers', supplier),
      ...{ deliveryDate, status },
      bill: asPart({ number: billNumber, date: billDate, dueDate: billDueDate }),
    });
  },
};

function listBills(books: Lookup): Option[] {
  return books
    .list('expenses')
    .map(({ id, values }) => ({ value: `expenses/${id}`, label: `${values.description}, ${values.amount}` }));
}

export const supplierCredits: Kind = {
  ...{ name: 'supplier-credits', recordType: 'supplier-credit', one: 'supplier credit', title: 'Supplier credits' },
  hasLines: true,
  fields: [
    numberField,
    { ...supplierField, isRequired: true },
    dateField,
    currencyField,
    referenceField,
    { name: 'appliedTo', label: 'Set against', input: 'text', options: listBills },
    { name: 'appliedAmount', label: 'Amount of it', input: 'amount' },
    { name: 'appliedDate', label: 'Set against on', input: 'day' },
  ],
  toSummary: ({ values, lines }) => ({
    title: values.number ?? '',
    detail: values.supplier,
    date: values.date,
    amount: amountOf(values, toTotal(lines)),
  }),
  toData: (row, books) => {
    const { supplier, appliedTo, appliedAmount, appliedDate } = row.values;
    const applied = asPart({ bill: toRef(appliedTo), amount: appliedAmount, date: appliedDate });
    return withValues({
      ...documentData(row),
      supplier: toParty(books, 'suppliers', supplier),
      applied: applied && [applied],
    });
  },
  check: ({ values }) =>
    values.appliedTo && toRef(values.appliedTo)?.kind !== 'expenses'
      ? { appliedTo: 'Choose an expense from the list.' }
      : {},
};
