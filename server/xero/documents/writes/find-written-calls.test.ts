import { expect, test } from 'vitest';
import type { Reading } from '#server/xero/xero-deps.ts';
import { findWrittenInvoices, findWrittenQuotes, type WrittenSearch } from './find-written.ts';

const writeId = '7f3e4a6c-1c2b-4b54-9d0a-35f1a1b0c9de';
const contactId = 'c0c0c0c0-0000-4000-8000-000000000000';
const caller = { workspaceId: 'w', organisationId: 'o', priority: 'person' as const };
const since = '2026-11-01T00:00:00.000Z';
const search: WrittenSearch = { kind: 'invoice', writeId, contactId, since, isByThisApp: true };

/** Answers every list question with a full page of changes that came later each time, and records its parameters. */
function buildBusyReading(markedCall?: number) {
  const asked: { method: string; parameters: unknown[] }[] = [];
  const ask: Reading['ask'] = async (_caller, question) => {
    const note =
      (method: string) =>
      async (...parameters: unknown[]) =>
        void asked.push({ method, parameters });
    const api = { getInvoices: note('getInvoices'), getInvoice: note('getInvoice'), getQuotes: note('getQuotes') };
    await question.send(api as unknown as Parameters<typeof question.send>[0], 'o');
    const call = asked.length;
    const mark = call === markedCall ? writeId.toUpperCase() : 'another';
    const rows = Array.from({ length: question.name.endsWith('{id}') ? 1 : 100 }, (_, place) =>
      toRow(call, place, mark),
    );
    return { status: 200, headers: {}, text: JSON.stringify({ Invoices: rows, Quotes: rows }) };
  };
  return { asked, reading: { ask, noteSetAside: () => undefined } };
}

function toRow(call: number, place: number, mark: string) {
  const id = `${String(call).padStart(8, '0')}-0000-4000-8000-${String(place).padStart(12, '0')}`;
  return {
    ...{ InvoiceID: id, QuoteID: id, Type: 'ACCREC', Contact: { ContactID: contactId }, Status: 'DRAFT' },
    ...{ CurrencyCode: 'AUD', Total: 10, SubTotal: 10, TotalTax: 0, AmountDue: 10, LineItems: [] },
    UpdatedDateUTC: `/Date(${Date.parse(since) + call * 60_000 + place}+0000)/`,
    Url: place === 0 ? `https://crm.example/1#ledgerside=${mark}` : 'https://crm.example/2',
  };
}

/** Of getInvoices: the contacts, whether only documents of this app are wanted, and the page's size. */
function toFilter({ parameters }: { parameters: unknown[] }) {
  return [parameters[6], parameters[10], parameters[13]];
}

test('reads ten pages of this app, then twenty of the contact', async () => {
  const { asked, reading } = buildBusyReading();
  expect(await findWrittenInvoices(reading, caller, search)).toEqual({ documents: [], isWhole: false });
  expect(asked.map(toFilter)).toEqual([
    ...Array.from({ length: 10 }, () => [undefined, true, 100]),
    ...Array.from({ length: 20 }, () => [[contactId], undefined, 100]),
  ]);
  expect(asked.every(({ parameters }) => parameters[3] === 'UpdatedDateUTC ASC')).toBe(true);
});

test('searches only the contact’s documents for another app’s write', async () => {
  const { asked, reading } = buildBusyReading();
  await findWrittenInvoices(reading, caller, { ...search, isByThisApp: false });
  expect([asked.length, toFilter(asked[0] ?? { parameters: [] })]).toEqual([20, [[contactId], undefined, 100]]);
});

test('stops when the document is found among this app’s', async () => {
  const { asked, reading } = buildBusyReading(3);
  // The whole document is asked for at the end, which answers with an id of its own.
  await expect(findWrittenInvoices(reading, caller, search)).rejects.toMatchObject({ code: 'xero_invalid_answer' });
  expect(asked.map(({ method }) => method)).toEqual([...Array.from({ length: 10 }, () => 'getInvoices'), 'getInvoice']);
  expect(asked.at(-1)?.parameters[1]).toBe('00000003-0000-4000-8000-000000000000');
});

test('reads the contact’s quotes by number, with a day on both sides', async () => {
  const { asked, reading } = buildBusyReading();
  const quoteSearch = { contactId, since, date: '2026-12-01', number: 'QU-7', isAlike: () => false };
  expect(await findWrittenQuotes(reading, caller, quoteSearch)).toEqual({ documents: [], isWhole: false });
  expect(asked).toHaveLength(20);
  const [, , from, to, , , contact] = asked[0]?.parameters ?? [];
  expect([from, to, contact, asked[0]?.parameters.includes('QU-7')]).toEqual([
    '2026-11-30',
    '2026-12-02',
    contactId,
    true,
  ]);
});
