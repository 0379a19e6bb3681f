import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Right } from '#shared/contract/record.ts';
import { signRecordToken } from '#test/sandbox/crm/sign.ts';
import { adminId } from '#test/support/people/admin.ts';
import { buildCrmBackend, type CrmBackend } from '#test/support/people/crm-backend.ts';
import { openRecord, openSync } from '#test/support/people/sync-visits.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let crm: CrmBackend;
beforeAll(async () => {
  app = await startApp();
  crm = buildCrmBackend(app);
  await app.admin.connect();
  const bill = { kind: 'expenses', crmId: 'e-1' };
  const invoice = { kind: 'invoices', crmId: 'i-1' };
  const receipt = { name: 'r.pdf', base64: 'AAAA' };
  for (const [path, data] of Object.entries({
    'expenses/e-1': { description: 'Fuel', amount: '86.40', receipt },
    'expenses/e-2': { description: 'Paper' },
    'invoices/i-1': { number: 'INV-1' },
    'payments/of-invoice': { invoice },
    'payments/of-bill': { bill },
    'payments/of-nothing': {},
    'purchase-orders/po-1': { number: 'PO-1' },
    'supplier-credits/cr-1': { number: 'CR-1' },
    'items/it-1': { code: 'FUEL', name: 'Fuel' },
    'customers/c-1': { name: 'Acme' },
    'suppliers/s-1': { name: 'Caltex' },
  })) {
    const { status } = await crm.send('PUT', `/api/records/${path}`, { version: 1, data });
    if (status !== 202) throw new Error(`${path} was answered ${status}`);
  }
});
afterAll(() => app.stop());

/** Ben with these rights opens the record. */
async function openAsBen(rights: readonly Right[], type: string, id: string) {
  await app.admin.grant({ ben: rights });
  return openRecord(app, 'ben', type, id);
}

describe('opening a synced record', () => {
  test('answers the record and its history, and the receipt by its name only', async () => {
    const { opened, send } = await openAsBen(['view', 'viewBills'], 'expense', 'e-1');
    const record = { kind: 'expenses', crmId: 'e-1', state: 'excluded', title: 'Fuel', data: { amount: '86.40' } };
    expect(opened).toMatchObject({
      record: { type: 'expense', id: 'e-1', name: 'e-1' },
      organisation: { name: 'Demo Company (AU)' },
      connection: { status: 'running' },
      view: { status: 'record', record, history: [{ action: 'put', version: 1 }] },
    });
    expect(opened.view).toMatchObject({ record: { data: { receipt: { name: 'r.pdf' } } } });
    expect(JSON.stringify(opened.view)).not.toContain('AAAA');
    expect((await send('GET', '/api/view')).body).toEqual(opened.view);
    const asked = (await send('GET', '/api/records/expenses/e-1')).body;
    expect(asked).toMatchObject({ record: { data: { receipt: { name: 'r.pdf', base64: 'AAAA' } } } });
  });

  test('needs only its type and id in the token, as numbers too', async () => {
    await crm.send('PUT', '/api/records/expenses/77', { version: 1, data: {} });
    const claims = { record: { type: 'expense', id: 77 }, users: undefined };
    const { opened, send } = await app.visit({ userId: adminId, recordType: 'settings', claims });
    expect(opened).toMatchObject({ record: { type: 'expense', id: '77', name: null }, view: { status: 'record' } });
    expect((await send('POST', '/api/connect')).status).toBe(200);
  });

  test('a record that was never sent is not found', async () => {
    await app.admin.grant({ ben: ['view', 'viewBills'] });
    await expect(openRecord(app, 'ben', 'expense', 'unknown')).rejects.toThrow(/404.*not_found/);
  });

  test('an address of another origin is refused', async () => {
    const record = { type: 'expense', id: 'e-1', url: 'https://elsewhere.example/e-1' };
    const token = await signRecordToken({
      ...{ productUrl: app.origin, workspace: app.workspace, userId: adminId, recordType: 'settings', recordId: '' },
      ...{ origin: app.crmOrigin, now: app.clock.now(), overrides: { record, users: undefined } },
    });
    const answer = await crm.send('POST', '/api/open', { token, workspace: app.workspace.id });
    expect(answer).toMatchObject({ status: 401, body: { detail: expect.stringContaining('record.url') } });
  });

  test('the overview of sync has no view', async () => {
    const { opened, send } = await openSync(app, adminId);
    expect(opened).toMatchObject({ record: { type: 'sync', id: null, name: null }, view: null });
    expect((await send('GET', '/api/view')).status).toBe(404);
  });
});

