import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AccountingApi } from 'xero-node/dist/gen/api/accountingApi.js';
import type { Question } from '#server/xero/calling/send-question.ts';
import { arrayWrites } from './arrays.ts';
import { getAttachments, postInvoiceAttachment, putAttachment } from './attachments.ts';
import { getContactById, getContacts, putContact } from './contacts.ts';
import * as credits from './credits.ts';
import { getHistory, putHistory } from './history.ts';
import * as invoices from './invoices.ts';
import { getPayments } from './payments.ts';
import { getPurchaseOrderByNumber, getPurchaseOrders } from './purchase-orders.ts';
import * as quotes from './quotes.ts';
import * as settings from './settings.ts';

/** What xero-node really sends: each named option must arrive under Xero's own name for it. */

const id = 'aaaaaaaa-0000-4000-8000-000000000000';
const write = { json: '{"stored":true}', idempotencyKey: 'key-1' };
const since = '2026-11-01T10:00:00.000Z';
const paging = { page: 2, pageSize: 7 };

type Sent = { line: string; since?: string; key?: string; body: string };
const received: Sent[] = [];
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { 'if-modified-since': modifiedSince, 'idempotency-key': key } = request.headers;
  const line = decodeURIComponent(`${request.method} ${request.url}`).replaceAll('+', ' ');
  received.push({ line, since: modifiedSince, key: key?.toString(), body: Buffer.concat(chunks).toString() });
  response.setHeader('content-type', 'application/json').end('{}');
});

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => server.close());

async function send(question: Question): Promise<Sent | undefined> {
  received.length = 0;
  const { port } = server.address() as AddressInfo;
  await Promise.allSettled([question.send(new AccountingApi(`http://127.0.0.1:${port}`), 'tenant')]);
  expect(received).toHaveLength(1);
  return received[0];
}

