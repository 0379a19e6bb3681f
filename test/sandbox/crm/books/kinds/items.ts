import type { Kind } from './kind.ts';
import { asPart, categories, taxPercents, toOptions, withValues } from './values.ts';

export const items: Kind = {
  ...{ name: 'items', recordType: 'item', one: 'item', title: 'Items', hasLines: false },
  fields: [
    { name: 'code', label: 'Code', input: 'text', isRequired: true },
    { name: 'name', label: 'Name', input: 'text', isRequired: true },
    { name: 'description', label: 'Description', input: 'long' },
    { name: 'salesAmount', label: 'Sells at', input: 'amount' },
    { name: 'salesCategory', label: 'Category of sales', input: 'text', options: () => toOptions(categories) },
    { name: 'salesTax', label: 'Tax of sales', input: 'choice', options: () => toOptions(Object.keys(taxPercents)) },
    { name: 'purchaseAmount', label: 'Bought at', input: 'amount' },
    { name: 'purchaseCategory', label: 'Category of purchases', input: 'text', options: () => toOptions(categories) },
    {
      ...{ name: 'purchaseTax', label: 'Tax of purchases', input: 'choice' },
      options: () => toOptions(Object.keys(taxPercents)),
    },
  ],
  toSummary: ({ values }) => ({
    title: values.name ?? '',
    detail: values.code,
    amount: values.salesAmount ? { value: values.salesAmount, currency: 'AUD' } : undefined,
  }),
  toData: ({ values }) => {
    const { code, name, description, salesAmount, salesCategory, salesTax } = values;
    return withValues({
      ...{ code, name, description },
      sales: asPart({ unitAmount: salesAmount, category: salesCategory, taxRate: salesTax }),
      purchases: asPart({
        unitAmount: values.purchaseAmount,
        category: values.purchaseCategory,
        taxRate: values.purchaseTax,
      }),
    });
  },
};
