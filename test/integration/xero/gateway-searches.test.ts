import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { WrittenSearch } from '#server/xero/documents/writes/find-written.ts';
import { type Harness, startHarness } from './gateway-harness.ts';

let harness: Harness;
let xero: Awaited<ReturnType<Harness['build']>>;
let connected: Awaited<ReturnType<Harness['connect']>>;
let tenantId: string;

beforeAll(async () => {
  harness = await startHarness();
  const bulk = (await harness.control.seedInfo()).organisations.find(({ name }) => name === 'Bulk Trading Co');
  tenantId = bulk?.tenantId ?? '';
});
afterAll(() => harness.close());
beforeEach(async () => {
  connected = await harness.connect(tenantId);
  xero = await harness.build();
});

function big() {
  return connected.contactId('Five Thousand Pty Ltd');
}
function since() {
  return new Date(harness.clock.now().getTime() - 60_000).toISOString();
}
function toSearch(change: Partial<WrittenSearch> = {}): WrittenSearch {
  return {
    ...{ kind: 'invoice', writeId: randomUUID(), contactId: big(), since: since(), isByThisApp: true },
    ...change,
  };
}

/** As the product writes it, with the write's id in the fragment. */
async function make(writeId: string): Promise<string> {
  const lines = [{ Description: 'Desk', Quantity: 1, UnitAmount: 10, AccountCode: '200' }];
  const Url = `https://crm.example/contacts/1001#ledgerside=${writeId}`;
  const invoice = { Type: 'ACCREC', Contact: { ContactID: big() }, Date: '2026-11-20', Url, LineItems: lines };
  const json = JSON.stringify({ Invoices: [invoice] });
  return (await xero.createDocument(connected.caller, { kind: 'invoice', json, idempotencyKey: randomUUID() })).id;
}

describe('searching for an invoice of ours', () => {
  test('finds it in two calls among 5,000 changes by this app’s own', async () => {
    const search = toSearch();
    const id = await make(search.writeId);
    await harness.control.touch({ tenantId, contactId: big() });
    await harness.control.clearRequests();
    const { documents, isWhole } = await xero.findWrittenInvoices(connected.caller, search);
    expect([documents.map((document) => document.id), isWhole]).toEqual([[id], true]);
    const [list, one, ...more] = await harness.control.requests();
    expect([list?.query.createdbymyapp ?? list?.query.createdByMyApp, one?.path, more]).toEqual([
      'true',
      expect.stringMatching(new RegExp(`/Invoices/${id}$`)),
      [],
    ]);
  });

  test('finds none in one complete call among this app’s', async () => {
    await make(randomUUID());
    await harness.control.touch({ tenantId, contactId: big() });
    await harness.control.clearRequests();
    expect(await xero.findWrittenInvoices(connected.caller, toSearch())).toEqual({ documents: [], isWhole: true });
    expect(await harness.control.requests()).toHaveLength(1);
  });

  test('is not whole when another app may have sent it and too much changed', async () => {
    await harness.control.touch({ tenantId, contactId: big() });
    const found = await xero.findWrittenInvoices(connected.caller, toSearch({ isByThisApp: false }));
    expect(found).toEqual({ documents: [], isWhole: false });
  });

  test('is whole when nothing of the contact changed since', async () => {
    const later = new Date(harness.clock.now().getTime() + 3_600_000).toISOString();
    const found = await xero.findWrittenInvoices(connected.caller, toSearch({ isByThisApp: false, since: later }));
    expect(found).toEqual({ documents: [], isWhole: true });
  });

  test('is found beside an unreadable row', async () => {
    const search = toSearch();
    const id = await make(search.writeId);
    await harness.control.updateInvoice({ tenantId, InvoiceID: await make(randomUUID()), Reference: 'unreadable' });
    const rows = [{ match: { Reference: 'unreadable' }, set: { CurrencyCode: '', Total: null } }];
    await harness.control.fault({ kind: 'alter', path: '/Invoices$', method: 'GET', alteration: { rows } });
    const { documents, isWhole } = await xero.findWrittenInvoices(connected.caller, search);
    expect([documents.map((document) => document.id), isWhole]).toEqual([[id], true]);
  });
});

