import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { getChoicesRoute } from '#shared/contract/choices.ts';
import { getViewRoute } from '#shared/contract/session/view.ts';
import type { Fault } from '#test/sandbox/xero/faults.ts';
import { presets } from '#test/support/people/admin.ts';
import { type DocumentRequest, newDocument, sendDocument } from '#test/support/people/documents.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let contactId: string;
let tenantId: string;
let date: string;
beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
  await app.admin.grant({ ben: presets.full });
  ({ contactId } = await app.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd'));
  tenantId = (await app.control.seedInfo()).organisations[0]?.tenantId ?? '';
  date = (await (await open()).call(getChoicesRoute)).organisation.today;
});
afterAll(() => app.stop());
// A new minute, so that each test has Xero's full limit.
beforeEach(async () => {
  await app.control.clearFaults();
  await app.advanceSeconds(61);
});

type Path = '/api/invoices' | '/api/quotes' | '/api/bills';

function open() {
  return app.visit({ userId: 'ben', recordType: 'contact', recordId: '1001' });
}
function newForm(path: Path = '/api/invoices', change: object = {}) {
  const mark = randomUUID();
  const bill = [{ description: mark, quantity: '1', unitAmount: '9.00', accountCode: '400', taxType: 'INPUT' }];
  const own = path === '/api/bills' ? { number: mark, lines: bill } : { reference: mark };
  const body = newDocument(contactId, { date, ...own, ...change });
  return { mark, request: { path, key: randomUUID(), body } satisfies DocumentRequest };
}
async function save(request: DocumentRequest) {
  return sendDocument(await open(), request);
}
function meet(fault: Omit<Fault, 'method' | 'path'>) {
  return app.control.fault({ ...fault, method: 'PUT', path: '/(Invoices|Quotes|Contacts)$' });
}
/** All documents in Xero with the form's mark, including deleted ones. */
async function listMade(mark: string): Promise<string[]> {
  const { invoices, bills, quotes } = await app.control.documents({ tenantId, contactId });
  return [
    ...invoices.filter(({ Reference }) => Reference === mark).map(({ InvoiceID }) => InvoiceID),
    ...bills.filter(({ InvoiceNumber }) => InvoiceNumber === mark).map(({ InvoiceID }) => InvoiceID),
    ...quotes.filter(({ Reference }) => Reference === mark).map(({ QuoteID }) => QuoteID),
  ];
}
async function puts() {
  return (await app.control.requests()).filter(
    ({ method, path }) => method === 'PUT' && /(Invoices|Quotes)$/.test(path),
  );
}

async function expectOne(mark: string, request: DocumentRequest): Promise<void> {
  const saved = await save(request);
  expect(saved.status).toBe(201);
  expect(await listMade(mark)).toEqual([(saved.body.document as { id: string }).id]);
  expect(await (await open()).call(getViewRoute)).not.toHaveProperty('unfinished');
}

const html = '<html><body>Something stands in the way</body></html>';
const statuses = [400, 401, 402, 403, 404, 405, 408, 409, 412, 413, 421, 425, 499];

