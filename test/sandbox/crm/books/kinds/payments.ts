import type { Kind, Lookup, Option } from './kind.ts';
import { toTotal } from './lines.ts';
import {
  amountOf,
  currencyField,
  dateField,
  paymentMethods,
  referenceField,
  toOptions,
  toRef,
  withValues,
} from './values.ts';

function listPayable(books: Lookup): Option[] {
  const invoices = books
    .list('invoices')
    .map(({ id, values, lines }) => ({ value: `invoices/${id}`, label: `${values.number}, ${toTotal(lines)}` }));
  const orders = books
    .list('purchase-orders')
    .filter(({ values }) => values.status === 'finished')
    .map(({ id, values, lines }) => ({ value: `purchase-orders/${id}`, label: `${values.number}, ${toTotal(lines)}` }));
  const expenses = books
    .list('expenses')
    .map(({ id, values }) => ({ value: `expenses/${id}`, label: `${values.description}, ${values.amount}` }));
  return [...invoices, ...orders, ...expenses];
}

export const payments: Kind = {
  ...{ name: 'payments', recordType: 'payment', one: 'payment', title: 'Payments', hasLines: false },
  fields: [
    { name: 'pays', label: 'Pays', input: 'text', isRequired: true, options: listPayable },
    dateField,
    { name: 'amount', label: 'Amount', input: 'amount', isRequired: true },
    currencyField,
    {
      ...{ name: 'method', label: 'Method', input: 'choice', isRequired: true, initial: 'bank' },
      options: () => toOptions(paymentMethods),
    },
    referenceField,
  ],
  toSummary: ({ values }) => ({
    title: values.reference || `Payment of ${values.pays}`,
    detail: values.method,
    date: values.date,
    amount: amountOf(values, values.amount),
  }),
  toData: ({ values }) => {
    const { pays, date, amount, currency, method, reference } = values;
    const paid = toRef(pays);
    return withValues({
      ...(paid?.kind === 'invoices' ? { invoice: paid } : { bill: paid }),
      ...{ date, amount, currency, method, reference },
    });
  },
  check: ({ values }, books) =>
    listPayable(books).some(({ value }) => value === values.pays)
      ? {}
      : { pays: 'Choose an invoice, a finished purchase order or an expense from the list.' },
};