describe('searching for bills by their number', () => {
  const addBill = (InvoiceNumber: string) =>
    harness.control.addInvoice({
      ...{ tenantId, Contact: { ContactID: big() }, Type: 'ACCPAY' as const, Total: 5, Status: 'AUTHORISED' as const },
      InvoiceNumber,
    });
  const numbersOf = async (number: string) =>
    (await xero.findBillsByNumber(connected.caller, { contactId: big(), number })).map((bill) => bill.number);

  test('finds a bill with a comma or quotation mark in its number', async () => {
    // Xero's filter would split each of these.
    const numbers = ['MAY-7,8', '"4711"', '2026,05,3'];
    for (const number of numbers) await addBill(number);
    await addBill('MAY-7');
    for (const number of numbers) expect(await numbersOf(` ${number.toLowerCase()}`)).toEqual([number]);
    expect(await numbersOf('MAY-7,9')).toEqual([]);
    expect(await numbersOf('MAY-7')).toEqual(['MAY-7']);
  });

  test('a voided bill or our own invoice leaves the number free', async () => {
    const { InvoiceID } = await addBill('JUNE-1,2');
    await harness.control.updateInvoice({ tenantId, InvoiceID, Status: 'VOIDED' });
    await harness.control.addInvoice({ tenantId, Contact: { ContactID: big() }, Total: 5, InvoiceNumber: 'JUNE-3,4' });
    expect([await numbersOf('JUNE-1,2'), await numbersOf('JUNE-3,4')]).toEqual([[], []]);
  });
});

describe('searching for a quote', () => {
  const quoteSearch = { date: '2026-11-20', number: undefined, isAlike: () => true };

  test('finds a quote of that day and contact only', async () => {
    const Contact = { ContactID: big() };
    const lines = [{ Description: 'Desk', Quantity: 1, UnitAmount: 10, AccountCode: '200' }];
    const send = (day: string) =>
      xero.createDocument(connected.caller, {
        kind: 'quote',
        json: JSON.stringify({ Quotes: [{ Contact, Date: day, LineItems: lines }] }),
        idempotencyKey: randomUUID(),
      });
    const quote = await send('2026-11-20');
    await send('2026-11-25');
    const search = { ...quoteSearch, contactId: big(), since: since() };
    const isOfTheDay = ({ date }: { date: string | null }) => date === '2026-11-20';
    const found = await xero.findWrittenQuotes(connected.caller, { ...search, isAlike: isOfTheDay });
    expect([found.documents.map(({ id }) => id), found.isWhole]).toEqual([[quote.id], true]);
    const other = await xero.findWrittenQuotes(connected.caller, { ...search, contactId: randomUUID() });
    expect(other).toEqual({ documents: [], isWhole: true });
  });

  test('is not whole when a possible quote cannot be parsed', async () => {
    const Contact = { ContactID: big() };
    const lines = [{ Description: 'Desk', Quantity: 1, UnitAmount: 10, AccountCode: '200' }];
    const json = JSON.stringify({ Quotes: [{ Contact, Date: '2026-11-20', LineItems: lines }] });
    await xero.createDocument(connected.caller, { kind: 'quote', json, idempotencyKey: randomUUID() });
    const alteration = { rows: [{ set: { CurrencyCode: '' } }] };
    await harness.control.fault({ kind: 'alter', path: '/Quotes$', method: 'GET', alteration });
    const found = await xero.findWrittenQuotes(connected.caller, { ...quoteSearch, contactId: big(), since: since() });
    expect(found).toEqual({ documents: [], isWhole: false });
  });
});
