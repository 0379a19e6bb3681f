import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { DocumentAction } from '#shared/contract/document-actions.ts';
import type { Invoice, Quote } from '#test/sandbox/xero/records/types.ts';
import { sendDocument } from '#test/support/people/documents.ts';
import type { Visit } from '#test/support/people/visit.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let contactId: string;
let tenantId: string;
let session: Visit;
beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
  ({ contactId } = await app.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd'));
  tenantId = (await app.control.seedInfo()).organisations[0]?.tenantId ?? '';
});
afterAll(() => app.stop());
beforeEach(async () => {
  await app.advanceSeconds(61);
  session = await app.visit({ userId: 'olivia', recordType: 'contact', recordId: '1001' });
});

/** A document with a value in every member that a replacement would lose. */
function full(Type: Invoice['Type'], Status: Invoice['Status']) {
  return {
    tenantId,
    Type,
    Status,
    Contact: { ContactID: contactId },
    InvoiceNumber: `N-${randomUUID().slice(0, 8)}`,
    Date: '2026-11-10',
    DueDate: '2026-12-24',
    LineAmountTypes: 'Inclusive' as const,
    CurrencyCode: 'USD',
    CurrencyRate: 0.6512,
    Url: 'https://crm.example/deals/7#ledgerside=x',
    ...(Type === 'ACCREC' ? { Reference: 'PO 7731', SentToContact: false } : {}),
    LineItems: [
      {
        Description: 'Lamps',
        Quantity: 10,
        UnitAmount: 0.1234,
        AccountCode: Type === 'ACCREC' ? '200' : '400',
        TaxType: Type === 'ACCREC' ? 'OUTPUT' : 'INPUT',
        TaxAmount: 0.1,
        ...(Type === 'ACCREC' ? { DiscountAmount: 0.2 } : {}),
        others: { Fitter: 'Ana' },
      },
    ],
  };
}

async function find(id: string): Promise<Invoice | Quote | undefined> {
  const { invoices, bills, quotes } = await app.control.documents({ tenantId, contactId });
  return (
    [...invoices, ...bills].find(({ InvoiceID }) => InvoiceID === id) ?? quotes.find(({ QuoteID }) => QuoteID === id)
  );
}

function readContact() {
  return app.deps.xero.getContactDefaults(
    { workspaceId: app.workspace.id, organisationId: tenantId, priority: 'person' },
    contactId,
  );
}

const acts: [Invoice['Type'], Invoice['Status'], DocumentAction, Partial<Invoice>][] = [
  ['ACCREC', 'DRAFT', 'submit', { Status: 'SUBMITTED' }],
  ['ACCREC', 'DRAFT', 'approve', { Status: 'AUTHORISED' }],
  ['ACCREC', 'SUBMITTED', 'approve', { Status: 'AUTHORISED' }],
  ['ACCREC', 'DRAFT', 'delete', { Status: 'DELETED', AmountDue: 0 }],
  ['ACCREC', 'AUTHORISED', 'void', { Status: 'VOIDED', AmountDue: 0 }],
  ['ACCREC', 'AUTHORISED', 'email', { SentToContact: true }],
  ['ACCPAY', 'DRAFT', 'submit', { Status: 'SUBMITTED' }],
  ['ACCPAY', 'DRAFT', 'approve', { Status: 'AUTHORISED' }],
  ['ACCPAY', 'SUBMITTED', 'delete', { Status: 'DELETED', AmountDue: 0 }],
  ['ACCPAY', 'AUTHORISED', 'void', { Status: 'VOIDED', AmountDue: 0 }],
];
test.each(acts)('%s, %s: %s changes nothing but its own', async (Type, Status, action, change) => {
  const invoice = await app.control.addInvoice(full(Type, Status));
  const contact = await readContact();
  const path = `/api/${Type === 'ACCREC' ? 'invoices' : 'bills'}/${invoice.InvoiceID}/actions`;
  expect(await sendDocument(session, { path, key: randomUUID(), body: { action } })).toMatchObject({
    status: 200,
    body: { warnings: [] },
  });
  const after = await find(invoice.InvoiceID);
  expect(after).toEqual({ ...invoice, ...change, updatedAt: after?.updatedAt });
  expect({ ...(await readContact()), asOf: '' }).toEqual({ ...contact, asOf: '' });
});

