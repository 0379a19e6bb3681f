import { expect, test, vi } from 'vitest';
import { findContactsByNumber } from '#server/xero/contacts/contacts.ts';
import type { XeroDeps } from '#server/xero/xero-deps.ts';
import { findWrittenInvoices, findWrittenQuotes, type WrittenSearch } from './find-written.ts';
import { listMadeInvoices } from './list-made-invoices.ts';

/** A search for a write's document may answer "there is none" only if every possible row was read. */

const writeId = '7f3e4a6c-1c2b-4b54-9d0a-35f1a1b0c9de';
const contactId = 'c0c0c0c0-0000-4000-8000-000000000000';
const caller = { workspaceId: 'w', organisationId: 'o', priority: 'person' as const };
const since = '2026-11-01T00:00:00.000Z';
function toId(n: number) {
  return `${n}0000000-0000-4000-8000-000000000000`;
}
const moment = '/Date(1793836800000+0000)/';
function toUrl(id: string) {
  return `https://crm.example/contacts/1001#ledgerside=${id}`;
}

type Row = Record<string, unknown> | null;
function other(n: number, change: Row = {}): Row {
  return {
    ...{ InvoiceID: toId(n), Type: 'ACCREC', UpdatedDateUTC: moment, Url: toUrl(toId(n)) },
    ...change,
  };
}
const whole = {
  ...{ Contact: { ContactID: contactId }, Status: 'DRAFT', CurrencyCode: 'AUD', Total: 10, SubTotal: 10, TotalTax: 0 },
  AmountDue: 10,
};
function ours(change: Row = {}) {
  return other(1, { ...whole, Url: toUrl(writeId.toUpperCase()), ...change });
}

/** Answers one question after the other, each with these rows. */
function buildReading(...answers: Row[][]) {
  const names: string[] = [];
  const ask: XeroDeps['ask'] = async (_, { name }) => {
    names.push(name);
    const rows = answers[names.length - 1] ?? [];
    return { status: 200, headers: {}, text: JSON.stringify({ Invoices: rows, Quotes: rows, Contacts: rows }) };
  };
  return { reading: { ask, noteSetAside: vi.fn<XeroDeps['noteSetAside']>() }, names };
}

const invoiceSearch = {
  kind: 'invoice',
  writeId,
  contactId,
  since,
  isByThisApp: true,
} as const satisfies WrittenSearch;
async function searchFor(search: WrittenSearch, ...answers: Row[][]) {
  const { reading, names } = buildReading(...answers);
  const { documents, isWhole } = await findWrittenInvoices(reading, caller, search);
  return { ids: documents.map(({ id }) => id), isWhole, calls: names.length };
}
const narrow: WrittenSearch = { ...invoiceSearch, isByThisApp: false };

/** Rows that could be the document that is searched for. */
const doubtful: [string, Row][] = [
  ['nothing', null],
  ['an object without a member', {}],
  ['one whose Url cannot be read', other(2, { Url: {} })],
  ['one of ours whose id cannot be read', ours({ InvoiceID: '' })],
  ['one of ours whose time cannot be read', ours({ UpdatedDateUTC: 'yesterday' })],
  ['one without id and Url', other(2, { InvoiceID: null, Url: null })],
];

test('finds none when every row is read and none has the mark', async () => {
  expect(await searchFor(narrow, [other(2), other(3, { CurrencyCode: '', Total: null, Contact: {} })])).toEqual({
    ...{ ids: [], isWhole: true, calls: 1 },
  });
});

test.each(doubtful)('is not whole when a row of the contact is %s', async (_, row) => {
  expect(await searchFor(narrow, [other(2), row, other(3)])).toMatchObject({ ids: [], isWhole: false });
});

test.each(doubtful)('a row of this app that is %s keeps the search from being whole', async (_, row) => {
  expect(await searchFor(invoiceSearch, [other(2), row], [other(3)])).toEqual({ ids: [], isWhole: false, calls: 2 });
});

test('an unreadable row with another write’s mark does not matter', async () => {
  const odd = other(2, { InvoiceID: null, UpdatedDateUTC: '' });
  expect(await searchFor(invoiceSearch, [odd], [odd])).toMatchObject({ ids: [], isWhole: true });
});

test.each(doubtful.slice(0, 3))('finds ours beside %s', async (_, row) => {
  expect(await searchFor(invoiceSearch, [row, ours(), other(3)], [ours()])).toMatchObject({ ids: [toId(1)] });
});

test('fails when our document is found but cannot be parsed', async () => {
  const { reading } = buildReading([ours()], [ours({ CurrencyCode: '' })]);
  await expect(findWrittenInvoices(reading, caller, invoiceSearch)).rejects.toMatchObject({
    code: 'xero_invalid_answer',
  });
});

function quote(n: number, change: Row = {}): Row {
  return {
    ...{ ...whole, QuoteID: toId(n), UpdatedDateUTC: moment, LineAmountTypes: 'EXCLUSIVE', LineItems: [] },
    ...change,
  };
}
const quoteSearch = { contactId, since, date: '2026-11-20', number: undefined, isAlike: () => true };

test('is whole and finds the contact’s quotes when all are parsed', async () => {
  const { reading } = buildReading([quote(1), quote(2, { Contact: { ContactID: toId(9) } })]);
  const { documents, isWhole } = await findWrittenQuotes(reading, caller, quoteSearch);
  expect([documents.map(({ id }) => id), isWhole]).toEqual([[toId(1)], true]);
});

test.each([
  ['nothing', null],
  ['one whose id cannot be read', quote(2, { QuoteID: '' })],
  ['one whose currency cannot be read', quote(2, { CurrencyCode: '' })],
  ['one whose line cannot be read', quote(2, { LineItems: [{ Quantity: 'many' }] })],
  ['one whose contact cannot be read', quote(2, { Contact: null })],
])('a quote that is %s could be it, and the others are found', async (_, row) => {
  const { reading } = buildReading([row, quote(1)]);
  const { documents, isWhole } = await findWrittenQuotes(reading, caller, quoteSearch);
  expect([documents.map(({ id }) => id), isWhole]).toEqual([[toId(1)], false]);
});

test('is not whole when a found contact cannot be parsed', async () => {
  const contact = { ContactID: toId(1), Name: 'A', ContactNumber: 'n' };
  const find = (...rows: Row[]) => findContactsByNumber(buildReading(rows).reading, caller, 'n');
  expect(await find({ ...contact, ContactNumber: 'm' })).toEqual({ contacts: [], isWhole: true });
  expect(await find({ ...contact, Name: '' })).toEqual({ contacts: [], isWhole: false });
  expect(await find(null, contact)).toMatchObject({ contacts: [{ id: toId(1) }], isWhole: false });
});

test('is not whole when an invoice of the deal cannot be parsed', async () => {
  const list = (...rows: Row[]) =>
    listMadeInvoices(buildReading(rows).reading, caller, { contactIds: [contactId], mark: '#ledgerside=' });
  expect(await list(other(2), null)).toMatchObject({ invoices: [{ id: toId(2) }], isWhole: true });
  expect(await list(other(2), other(3, { UpdatedDateUTC: null }))).toMatchObject({
    ...{ invoices: [{ id: toId(2) }], isWhole: false },
  });
});
