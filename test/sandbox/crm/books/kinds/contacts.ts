import type { Row } from '../row.ts';
import type { Field, Kind } from './kind.ts';
import { asPart, withValues } from './values.ts';

const fields: readonly Field[] = [
  { name: 'name', label: 'Name', input: 'text', isRequired: true },
  { name: 'email', label: 'E-mail', input: 'text' },
  { name: 'phone', label: 'Phone', input: 'text' },
  { name: 'line1', label: 'Street', input: 'text' },
  { name: 'city', label: 'City', input: 'text' },
  { name: 'region', label: 'State', input: 'text' },
  { name: 'postalCode', label: 'Postcode', input: 'text' },
  { name: 'country', label: 'Country', input: 'text' },
  { name: 'taxNumber', label: 'Tax number', input: 'text' },
];

function toSummary({ values }: Row) {
  return { title: values.name ?? '', detail: values.email };
}

function toData({ values }: Row): Record<string, unknown> {
  const { name, email, phone, taxNumber, line1, city, region, postalCode, country, companyId } = values;
  return withValues({
    ...{ name, email, phone, taxNumber },
    address: asPart({ line1, city, region, postalCode, country }),
    record: companyId ? { type: 'company', id: companyId } : undefined,
  });
}

/** `companyId`: the company whose page shows what this customer owes. */
export const customers: Kind = {
  ...{ name: 'customers', recordType: 'customer', one: 'customer', title: 'Customers', hasLines: false },
  fields: [...fields, { name: 'companyId', label: 'Company record', input: 'text' }],
  toSummary,
  toData,
};

export const suppliers: Kind = {
  ...{ name: 'suppliers', recordType: 'supplier', one: 'supplier', title: 'Suppliers', hasLines: false },
  fields,
  toSummary,
  toData,
};
