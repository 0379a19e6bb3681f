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

type Result = { kind: string | null; crmId: string | null; status: number; record: object; problem: { code: string } };
function row(crmId: string, change: object = {}) {
  return {
    ...{ kind: 'expenses', crmId, version: 1, data: { description: 'Fuel', amount: '86.40', currency: 'AUD' } },
    ...change,
  };
}
function sendBatch(records: unknown[]) {
  return crm.send<{ results: Result[] }>('POST', '/api/records/batch', { records });
}

describe('a batch', () => {
  test('one bad row harms no other, and the results are in order', async () => {
    const records = [
      row('b-1'),
      row('b-2', { data: { amount: 1 } }),
      ...[{ kind: 'expenses' }, null, { ...row('b-6'), extra: 1 }, row('b-7', { kind: 'bills' })],
      row('b-1', { version: 0 }),
      row('b-1', { data: {} }),
      row('b-3', { kind: 'invoices' }),
      row('b-4', { kind: 'payments', data: {} }),
    ];
    const { status, body } = await sendBatch(records);
    expect(status).toBe(200);
    expect(body.results.map(({ crmId, status: own, problem }) => [crmId, own, problem?.code])).toEqual([
      ['b-1', 202, undefined],
      ['b-2', 400, 'invalid_request'],
      [null, 400, 'invalid_request'],
      [null, 400, 'invalid_request'],
      ['b-6', 400, 'invalid_request'],
      ['b-7', 405, 'method_not_allowed'],
      ['b-1', 409, 'stale_version'],
      ['b-1', 422, 'version_reused'],
      ['b-3', 400, 'invalid_request'],
      ['b-4', 202, undefined],
    ]);
    expect(body.results[0]?.record).toMatchObject({ crmId: 'b-1', state: 'excluded' });
    expect(body.results[0]?.record).not.toHaveProperty('data');
    expect(body.results[1]?.problem).toMatchObject({
      errors: [{ path: 'data.amount', message: expect.stringMatching(/^must be a decimal string/) }],
    });
    expect(body.results[4]?.problem).toMatchObject({ errors: [{ path: 'extra' }] });
  });

  test('counts receipts apart from its 5 MB, and takes none of a larger one', async () => {
    const receipt = (length: number) => ({ name: 'r.pdf', base64: Buffer.alloc(length, 7).toString('base64') });
    const large = row('large', { data: { receipt: receipt(10 * 1024 * 1024 + 1) } });
    const { status, body } = await sendBatch([large, row('small', { data: { receipt: receipt(10) } })]);
    expect([status, body.results.map((one) => one.status)]).toEqual([200, [413, 202]]);
    const lines = Array.from({ length: 200 }, () => ({ description: 'x'.repeat(4_000) }));
    const heavy = Array.from({ length: 7 }, (_, index) => row(`heavy-${index}`, { kind: 'invoices', data: { lines } }));
    expect(await sendBatch(heavy)).toMatchObject({ status: 413, body: { code: 'payload_too_large' } });
    expect((await crm.send('GET', '/api/records/invoices/heavy-0')).status).toBe(404);
    expect((await sendBatch(heavy.slice(0, 5))).body.results.map((one) => one.status)).toEqual(Array(5).fill(202));
  });

  test('lets other requests through meanwhile', async () => {
    const order: string[] = [];
    const rows = Array.from({ length: 500 }, (_, index) => row(`slow-${index}`));
    const batch = sendBatch(rows).then(() => order.push('batch'));
    for (const asked of [1, 2, 3]) await fetch(`${app.origin}/healthz`).then(() => order.push(`health ${asked}`));
    await batch;
    expect(order.at(-1)).toBe('batch');
  });

  test('of 0 and of 500 rows is taken, and of 501 refused', async () => {
    const many = Array.from({ length: 501 }, (_, index) => row(`many-${index}`));
    expect((await sendBatch([])).body.results).toEqual([]);
    expect((await sendBatch(many.slice(1))).body.results.every((one) => one.status === 202)).toBe(true);
    expect((await sendBatch(many)).status).toBe(400);
  });
});

describe('a list', () => {
  type List = { records: { crmId: string; kind: string }[]; cursor: string | null; hasMore: boolean; total: number };
  const list = async (query: string) => (await crm.send<List>('GET', `/api/records${query}`)).body;
  const idsOf = ({ records }: List) => records.map(({ crmId }) => crmId);

  test('has the newest change of state first, page by page', async () => {
    for (const crmId of ['one', 'two', 'three']) {
      app.clock.advanceSeconds(1);
      await sendBatch([row(`list-${crmId}`, { kind: 'suppliers', data: { name: `Caltex ${crmId}` } })]);
    }
    const first = await list('/suppliers?limit=2');
    expect(first).toMatchObject({ hasMore: true, total: 3 });
    expect(idsOf(first)).toEqual(['list-three', 'list-two']);
    expect(first.records[0]).not.toHaveProperty('data');
    const second = await list(`/suppliers?limit=2&cursor=${first.cursor}`);
    expect([idsOf(second), second.hasMore, second.total]).toEqual([['list-one'], false, 3]);
    expect(await list(`?kind=suppliers&cursor=${second.cursor}`)).toMatchObject({ records: [], cursor: null });
  });

  test('filters by none, one or several values, and by a search', async () => {
    await sendBatch([
      row('cn-1', { kind: 'customer-credits', data: { number: 'CN-77' } }),
      row('no-1', { data: { amount: '0', currency: 'AUD', description: 'Nothing' } }),
    ]);
    expect(idsOf(await list('?state=unsupported&kind=')).sort()).toEqual(['cn-1', 'no-1']);
    expect(idsOf(await list('?state=unsupported,synced&kind=customer-credits,items'))).toEqual(['cn-1']);
    expect(idsOf(await list('?code=zero_total&code=negative_total'))).toEqual(['no-1']);
    expect(idsOf(await list('/expenses?search=NOTHING'))).toEqual(['no-1']);
    expect(idsOf(await list('/expenses?search=NOTHING&kind=expenses,items'))).toEqual(['no-1']);
    expect(await list('/expenses?kind=customer-credits')).toMatchObject({ records: [], total: 0, hasMore: false });
    expect((await list('?state=problem,question')).total).toBe(0);
  });

  test.each(['cursor=odd', 'cursor=e30', 'state=odd', 'limit=0', 'limit=501', 'limit=', 'page=2'])(
    'refuses %s',
    async (query) => {
      expect(await crm.send('GET', `/api/records?${query}`)).toMatchObject({ status: 400 });
    },
  );
});