test('a file and a note leave the document they hang on as it was', async () => {
  const caller = { workspaceId: app.workspace.id, organisationId: tenantId, priority: 'person' as const };
  const { InvoiceID: id } = await app.control.addInvoice(full('ACCREC', 'AUTHORISED'));
  const lines = [{ Description: 'Lamp', UnitAmount: 110, TaxType: 'OUTPUT', AccountCode: '200' }];
  const draft = { tenantId, Contact: { ContactID: contactId }, Status: 'SENT' as const, Title: 'Jetty', Terms: 'None' };
  const quote = await app.control.addQuote({ ...draft, LineAmountTypes: 'Inclusive', LineItems: lines });
  for (const place of [
    { kind: 'invoice' as const, id },
    { kind: 'quote' as const, id: quote.QuoteID },
  ]) {
    const before = await find(place.id);
    const file = Buffer.from('%PDF-1.4 a receipt');
    expect((await session.send('PUT', `/api/${place.kind}s/${place.id}/attachments/a.pdf`, file)).status).toBe(200);
    const note = { json: '{"HistoryRecords":[{"Details":"Added"}]}', idempotencyKey: randomUUID() };
    await app.deps.xero.addHistory(caller, place, note);
    expect(await find(place.id)).toEqual(before);
  }
  const before = await find(id);
  const other = { fileName: 'a.pdf', contentType: 'application/pdf', bytes: Buffer.from('%PDF-1.4 another') };
  await app.deps.xero.replaceInvoiceFile(caller, id, { ...other, idempotencyKey: randomUUID() });
  expect(await app.control.attachments(id)).toMatchObject([{ fileName: 'a.pdf', size: other.bytes.length }]);
  expect(await find(id)).toEqual(before);
});

/** Each write is proven to change only its own members: here, in quote-status.test.ts, or because PUT only creates. */
test('no other write is sent to Xero than those that are shown here', async () => {
  const folder = fileURLToPath(new URL('../../../server/xero/', import.meta.url));
  const files = (await readdir(folder, { recursive: true })).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  const writes = texts.flatMap((text) =>
    [...text.matchAll(/'((?:PUT|POST|PATCH|DELETE) \/[^']+)'/g)].map(([, name]) => name),
  );
  // Sync sends records whole; `test/contract/sync-requests.test.ts` shows each of its writes.
  const ofSync = [
    ...['DELETE /ContactGroups/{id}/Contacts/{id}', 'DELETE /CreditNotes/{id}/Allocations/{id}', 'POST /Accounts/{id}'],
    ...['POST /Contacts', 'POST /CreditNotes', 'POST /Invoices', 'POST /Items', 'POST /Payments/{id}'],
    ...['POST /PurchaseOrders', 'POST /TaxRates', 'POST /TrackingCategories/{id}/Options/{id}', 'PUT /Accounts'],
    ...['PUT /ContactGroups', 'PUT /ContactGroups/{id}/Contacts', 'PUT /Contacts', 'PUT /CreditNotes'],
    ...['PUT /CreditNotes/{id}/Allocations', 'PUT /Invoices', 'PUT /Items', 'PUT /Payments', 'PUT /PurchaseOrders'],
    ...['PUT /TaxRates', 'PUT /TrackingCategories/{id}/Options'],
  ];
  const shownHere = [
    ...['POST /Invoices/{id}', 'POST /Invoices/{id}/Attachments', 'POST /Invoices/{id}/Email', 'POST /Quotes/{id}'],
    ...['PUT /Contacts', 'PUT /Invoices'],
    ...['PUT /Invoices/{id}/Attachments', 'PUT /Invoices/{id}/History', 'PUT /Quotes', 'PUT /Quotes/{id}/Attachments'],
    'PUT /Quotes/{id}/History',
  ];
  expect(writes.toSorted()).toEqual([...shownHere, ...ofSync].toSorted());
});
