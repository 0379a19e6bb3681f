import type { Kind } from './kind.ts';
import { documentData, toTotal } from './lines.ts';
import {
  amountOf,
  currencyField,
  customerField,
  dateField,
  numberField,
  referenceField,
  toOptions,
  toParty,
  withValues,
} from './values.ts';

export const invoices: Kind = {
  ...{ name: 'invoices', recordType: 'invoice', one: 'invoice', title: 'Invoices', hasLines: true },
  fields: [
    numberField,
    customerField,
    dateField,
    { name: 'dueDate', label: 'Due', input: 'day', isRequired: true },
    currencyField,
    referenceField,
    {
      ...{ name: 'status', label: 'Status', input: 'choice', isRequired: true, initial: 'draft' },
      options: () => toOptions(['draft', 'approved', 'void']),
    },
    { name: 'isPaid', label: 'Paid', input: 'check' },
  ],
  toSummary: ({ values, lines }) => ({
    title: values.number ?? '',
    detail: values.customer,
    date: values.date,
    amount: amountOf(values, toTotal(lines)),
  }),
  toData: (row, books) =>
    withValues({
      ...documentData(row),
      customer: toParty(books, 'customers', row.values.customer),
      dueDate: row.values.dueDate,
      status: row.values.status,
      isPaid: row.values.isPaid === 'yes',
    }),
};