const lists: [string, Question, string][] = [
  [
    'invoices by every option',
    invoices.getInvoices({
      ...{ where: 'Type=="ACCREC"', order: 'Date DESC', ids: ['i1', 'i2'], contactIds: ['c1', 'c2'] },
      ...{ invoiceNumbers: ['n1'], statuses: ['DRAFT', 'PAID'], searchTerm: 'chair', createdByMyApp: true },
      ...{ hasUnitDecimals: true, summaryOnly: true, ...paging },
    }),
    'GET /Invoices?where=Type=="ACCREC"&order=Date DESC&IDs=i1,i2&InvoiceNumbers=n1&ContactIDs=c1,c2&Statuses=DRAFT,PAID&page=2&createdByMyApp=true&unitdp=4&summaryOnly=true&pageSize=7&searchTerm=chair',
  ],
  ['invoices by no option', invoices.getInvoices(paging), 'GET /Invoices?page=2&pageSize=7'],
  ['an invoice', invoices.getInvoiceById({ id }), `GET /Invoices/${id}?unitdp=4`],
  ['the page of an invoice', invoices.getOnlineInvoice({ id }), `GET /Invoices/${id}/OnlineInvoice`],
  ['the PDF of an invoice', invoices.getInvoicePdf({ id }), `GET /Invoices/${id}`],
  [
    'quotes by every option',
    quotes.getQuotes({
      ...{ dateFrom: '2026-01-01', dateTo: '2026-01-31', contactId: 'c1', status: 'SENT', number: 'QU-1' },
      ...{ order: 'Date DESC', page: 2 },
    }),
    'GET /Quotes?DateFrom=2026-01-01&DateTo=2026-01-31&ContactID=c1&Status=SENT&page=2&order=Date DESC&QuoteNumber=QU-1',
  ],
  ['a quote', quotes.getQuoteById({ id }), `GET /Quotes/${id}`],
  ['the PDF of a quote', quotes.getQuotePdf({ id }), `GET /Quotes/${id}`],
  [
    'contacts by every option',
    getContacts({
      ...{ where: 'AccountNumber=="7"', order: 'Name ASC', ids: ['c1', 'c2'], searchTerm: 'ann' },
      ...{ includeArchived: true, ...paging },
    }),
    'GET /Contacts?where=AccountNumber=="7"&order=Name ASC&IDs=c1,c2&page=2&includeArchived=true&summaryOnly=true&searchTerm=ann&pageSize=7',
  ],
  ['whole contacts', getContacts({ isFull: true, ...paging }), 'GET /Contacts?page=2&pageSize=7'],
  ['a contact', getContactById({ id }), `GET /Contacts/${id}`],
  ['credit notes', credits.getCreditNotes({ where: 'a', ...paging }), 'GET /CreditNotes?where=a&page=2&pageSize=7'],
  [
    'whole credit notes',
    credits.getFullCreditNotes({ order: 'Date DESC', ...paging }),
    'GET /CreditNotes?order=Date DESC&page=2&unitdp=4&pageSize=7',
  ],
  ['prepayments', credits.getPrepayments({ where: 'a', ...paging }), 'GET /Prepayments?where=a&page=2&pageSize=7'],
  ['overpayments', credits.getOverpayments({ where: 'a', ...paging }), 'GET /Overpayments?where=a&page=2&pageSize=7'],
  ['payments', getPayments({ order: 'Date DESC', ...paging }), 'GET /Payments?order=Date DESC&page=2&pageSize=7'],
  [
    'purchase orders',
    getPurchaseOrders({ order: 'Date DESC', ...paging }),
    'GET /PurchaseOrders?order=Date DESC&page=2&pageSize=7',
  ],
  ['a purchase order', getPurchaseOrderByNumber({ number: 'PO 7' }), 'GET /PurchaseOrders/PO 7'],
  ['the organisation', settings.getOrganisations(), 'GET /Organisation'],
  ['accounts', settings.getAccounts(), 'GET /Accounts'],
  ['tax rates', settings.getTaxRates(), 'GET /TaxRates'],
  ['items', settings.getItems(), 'GET /Items?unitdp=4'],
  ['tracking categories', settings.getTrackingCategories(), 'GET /TrackingCategories'],
  [
    'archived tracking too',
    settings.getTrackingCategories({ includeArchived: true }),
    'GET /TrackingCategories?includeArchived=true',
  ],
  ['currencies', settings.getCurrencies(), 'GET /Currencies'],
  ['branding themes', settings.getBrandingThemes(), 'GET /BrandingThemes'],
  ['files of a bill', getAttachments({ kind: 'bill', id }), `GET /Invoices/${id}/Attachments`],
  ['files of a quote', getAttachments({ kind: 'quote', id }), `GET /Quotes/${id}/Attachments`],
  ['history of a bill', getHistory({ kind: 'bill', id }), `GET /Invoices/${id}/History`],
  ['history of a quote', getHistory({ kind: 'quote', id }), `GET /Quotes/${id}/History`],
];

test.each(lists)('%s', async (_, question, line) => {
  expect(await send(question)).toMatchObject({ line, since: undefined, key: undefined });
  expect([question.isWrite ?? false, question.isConditional ?? false]).toEqual([false, false]);
});

const changed: [string, Question][] = [
  ['invoices', invoices.getInvoices({ modifiedSince: since, ...paging })],
  ['quotes', quotes.getQuotes({ modifiedSince: since, order: 'Date DESC', page: 1 })],
  ['contacts', getContacts({ modifiedSince: since, ...paging })],
  ['credit notes', credits.getFullCreditNotes({ modifiedSince: since, order: 'Date DESC', ...paging })],
  ['payments', getPayments({ modifiedSince: since, order: 'Date DESC', ...paging })],
  ['purchase orders', getPurchaseOrders({ modifiedSince: since, order: 'Date DESC', ...paging })],
];

test.each(changed)('%s changed since a moment may be answered by a 304', async (_, question) => {
  expect(new Date((await send(question))?.since ?? '').toISOString()).toBe(since);
  expect(question.isConditional).toBe(true);
});

