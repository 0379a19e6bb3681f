import type { PutKind } from '#shared/contract/sync/kinds.ts';
import type { RecordData } from '#shared/contract/sync/record-data/data.ts';

/** What lists show of a record: read from its data, whatever is missing in it. */
export type RecordFacts = { title: string | null; date: string | null; amount: string | null; currency: string | null };

type Reader<Kind extends PutKind> = (data: RecordData<Kind>) => Partial<RecordFacts>;

type Party = RecordData<'expenses'>['supplier'];

const readers: { [Kind in PutKind]: Reader<Kind> } = {
  customers: ({ name }) => ({ title: name }),
  suppliers: ({ name }) => ({ title: name }),
  items: ({ name, code }) => ({ title: joinWords(code, name) }),
  invoices: ({ number, customer, date, total, currency }) => ({
    ...{ title: joinWords(number, nameOf(customer)), date, amount: total, currency },
  }),
  payments: ({ reference, method, date, amount, currency }) => ({
    ...{ title: joinWords(method, reference), date, amount, currency },
  }),
  expenses: ({ description, category, supplier, date, amount, currency }) => ({
    ...{ title: joinWords(description ?? category, nameOf(supplier)), date, amount, currency },
  }),
  'purchase-orders': ({ number, supplier, date, total, currency }) => ({
    ...{ title: joinWords(number, nameOf(supplier)), date, amount: total, currency },
  }),
  'supplier-credits': ({ number, supplier, date, total, currency }) => ({
    ...{ title: joinWords(number, nameOf(supplier)), date, amount: total, currency },
  }),
  'customer-credits': ({ number, customer, date, total, currency }) => ({
    ...{ title: joinWords(number, nameOf(customer)), date, amount: total, currency },
  }),
  tracking: ({ category, name }) => ({ title: joinWords(category, name) }),
  'tax-rates': ({ name }) => ({ title: name }),
  'payment-methods': ({ name }) => ({ title: name }),
};

export function readFacts<Kind extends PutKind>(kind: Kind, data: RecordData<Kind>): RecordFacts {
  const read: Reader<Kind> = readers[kind];
  const { title, date, amount, currency } = read(data);
  return { title: title ?? null, date: date ?? null, amount: amount ?? null, currency: currency ?? null };
}

function nameOf(party: Party): string | undefined {
  return party?.name;
}

function joinWords(...words: readonly (string | undefined)[]): string | undefined {
  return words.filter(Boolean).join(', ') || undefined;
}