describe('when a proxy answers in Xero’s place', () => {
  test.each(statuses)('saving again finds a document that was answered with %i', async (status) => {
    const { mark, request } = newForm();
    await meet({ kind: 'late-status', status, body: html });
    const first = await save(request);
    expect(first).toMatchObject({ body: { write: { state: 'pending' } } });
    expect(await listMade(mark)).toHaveLength(1);
    await expectOne(mark, request);
  });

  test.each(['/api/quotes', '/api/bills'] as const)(
    'saving %s again after a JSON 404 makes no second, whatever changed',
    async (path) => {
      const { mark, request } = newForm(path);
      await meet({ kind: 'late-status', status: 404, body: { Message: 'not here' } });
      expect((await save(request)).status).toBe(502);
      const other = { ...request, body: { ...request.body, currency: 'USD' } };
      expect(await save(other)).toMatchObject({ status: 409, body: { code: 'outcome_unknown' } });
      await expectOne(mark, request);
    },
  );

  test.each([404, 408, 409, 400])('a retry that was done and answered with %i leaves one document', async (status) => {
    const { mark, request } = newForm();
    await meet({ kind: 'drop' });
    await save(request);
    await meet({ kind: 'late-status', status, body: html });
    expect(await save(request)).toMatchObject({ body: { write: { state: 'pending' } } });
    await expectOne(mark, request);
  });

  test('Add Contact again links a contact that was answered with 404', async () => {
    const name = `Made ${randomUUID()}`;
    const create = async () =>
      (await app.visit({ userId: 'ben', recordType: 'contact', recordId: '1002' })).send('POST', '/api/contacts', {
        name,
      });
    await meet({ kind: 'late-status', status: 404, body: html });
    expect((await create()).status).toBe(502);
    const again = await create();
    expect(again).toMatchObject({ status: 201, body: { contact: { name } } });
    const { contacts } = (await app.control.seedInfo()).organisations[0] ?? {};
    expect(Object.keys(contacts ?? {}).filter((known) => known === name)).toHaveLength(1);
  });
});

describe('what Xero itself says', () => {
  test('a refused first sending shows why, and a corrected form may follow', async () => {
    const { mark, request } = newForm();
    await meet({ kind: 'status', status: 400 });
    const refused = await save(request);
    expect(refused).toMatchObject({ status: 422, body: { code: 'xero_rejected', errors: [{ message: /asked for/ }] } });
    expect(refused.body).not.toHaveProperty('write');
    await expectOne(mark, { ...request, body: { ...request.body, currency: 'USD' } });
  });

  test('a refused retry that made nothing allows correcting the form', async () => {
    const { mark, request } = newForm();
    await meet({ kind: 'drop' });
    await save(request);
    await meet({ kind: 'status', status: 400 });
    expect(await save(request)).toMatchObject({ status: 422, body: { code: 'xero_rejected' } });
    await expectOne(mark, { ...request, body: { ...request.body, currency: 'USD' } });
  });

  test('a retry refused because the first was done returns that one', async () => {
    const { mark, request } = newForm('/api/invoices', { number: `N-${randomUUID()}` });
    await meet({ kind: 'lose-answer' });
    await save(request);
    await app.control.forgetKeys();
    const { xero } = app.deps;
    const { findWrittenInvoices } = xero;
    // The first sending arrives just after the search that precedes the retry.
    xero.findWrittenInvoices = async () => {
      xero.findWrittenInvoices = findWrittenInvoices;
      return { documents: [], isWhole: true };
    };
    await app.control.clearRequests();
    await expectOne(mark, request);
    expect(await puts()).toHaveLength(1);
  });

  test('a first sending stopped by the limit allows changing the form', async () => {
    const { mark, request } = newForm();
    await meet({ kind: 'status', status: 429, retryAfterSeconds: 1 });
    const limited = await save(request);
    expect(limited).toMatchObject({ status: 503, body: { code: 'xero_rate_limited' } });
    expect(limited.body).not.toHaveProperty('write');
    await app.advanceSeconds(61);
    await expectOne(mark, { ...request, body: { ...request.body, currency: 'USD' } });
  });

  test.each([
    [429, 'xero_rate_limited'],
    [403, 'xero_forbidden'],
  ])('a retry answered with %i leaves the outcome unknown until found', async (status, code) => {
    const { mark, request } = newForm();
    await meet({ kind: 'drop' });
    await save(request);
    await meet({ kind: 'status', status, retryAfterSeconds: 1 });
    expect(await save(request)).toMatchObject({ body: { code, write: { state: 'pending' } } });
    await app.advanceSeconds(61);
    const other = { ...request, body: { ...request.body, currency: 'USD' } };
    expect(await save(other)).toMatchObject({ status: 409, body: { code: 'outcome_unknown' } });
    await expectOne(mark, request);
  });
});