const sale: readonly Right[] = ['view'];
const purchase: readonly Right[] = ['view', 'viewBills'];

describe('who may see a record', () => {
  test.each([
    ['invoice', 'i-1', sale],
    ['item', 'it-1', sale],
    ['customer', 'c-1', sale],
    ['payment', 'of-invoice', sale],
    ['payment', 'of-bill', purchase],
    ['payment', 'of-nothing', purchase],
    ['expense', 'e-1', purchase],
    ['purchase-order', 'po-1', purchase],
    ['supplier-credit', 'cr-1', purchase],
    ['supplier', 's-1', purchase],
  ])('a session of the %s %s needs %j', async (type, id, needed) => {
    for (const rights of [[], sale, purchase, ['viewBills']] as const) {
      const isSeen = needed.every((right) => (rights as readonly Right[]).includes(right));
      const { opened, send } = await openAsBen(rights, type, id);
      expect(opened.view?.status, rights.join()).toBe(isSeen ? 'record' : 'forbidden');
      const asked = await send('GET', `/api/records/${type}s/${id}`);
      expect(asked.status, rights.join()).toBe(isSeen ? 200 : 404);
      expect((await send('GET', '/api/view')).body).toMatchObject({ status: opened.view?.status });
    }
  });

  test('a session sees no other record and no list', async () => {
    const { send } = await openAsBen(purchase, 'expense', 'e-1');
    for (const path of [
      'expenses/e-2',
      'invoices/i-1',
      'expenses/unknown',
      'expenses/xero:0f0f0f0f-0000-4000-8000-000000000001',
    ]) {
      expect([path, (await send('GET', `/api/records/${path}`)).status]).toEqual([path, 404]);
    }
    for (const path of ['records', 'records/expenses']) {
      expect((await send('GET', `/api/${path}`)).body).toMatchObject({ status: 403, code: 'forbidden' });
    }
    const put = await send('PUT', '/api/records/expenses/e-1', { version: 2, data: {} });
    expect(put.body).toMatchObject({ status: 401, code: 'token_invalid' });
  });

  test('an admin sees everything in the overview of sync, but nothing in another record’s session', async () => {
    const overview = await openSync(app, adminId);
    expect((await overview.send('GET', '/api/records')).body).toMatchObject({ total: expect.any(Number) });
    expect((await overview.send('GET', '/api/records/expenses/e-2')).status).toBe(200);
    const contact = await app.visit({ userId: adminId, recordType: 'contact', recordId: '1001' });
    expect((await contact.send('GET', '/api/records/expenses/e-2')).status).toBe(404);
    expect((await contact.send('GET', '/api/records')).status).toBe(403);
    const other = await openRecord(app, adminId, 'expense', 'e-1');
    expect((await other.send('GET', '/api/records/expenses/e-2')).status).toBe(404);
  });

  test('a user who is no admin is refused in the overview of sync', async () => {
    await app.admin.grant({ ben: purchase });
    const { opened, send } = await openSync(app, 'ben');
    expect(opened.view).toBeNull();
    for (const path of ['records', 'records/expenses', 'records/expenses/e-1']) {
      expect((await send('GET', `/api/${path}`)).body).toMatchObject({ status: 403, code: 'forbidden' });
    }
  });

  test('a session that ended says so, and anything else is a wrong token', async () => {
    const ended = await crm.send('GET', '/api/records', undefined, 'x'.repeat(43));
    expect(ended).toMatchObject({ status: 401, body: { code: 'session_expired' } });
    const wrong = await crm.send('GET', '/api/records', undefined, 'x'.repeat(42));
    expect(wrong).toMatchObject({ status: 401, body: { code: 'token_invalid' } });
  });
});

describe('a record’s session', () => {
  test('has no contacts, documents or settings of its own', async () => {
    const { send } = await openRecord(app, adminId, 'expense', 'e-1');
    const asked = {
      suggestions: await send('GET', '/api/suggestions?type=contact&id=1001'),
      link: await send('DELETE', '/api/link'),
      documents: await send('GET', '/api/documents?kind=bill'),
    };
    for (const [name, { status }] of Object.entries(asked)) expect([name, status]).toEqual([name, 404]);
  });
});
