import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildCrmBackend, type CrmBackend } from '#test/support/people/crm-backend.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let crm: CrmBackend;
beforeAll(async () => {
  app = await startApp();
  crm = buildCrmBackend(app);
});
afterAll(() => app.stop());

const fuel = {
  ...{ date: '2026-11-28', category: 'Fuel', amount: '86.40', taxInclusive: true, currency: 'AUD' },
  description: ' Fuel ',
};
function put(path: string, version: number, data: unknown = fuel) {
  return crm.send('PUT', `/api/records/${path}`, { version, data });
}

describe('putting a record', () => {
  test('takes it, answers it whole, and it waits for the direction to be turned on', async () => {
    const { status, body } = await put('expenses/exp-1', 3);
    expect([status, body.record]).toEqual([
      202,
      {
        ...{ kind: 'expenses', crmId: 'exp-1', origin: 'crm', organisation: null, title: 'Fuel', date: '2026-11-28' },
        ...{ amount: { currency: 'AUD', amount: '86.40' }, wanted: 'present', wantedVersion: 3, sentVersion: null },
        ...{ state: 'excluded', stateSince: expect.any(String), nextTryAt: null, tries: 0, also: [], notes: [] },
        ...{ reason: null, problem: null, question: null, syncedAt: null, syncedBy: null },
        ...{ xeroKind: null, xeroId: null, xeroNumber: null, xeroStatus: null, xeroUrl: null },
        excluded: { by: 'rule', rule: 'direction_off', user: null, at: expect.any(String) },
        data: { ...fuel, description: 'Fuel' },
      },
    ]);
  });

  test('follows the versions, also through a deletion', async () => {
    expect((await put('expenses/exp-2', 5)).status).toBe(202);
    expect((await put('expenses/exp-2', 5, Object.fromEntries(Object.entries(fuel).toReversed()))).status).toBe(202);
    expect(await put('expenses/exp-2', 4)).toMatchObject({
      ...{ status: 409, body: { code: 'stale_version', newer: { version: 5 } } },
    });
    expect(await put('expenses/exp-2', 5, { ...fuel, amount: '1' })).toMatchObject({
      ...{ status: 422, body: { code: 'version_reused' } },
    });
    const gone = { state: 'synced', wanted: 'absent', wantedVersion: 6, xeroStatus: null, data: { amount: '86.40' } };
    for (const _twice of [1, 2]) {
      const removed = await crm.send('DELETE', '/api/records/expenses/exp-2?version=6');
      expect(removed).toMatchObject({ status: 202, body: { record: gone } });
    }
    const back = { wanted: 'present', state: 'excluded', wantedVersion: 7 };
    expect(await put('expenses/exp-2', 7)).toMatchObject({ status: 202, body: { record: back } });
    const { body } = await crm.send<{ history: object[] }>('GET', '/api/records/expenses/exp-2');
    expect(body.history).toMatchObject([
      { action: 'put', state: 'excluded', version: 7, by: { name: 'Fieldnote CRM' }, runId: null },
      { action: 'delete', state: 'synced', version: 6, message: 'Deleted in the CRM' },
      { action: 'put', state: 'excluded', version: 5, message: 'Received from the CRM' },
    ]);
  });

  test('a deletion that overtakes the record keeps it out', async () => {
    const deleted = await crm.send('DELETE', '/api/records/invoices/late?version=6');
    expect(deleted).toMatchObject({ status: 202, body: { record: { wanted: 'absent', title: null, data: null } } });
    expect(await put('invoices/late', 5, {})).toMatchObject({ status: 409, body: { newer: { version: 6 } } });
    expect((await crm.send('DELETE', '/api/records/invoices/late?version=')).status).toBe(400);
  });

  test.each([
    ['an unknown member', 'expenses', { ...fuel, extra: 1 }, 'data.extra'],
    [
      'an unknown member within',
      'expenses',
      { receipt: { name: 'a', url: 'https://a.example', b: 1 } },
      'data.receipt.b',
    ],
    ['a number as amount', 'expenses', { ...fuel, amount: 86.4 }, 'data.amount'],
    ['a kind that nobody knows', 'dreams', {}, 'kind'],
  ])('%s is refused by its path', async (_name, kind, data, path) => {
    const refused = await put(`${kind}/odd`, 1, data);
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_request', errors: [{ path }] } });
  });

  test('takes what is not complete, but nothing that comes from Xero only', async () => {
    expect((await put('expenses/empty', 1, {})).status).toBe(202);
    expect(await put('bills/b-1', 1, {})).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } });
    expect((await crm.send('DELETE', '/api/records/accounts/200?version=1')).status).toBe(405);
  });

  test('names a member that nothing knows by its path, in the request and in the data', async () => {
    const faults = [
      { version: 1, data: {}, more: 1 },
      { version: 1, data: { more: 1 } },
    ];
    const answers = await Promise.all(faults.map((body) => crm.send('PUT', '/api/records/expenses/more', body)));
    expect(answers.map(({ body }) => body.errors)).toEqual([
      [{ path: 'more', message: 'is not a known member' }],
      [{ path: 'data.more', message: 'is not a known member' }],
    ]);
  });

  test.each([
    ['two dots', '..'],
    ['one dot', '.'],
    ['a name of Xero’s', 'xero:1'],
    ['a blank', ' '],
    ['201 characters', 'x'.repeat(201)],
  ])('refuses %s as an id', async (_name, id) => {
    const path = encodeURIComponent(id).replaceAll('.', '%2E');
    expect([400, 404]).toContain((await put(`expenses/${path}`, 1)).status);
  });

  test.each([
    ['signs of addresses', 'a/b?c#d%'],
    ['200 characters', '日'.repeat(200)],
  ])('takes %s as an id', async (_name, id) => {
    const path = `/api/records/expenses/${encodeURIComponent(id)}`;
    expect((await crm.send('PUT', path, { version: 1, data: fuel })).status).toBe(202);
    expect(await crm.send('GET', path)).toMatchObject({ status: 200, body: { record: { crmId: id } } });
  });

  test.each([
    ['customer-credits', { number: 'CN-1' }, { code: 'credit_not_sent', field: null }],
    ['expenses', { ...fuel, amount: '0.00' }, { code: 'zero_total', field: 'amount' }],
    ['expenses', { ...fuel, amount: '-1' }, { code: 'negative_total', field: 'amount' }],
    ['invoices', { total: '-0.01' }, { code: 'negative_total', field: 'total' }],
    ['invoices', { total: '0' }, { code: 'zero_total', field: 'total' }],
  ])('of %s says what is never sent, and what to do instead', async (kind, data, problem) => {
    const { body } = await put(`${kind}/never-${JSON.stringify(data).length}`, 1, data);
    const told = { ...problem, message: expect.stringMatching(/\.$/), fix: 'edit_record', waitsFor: 'user' };
    expect(body.record).toMatchObject({ state: 'unsupported', problem: told, excluded: null });
  });

  test('an invoice of zero is sent when it is paid', async () => {
    const { body } = await put('invoices/zero', 1, { total: '0.00', isPaid: true });
    expect(body.record).toMatchObject({ state: 'excluded', problem: null });
  });
});

