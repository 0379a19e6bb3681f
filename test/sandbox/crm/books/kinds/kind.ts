import type { Line, Row, Values } from '../row.ts';

/** The CRM's kinds of records that Xero knows too, by the names that Ledgerside's API gives them. */
export const kindNames = [
  'expenses',
  'invoices',
  'payments',
  'items',
  'customers',
  'suppliers',
  'purchase-orders',
  'supplier-credits',
] as const;
export type KindName = (typeof kindNames)[number];

export function toKindName(text: string | null): KindName | undefined {
  return kindNames.find((name) => name === text);
}

export type Option = { value: string; label: string };

/** What a kind reads of the other records. Deleted ones are left out. */
export type Lookup = {
  list(kind: KindName): readonly Row[];
  find(kind: KindName, id: string): Row | undefined;
};

/** A field of a form and a column of the table. Every value is text: amounts are decimals, days are `YYYY-MM-DD`. */
export type Field = {
  name: string;
  label: string;
  input: 'text' | 'long' | 'amount' | 'day' | 'choice' | 'check';
  isRequired?: true;
  /** What may be chosen; of a text, what is suggested. */
  options?: (books: Lookup) => readonly Option[];
  /** What a new record begins with. */
  initial?: string;
};

/** What a list shows of a record. */
export type Summary = { title: string; detail?: string; date?: string; amount?: { value: string; currency: string } };

export type Kind = {
  name: KindName;
  /** What Ledgerside's widget calls the record. */
  recordType: string;
  /** `expense`, and the title of the list. */
  one: string;
  title: string;
  fields: readonly Field[];
  hasLines: boolean;
  toSummary(row: Row): Summary;
  /** The record as Ledgerside's API takes it, without the address of its page. */
  toData(row: Row, books: Lookup): Record<string, unknown>;
  /** What the fields' own checks cannot see, by the name of the field. */
  check?(
    entry: { values: Values; lines: readonly Line[] },
    books: Lookup,
  ): Readonly<Record<string, string | undefined>>;
};
