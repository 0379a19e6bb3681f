import type { Values } from '../row.ts';
import type { Field, KindName, Lookup, Option } from './kind.ts';

/** Members without a value are left out, as the API asks. */
export function withValues(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== '' && value !== undefined));
}

/** Undefined when no member has a value. */
export function asPart(members: Record<string, unknown>): Record<string, unknown> | undefined {
  const part = withValues(members);
  return Object.keys(part).length > 0 ? part : undefined;
}

/** A customer or supplier by its record, if there is one of that name, else by the name. */
export function toParty(books: Lookup, kind: 'customers' | 'suppliers', name: string | undefined) {
  if (!name) return undefined;
  const row = books.list(kind).find(({ values }) => values.name?.toLowerCase() === name.toLowerCase());
  return row ? { crmId: row.id } : { name };
}

/** `invoices/inv-1` → the kind and id of a record. */
export function toRef(text: string | undefined): { kind: string; crmId: string } | undefined {
  const [kind, ...rest] = text?.split('/') ?? [];
  const crmId = rest.join('/');
  return kind && crmId ? { kind, crmId } : undefined;
}

export const categories = [
  'Fuel',
  'Travel',
  'Meals',
  'Software',
  'Office supplies',
  'Client gifts',
  'Parking',
  'Freight',
  'Repairs',
  'Telephone',
  'Sales',
  'Stock',
];

/** The CRM's tax rates in percent. */
export const taxPercents: Readonly<Record<string, number>> = { GST: 10, 'GST free': 0 };

export const paymentMethods = ['bank', 'card', 'cash'];

export function toOptions(values: readonly string[]): Option[] {
  return values.map((value) => ({ value, label: value }));
}

function namesOf(kind: KindName): Field['options'] {
  return (books) => toOptions(books.list(kind).map(({ values }) => values.name ?? ''));
}

export const dateField: Field = { name: 'date', label: 'Date', input: 'day', isRequired: true };
export const currencyField: Field = {
  ...{ name: 'currency', label: 'Currency', input: 'text', isRequired: true, initial: 'AUD' },
  options: () => toOptions(['AUD', 'NZD', 'USD', 'EUR']),
};
export const numberField: Field = { name: 'number', label: 'Number', input: 'text', isRequired: true };
export const referenceField: Field = { name: 'reference', label: 'Reference', input: 'text' };
export const customerField: Field = {
  ...{ name: 'customer', label: 'Customer', input: 'text', isRequired: true },
  options: namesOf('customers'),
};
export const supplierField: Field = {
  ...{ name: 'supplier', label: 'Supplier', input: 'text' },
  options: namesOf('suppliers'),
};

export function amountOf({ currency = 'AUD' }: Values, value: string | undefined) {
  return value ? { value, currency } : undefined;
}