describe('searching before sending again', () => {
  test.each([
    [429, 'xero_rate_limited'],
    [403, 'xero_forbidden'],
    [404, 'xero_invalid_answer'],
  ])('a search answered with %i sends nothing; the next one finds it', async (status, code) => {
    const { mark, request } = newForm();
    await meet({ kind: 'lose-answer' });
    await save(request);
    await app.control.clearRequests();
    await app.control.fault({ kind: 'status', status, retryAfterSeconds: 1, method: 'GET', path: '/Invoices$' });
    expect(await save(request)).toMatchObject({ body: { code, write: { state: 'pending' } } });
    await app.advanceSeconds(61);
    await expectOne(mark, request);
    expect(await puts()).toEqual([]);
  });

  test.each(['/api/invoices', '/api/quotes', '/api/bills'] as const)(
    '%s with a forgotten key is found and not sent again',
    async (path) => {
      const { mark, request } = newForm(path);
      await meet({ kind: 'lose-answer' });
      await save(request);
      await app.control.forgetKeys();
      await app.control.clearRequests();
      await expectOne(mark, request);
      expect(await puts()).toEqual([]);
    },
  );

  test('finds a document that was moved to another contact', async () => {
    const { request } = newForm();
    await meet({ kind: 'lose-answer' });
    await save(request);
    const { contacts = {} } = (await app.control.seedInfo()).organisations[0] ?? {};
    const made = (await app.control.documents({ tenantId, contactId })).invoices.at(-1);
    await app.control.updateInvoice({
      tenantId,
      InvoiceID: made?.InvoiceID ?? '',
      Contact: { ContactID: contacts['Nordlys Trading AS'] ?? '' },
    });
    await app.advanceSeconds(600);
    await app.control.clearRequests();
    expect(await save(request)).toMatchObject({ status: 201, body: { document: { id: made?.InvoiceID } } });
    expect(await puts()).toEqual([]);
  });

  test('an incomplete search sends nothing and discards nothing', async () => {
    const { mark, request } = newForm();
    await meet({ kind: 'lose-answer' });
    const { write } = (await save(request)).body as { write: { id: string } };
    await app.advanceSeconds(600);
    const { xero } = app.deps;
    const { findWrittenInvoices } = xero;
    xero.findWrittenInvoices = async () => ({ documents: [], isWhole: false });
    await app.control.clearRequests();
    expect(await save(request)).toMatchObject({ status: 409, body: { code: 'outcome_unknown', write } });
    const path = `/api/writes/${write.id}/resolve`;
    const discarded = await (await open()).send('POST', path, { action: 'discard' });
    expect(discarded).toMatchObject({ status: 409, body: { code: 'outcome_unknown' } });
    expect(await puts()).toEqual([]);
    xero.findWrittenInvoices = findWrittenInvoices;
    await expectOne(mark, request);
  });

  test('a quote that two lost forms asked for is for a person to decide', async () => {
    const { mark, request } = newForm('/api/quotes');
    await meet({ kind: 'lose-answer' });
    await save(request);
    const twin = { ...request, key: randomUUID() };
    await meet({ kind: 'drop' });
    await save(twin);
    expect(await save(twin)).toMatchObject({ status: 409, body: { write: { state: 'undecided' } } });
    expect(await listMade(mark)).toHaveLength(1);
  });

  test('discarding ends nothing before the person was shown what was found', async () => {
    const { mark, request } = newForm('/api/quotes');
    await meet({ kind: 'lose-answer', times: 2 });
    const { write } = (await save(request)).body as { write: { id: string } };
    await save({ ...request, key: randomUUID() });
    await app.advanceSeconds(600);
    const discard = async () => (await open()).send('POST', `/api/writes/${write.id}/resolve`, { action: 'discard' });
    expect(await discard()).toMatchObject({ status: 409, body: { write: { state: 'undecided' } } });
    const view = await (await open()).call(getViewRoute);
    const unfinished = 'unfinished' in view ? (view.unfinished ?? []) : [];
    expect(unfinished.find(({ id }) => id === write.id)?.candidates).toHaveLength(2);
    // The person has seen both now, and says that none is it.
    expect(await discard()).toMatchObject({ status: 200, body: { created: null } });
    expect(await listMade(mark)).toHaveLength(2);
  });
});