describe('a receipt', () => {
  const bytes = (length: number) => Buffer.alloc(length, 7).toString('base64');

  test('of 10 MB comes back as it was put, and a larger one is refused', async () => {
    const receipt = { name: 'r.pdf', base64: bytes(10 * 1024 * 1024) };
    const { status, body } = await put('expenses/receipt', 1, { ...fuel, receipt });
    expect([status, body.record]).toMatchObject([202, { data: { receipt: { name: 'r.pdf' } } }]);
    const read = await crm.send<{ record: { data: object } }>('GET', '/api/records/expenses/receipt');
    expect(read.body.record.data).toEqual({ ...fuel, description: 'Fuel', receipt });
    const larger = { ...fuel, receipt: { name: 'r.pdf', base64: bytes(10 * 1024 * 1024 + 1) } };
    expect(await put('expenses/receipt', 2, larger)).toMatchObject({ status: 413 });
    expect((await put('expenses/receipt', 1, { ...fuel, receipt: { ...receipt, base64: bytes(3) } })).status).toBe(422);
    expect((await put('expenses/receipt', 2, fuel)).body.record).toMatchObject({ data: { amount: '86.40' } });
    const without = await crm.send<{ record: { data: object } }>('GET', '/api/records/expenses/receipt');
    expect(without.body.record.data).not.toHaveProperty('receipt');
  });
});
