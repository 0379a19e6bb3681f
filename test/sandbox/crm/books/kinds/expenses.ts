import type { Kind } from './kind.ts';
import {
  amountOf,
  categories,
  currencyField,
  dateField,
  referenceField,
  supplierField,
  taxPercents,
  toOptions,
  toParty,
  withValues,
} from './values.ts';

/** The amount includes the tax. */
export const expenses: Kind = {
  ...{ name: 'expenses', recordType: 'expense', one: 'expense', title: 'Expenses', hasLines: false },
  fields: [
    { name: 'description', label: 'What for', input: 'text', isRequired: true },
    dateField,
    { name: 'amount', label: 'Amount with tax', input: 'amount', isRequired: true },
    currencyField,
    {
      ...{ name: 'category', label: 'Category', input: 'text', isRequired: true },
      options: () => toOptions(categories),
    },
    supplierField,
    { name: 'tax', label: 'Tax', input: 'choice', options: () => toOptions(Object.keys(taxPercents)), initial: 'GST' },
    referenceField,
    { name: 'billable', label: 'A customer pays it', input: 'check' },
  ],
  toSummary: ({ values }) => ({
    title: values.description ?? '',
    detail: [values.category, values.supplier].filter(Boolean).join(' · '),
    date: values.date,
    amount: amountOf(values, values.amount),
  }),
  toData: ({ values }, books) => {
    const { date, category, amount, currency, description, reference, tax } = values;
    return withValues({
      ...{ date, category, amount, currency, description, reference, taxRate: tax },
      supplier: toParty(books, 'suppliers', values.supplier),
      taxInclusive: true,
      billable: values.billable === 'yes',
    });
  },
};