const file = {
  fileName: 'a b.pdf',
  contentType: 'application/pdf',
  bytes: Buffer.from('%PDF-'),
  idempotencyKey: 'key-1',
};
const writes: [string, Question, string, string][] = [
  ['new invoices', invoices.putInvoices(write), 'PUT /Invoices?summarizeErrors=true&unitdp=4', write.json],
  ['a changed invoice', invoices.postInvoice({ id, ...write }), `POST /Invoices/${id}?unitdp=4`, write.json],
  ['an e-mail', invoices.postInvoiceEmail({ id, idempotencyKey: 'key-1' }), `POST /Invoices/${id}/Email`, '{}'],
  ['new quotes', quotes.putQuotes(write), 'PUT /Quotes?summarizeErrors=true', write.json],
  ['a changed quote', quotes.postQuote({ id, ...write }), `POST /Quotes/${id}`, write.json],
  ['a note on a bill', putHistory({ kind: 'bill', id, ...write }), `PUT /Invoices/${id}/History`, write.json],
  ['a note on a quote', putHistory({ kind: 'quote', id, ...write }), `PUT /Quotes/${id}/History`, write.json],
  [
    'a file for an invoice',
    putAttachment({ kind: 'invoice', id, ...file }),
    `PUT /Invoices/${id}/Attachments/a b.pdf?IncludeOnline=false`,
    '%PDF-',
  ],
  [
    'other content for a file of an invoice',
    postInvoiceAttachment({ id, ...file }),
    `POST /Invoices/${id}/Attachments/a b.pdf`,
    '%PDF-',
  ],
  [
    'a file for a quote',
    putAttachment({ kind: 'quote', id, ...file }),
    `PUT /Quotes/${id}/Attachments/a b.pdf`,
    '%PDF-',
  ],
];

test.each(writes)('%s: the stored bytes under their key', async (_, question, line, bytes) => {
  expect(await send(question)).toMatchObject({ line, key: 'key-1' });
  expect([question.isWrite, String(question.body?.bytes)]).toEqual([true, bytes]);
});

const { contact, item, invoice, purchase_order: order, credit_note: note, payment } = arrayWrites;
test.each([
  ['PUT /Contacts?summarizeErrors=false', contact.create],
  ['POST /Contacts?summarizeErrors=false', contact.update],
  ['PUT /Items?summarizeErrors=false&unitdp=4', item.create],
  ['POST /Items?summarizeErrors=false&unitdp=4', item.update],
  ['PUT /Invoices?summarizeErrors=false&unitdp=4', invoice.create],
  ['POST /Invoices?summarizeErrors=false&unitdp=4', invoice.update],
  ['PUT /PurchaseOrders?summarizeErrors=false', order.create],
  ['POST /PurchaseOrders?summarizeErrors=false', order.update],
  ['PUT /CreditNotes?summarizeErrors=false&unitdp=4', note.create],
  ['POST /CreditNotes?summarizeErrors=false&unitdp=4', note.update],
  ['PUT /Payments?summarizeErrors=false', payment.create],
])('%s tells of each element alone', async (line, endpoint) => {
  const question = endpoint(write);
  expect(await send(question)).toMatchObject({ line, key: 'key-1' });
  expect([question.isWrite, question.isAnsweredByRow, question.body?.bytes]).toEqual([true, true, write.json]);
});

test('a new contact holds what was given and nothing else', async () => {
  const contact = { name: ' Ann  Lee ', email: '', address: { line1: '1 Quay' }, contactNumber: 'n-1' };
  const sent = await send(putContact({ contact, idempotencyKey: 'key-1' }));
  expect(sent).toMatchObject({ line: 'PUT /Contacts?summarizeErrors=true', key: 'key-1' });
  expect(JSON.parse(sent?.body ?? '')).toEqual({
    Contacts: [
      { Name: 'Ann Lee', ContactNumber: 'n-1', Addresses: [{ AddressType: 'POBOX', AddressLine1: '1 Quay' }] },
    ],
  });
});

test('nothing but an endpoint builds a question', () => {
  // @ts-expect-error Only buildQuestion knows the mark of a question.
  const question: Question = { name: 'GET /Invoices', send: () => Promise.resolve() };
  expect(Object.getOwnPropertySymbols(question)).toEqual([]);
  expect(Object.getOwnPropertySymbols(settings.getAccounts())).toHaveLength(1);
});
