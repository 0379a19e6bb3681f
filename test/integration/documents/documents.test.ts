import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type DocumentList, listDocumentsRoute, openedDocumentSchema } from '#shared/contract/documents.ts';
import { presets } from '#test/support/people/admin.ts';
import type { Visit } from '#test/support/people/visit.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let contactId: string;
let tenantId: string;
beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
  await app.admin.grant({ ben: presets.sales, priya: presets.full, tom: [] });
  ({ contactId } = await app.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd'));
  tenantId = (await app.deps.store.connections.find(app.workspace.id))?.organisationId ?? '';
});
afterAll(() => app.stop());
beforeEach(async () => {
  await app.control.clearFaults();
  await app.advanceSeconds(61);
});

function open(userId = 'priya', recordId = '1001') {
  return app.visit({ userId, recordType: 'contact', recordId });
}
function list(session: Visit, query: Record<string, string>) {
  return session.call(listDocumentsRoute, { query });
}
function numbers({ documents }: DocumentList) {
  return documents.map(({ number }) => number);
}
async function callsToXero() {
  return (await app.control.requests()).map(({ path }) => path.replace('/api.xro/2.0', ''));
}

describe('View Details of a contact', () => {
  test('lists most overdue invoices first, without a call to Xero', async () => {
    const session = await open();
    await app.control.clearRequests();
    const answer = await list(session, { kind: 'invoice' });
    expect(await callsToXero()).toEqual([]);
    expect(answer).toMatchObject({ page: 1, pageCount: 1, stale: false });
    expect(answer.total).toBe(answer.documents.length);
    const [first, ...rest] = answer.documents;
    expect(first).toMatchObject({
      amountDue: '4200.00',
      status: 'AUTHORISED',
      contact: { id: contactId, name: 'Harbour Lights Pty Ltd' },
      url: expect.stringContaining('/invoicing/view/'),
    });
    expect(first?.daysLate).toBeGreaterThan(0);
    expect(rest.every(({ daysLate }) => daysLate === null)).toBe(true);
    const dates = rest.map(({ date }) => date ?? '');
    expect(dates).toEqual(dates.toSorted().toReversed());
  });

  test('returns only documents with the given status or text', async () => {
    const session = await open();
    const all = await list(session, { kind: 'invoice', sort: 'newest' });
    const overdue = await list(session, { kind: 'invoice', status: 'overdue' });
    expect(overdue.documents.map(({ amountDue }) => amountDue)).toEqual(['4200.00']);
    const [one] = all.documents;
    const found = await list(session, { kind: 'invoice', search: ` ${one?.number?.toLowerCase()} ` });
    expect(numbers(found)).toContain(one?.number);
    expect((await list(session, { kind: 'invoice', search: 'no such number' })).total).toBe(0);
    const drafts = await list(session, { kind: 'invoice', status: 'DRAFT' });
    expect(drafts.documents.every(({ status }) => status === 'DRAFT')).toBe(true);
    const quotes = await list(session, { kind: 'quote' });
    expect(quotes.documents.map(({ status }) => status).sort()).toEqual(['ACCEPTED', 'DRAFT', 'SENT']);
  });

  test('reads closed documents in one call, then none until ours change', async () => {
    const session = await open();
    const paid = await app.control.addInvoice({
      ...{ tenantId, Contact: { ContactID: contactId }, Type: 'ACCREC', Total: 77, Status: 'AUTHORISED' },
      ...{ InvoiceNumber: 'PAID-1', AmountPaid: 77 },
    });
    await app.control.clearRequests();
    const closed = await list(session, { kind: 'invoice', closed: 'true' });
    expect(closed.documents).toContainEqual(expect.objectContaining({ number: 'PAID-1', status: 'PAID' }));
    expect(closed.documents.every(({ status }) => status === 'PAID' || status === 'VOIDED')).toBe(true);
    await list(session, { kind: 'invoice', closed: 'true' });
    expect(await callsToXero()).toEqual(['/Invoices']);
    const voided = await list(session, { kind: 'invoice', closed: 'true', status: 'VOIDED' });
    expect(voided.documents.every(({ status }) => status === 'VOIDED')).toBe(true);
    await list(session, { kind: 'quote', closed: 'true' });
    expect(await list(session, { kind: 'bill', closed: 'true', status: 'overdue' })).toMatchObject({ total: 0 });

    const answer = await session.send('GET', `/api/documents/invoice/${paid.InvoiceID}`);
    const opened = openedDocumentSchema.parse(answer.body);
    expect(opened).toMatchObject({ status: 'PAID', payments: [{ amount: '77.00' }], actions: ['email'] });
    expect(opened.lines.length).toBeGreaterThan(0);
  });

  test('answers 403 for bills without viewBills, and for all without rights', async () => {
    const [ben, tom] = [await open('ben'), await open('tom')];
    expect(await ben.send('GET', '/api/documents?kind=bill')).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
    expect((await tom.send('GET', '/api/documents?kind=invoice')).status).toBe(403);
    const [bill] = (await list(await open(), { kind: 'bill' })).documents;
    expect((await ben.send('GET', `/api/documents/bill/${bill?.id}`)).status).toBe(403);
    expect((await ben.send('GET', `/api/documents/invoice/${bill?.id}`)).status).toBe(404);
  });

  test('reports another record’s document or contact as not found', async () => {
    const session = await open();
    const { organisations } = await app.control.seedInfo();
    const contacts = organisations.find((one) => one.tenantId === tenantId)?.contacts ?? {};
    const [, stranger] = Object.entries(contacts).find(([name]) => name === 'Nordlys Interiør AS') ??
      Object.entries(contacts).find(([, id]) => id !== contactId) ?? ['', ''];
    const foreign = await app.control.addInvoice({
      ...{ tenantId, Contact: { ContactID: stranger }, Type: 'ACCREC', Total: 5, Status: 'AUTHORISED' },
    });
    for (const path of [
      `/api/documents/invoice/${foreign.InvoiceID}`,
      `/api/documents/invoice/${contactId}`,
      `/api/documents?kind=invoice&contactId=${stranger}`,
    ]) {
      expect(await session.send('GET', path)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
    const choice = { add: [{ kind: 'invoice', id: foreign.InvoiceID }] };
    expect((await session.send('PUT', '/api/deal/documents', choice)).status).toBe(404);
  });

  test('when the OpenAPI document is read, then it names these routes', async () => {
    const answer = await fetch(`${app.origin}/docs/openapi.json`);
    const { paths } = (await answer.json()) as { paths: Record<string, Record<string, unknown>> };
    expect(paths['/api/documents']?.get).toMatchObject({ parameters: expect.any(Array) });
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/api/documents/{kind}/{id}', '/api/deal/documents']));
  });

  test('without a link, there is nothing to list', async () => {
    const session = await open('priya', '1004');
    expect(await list(session, { kind: 'invoice' })).toMatchObject({
      documents: [],
      total: 0,
      pageCount: 1,
      asOf: null,
    });
  });
});
