import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import {
  failWith,
  loseRequest,
  type ManyEngine,
  prepareManyEngines,
  refuseCallsWith,
  refuseRows,
  rowsOf,
  succeed,
  toItem,
  told,
  toRefused,
} from './many.fixture.ts';
import { toCallKey } from './plan-calls.ts';

const start = prepareManyEngines();
const [a, b, c] = [toItem('a'), toItem('b'), toItem('c')];

function auditOf({ store, acting }: ManyEngine) {
  return store.audit.list(acting.caller.workspaceId, { limit: 100 });
}

describe('many writes that succeed', () => {
  test('go in one call, each with its row, its end and its audit row', async () => {
    const engine = start();
    const outcomes = await engine.write([a, b, c]);
    const rows = await rowsOf(engine, 'a', 'b', 'c');
    expect(engine.service.calls).toEqual([
      { ids: rows.map(({ id }) => id), requests: ['a/1', 'b/1', 'c/1'], idempotencyKey: toCallKey(rows) },
    ]);
    expect(outcomes).toEqual(
      rows.map(({ sentIn: _, sentAt: __, ...write }, index) => ({
        ...{ outcome: 'done', write: expect.objectContaining(write), made: engine.service.made[index] },
      })),
    );
    expect(rows[1]).toMatchObject({
      ...{ state: 'done', attempt: 1, kind: 'expenses', record: { type: 'expense', id: 'b' }, userId: 'ledgerside' },
      ...{ bodyHash: 'b', request: 'b/1', documentId: engine.service.made[1]?.id, sentIn: toCallKey(rows) },
    });
    const audit = (await auditOf(engine)).find(({ record }) => record?.id === 'b');
    expect(audit).toMatchObject({ action: 'sync_create', outcome: 'done', record: { type: 'expense', id: 'b' } });
    expect(JSON.parse(audit?.details ?? '')).toMatchObject({ recordName: 'Expense b', documentNumber: 'b/1' });
  });

  test('asked again, they answer what was made, whatever body they ask for now', async () => {
    const engine = start();
    const first = await engine.write([a, b]);
    const again = await engine.write([toItem('b', { bodyHash: 'other' }), a]);
    expect(told(again)).toEqual(['done', 'done']);
    expect(again).toMatchObject([first[1], first[0]].map((one) => one?.outcome === 'done' && { made: one.made }));
    expect(engine.service.calls).toHaveLength(1);
  });

  test('more than Xero takes in one call go in several, in order', async () => {
    const engine = start();
    const items = Array.from({ length: 120 }, (_, index) => toItem(`item ${index}`));
    expect(new Set(told(await engine.write(items)))).toEqual(new Set(['done']));
    expect(engine.service.calls.map(({ ids }) => ids.length)).toEqual([50, 50, 20]);
    expect(engine.service.calls.flatMap(({ requests }) => requests)).toEqual(
      items.map(({ writeKey }) => `${writeKey}/1`),
    );
    const handler = { ...engine.handler, perCall: 1 };
    await engine.write([a, b], engine.acting, handler);
    expect(engine.service.calls.slice(3).map(({ requests }) => requests)).toEqual([['a/1'], ['b/1']]);
  });

  test('no items: no question', async () => {
    const engine = start();
    expect([await engine.write([]), engine.service.calls]).toEqual([[], []]);
  });

  test('one key given twice is one write', async () => {
    const engine = start();
    expect(told(await engine.write([a, b, a]))).toEqual(['done', 'done', 'done']);
    expect(engine.service.made).toHaveLength(2);
  });

  test('of many callers in two processes, each item is made once', async () => {
    const engine = start();
    const other = engine.startBeside();
    const items = [a, b, c, toItem('d')];
    // Real time: moves the test clock while one waits for the other's leases.
    const timer = setInterval(() => engine.clock.advanceSeconds(0.5), 1);
    const all = await Promise.all(
      Array.from({ length: 6 }, (_, turn) =>
        engine.write(turn % 2 ? items : items.toReversed(), turn % 3 ? other : engine.acting),
      ),
    );
    clearInterval(timer);
    expect(new Set(all.flatMap(told))).toEqual(new Set(['done']));
    expect(engine.service.made.map(({ name }) => name).toSorted()).toEqual(['a/1', 'b/1', 'c/1', 'd/1']);
  });
});

test('the audit and the rows name who asked: the CRM, or the user who pressed', async () => {
  const engine = start();
  const { workspaceId } = engine.acting.caller;
  const crm = { kind: 'workspace' as const, workspaceId, name: 'Acme CRM' };
  await engine.write([a], { ...engine.acting, principal: crm });
  await engine.write([b], { ...engine.acting, principal: { ...crm, user: { id: 'u-1', name: 'Ada' } } });
  expect((await rowsOf(engine, 'a', 'b')).map(({ userId }) => userId)).toEqual([workspaceId, 'u-1']);
  expect((await auditOf(engine)).map(({ userName }) => userName).toSorted()).toEqual(['Acme CRM', 'Ada']);
});

describe('a refusal of some rows', () => {
  test('touches no other row, and the next body is the next attempt', async () => {
    const engine = start();
    engine.behave(refuseRows('b/'), succeed);
    const outcomes = await engine.write([a, b, c]);
    expect(told(outcomes)).toEqual(['done', 'refused xero_rejected', 'done']);
    expect(outcomes[1]).toMatchObject({ error: { details: { errors: [{ message: 'not this one' }] } } });
    expect((await rowsOf(engine, 'b'))[0]).toMatchObject({ state: 'refused', result: '{"code":"xero_rejected"}' });
    expect(told(await engine.write([a, toItem('b', { bodyHash: 'corrected' })]))).toEqual(['done', 'done']);
    expect(engine.service.calls[1]?.requests).toEqual(['b/2']);
    expect(engine.searches).toEqual([]);
    const outcomesInAudit = (await auditOf(engine)).map(({ outcome }) => outcome).toSorted();
    expect(outcomesInAudit).toEqual(['done', 'done', 'done', 'xero_rejected']);
  });

  test('when the whole call is refused, then halves are sent until the bad row is alone', async () => {
    const engine = start();
    engine.behave(refuseCallsWith('bad'));
    const items = ['a', 'b', 'c', 'd', 'bad', 'f'].map((name) => toItem(name));
    expect(told(await engine.write(items))).toEqual([
      ...['done', 'done', 'done', 'done', 'refused xero_rejected', 'done'],
    ]);
    expect(engine.service.calls.map(({ requests }) => requests.length)).toEqual([6, 3, 3, 2, 1, 1, 1]);
    expect([engine.searches, engine.service.made.length]).toEqual([[], 5]);
  });

  test('when a limit is met while halves are sent, then the rest is sent later without a search', async () => {
    const engine = start();
    const limit = failWith('xero_rate_limited', { proof: 'not_done' });
    engine.behave(failWith('xero_rejected', { proof: 'refused' }), succeed, limit, succeed);
    expect(told(await engine.write([a, b]))).toEqual(['done', 'not_sent xero_rate_limited']);
    expect(told(await engine.write([a, b]))).toEqual(['done', 'done']);
    expect([engine.searches, engine.service.made.length]).toEqual([[], 2]);
  });

  test('a row refused because of an earlier sending is found', async () => {
    const engine = start();
    engine.behave(loseRequest, (service, writes) => {
      succeed(service, writes);
      return writes.map(() => toRefused('must be unique'));
    });
    expect(told(await engine.write([a, b]))).toEqual(['unknown xero_timeout', 'unknown xero_timeout']);
    expect(told(await engine.write([a, b]))).toEqual(['done', 'done']);
    expect(engine.searches).toHaveLength(2);
  });

  test('when an answer has a row too few, then every row is searched for', async () => {
    const engine = start();
    engine.behave((service, writes) => {
      succeed(service, writes);
      return [];
    });
    expect(told(await engine.write([a, b]))).toEqual(['unknown xero_invalid_answer', 'unknown xero_invalid_answer']);
    expect(told(await engine.write([a, b]))).toEqual(['done', 'done']);
    expect([engine.service.calls.length, engine.service.made.length]).toEqual([1, 2]);
  });

  test('a row whose answer cannot be read is searched for alone', async () => {
    const engine = start();
    engine.behave((service, [first, ...others]) => {
      if (first) service.make(first);
      const unread = { outcome: 'unknown' as const, error: new AppError('xero_rejected') };
      return [unread, ...others.map((write) => ({ outcome: 'done' as const, made: service.make(write) }))];
    });
    expect(told(await engine.write([a, b]))).toEqual(['unknown xero_invalid_answer', 'done']);
    expect(told(await engine.write([a, b]))).toEqual(['done', 'done']);
    expect([engine.service.calls.length, engine.searches.map((ids) => ids.length)]).toEqual([1, [1]]);
  });
});

describe('a call that certainly did nothing', () => {
  test.each([
    ['before the gate', async () => Promise.reject(new AppError('not_connected'))],
    ['after the gate', undefined],
  ])('%s: nothing is closed or searched for, and any body may be next', async (_when, send) => {
    const engine = start();
    engine.behave(failWith('not_connected', { proof: 'not_done' }), succeed);
    const handler = send ? { ...engine.handler, send } : engine.handler;
    expect(told(await engine.write([a, b], engine.acting, handler))).toEqual([
      ...['not_sent not_connected', 'not_sent not_connected'],
    ]);
    expect(await rowsOf(engine, 'a', 'b')).toMatchObject([
      { state: 'pending', sentAt: null, sentIn: null },
      { state: 'pending', sentAt: null, sentIn: null },
    ]);
    expect(await auditOf(engine)).toEqual([]);
    engine.behave(succeed);
    expect(told(await engine.write([a, toItem('b', { bodyHash: 'other' })]))).toEqual(['done', 'done']);
    expect([engine.searches, engine.service.made.map(({ name }) => name)]).toEqual([[], ['a/1', 'b/2']]);
    // An attempt that was never sent leaves no trace in the audit.
    expect((await auditOf(engine)).map(({ outcome }) => outcome)).toEqual(['done', 'done']);
  });

  test('after a lost answer it proves nothing', async () => {
    const engine = start();
    engine.behave(loseRequest, failWith('xero_rate_limited', { proof: 'not_done' }));
    await engine.write([a]);
    expect(told(await engine.write([a]))).toEqual(['unknown xero_rate_limited']);
    expect((await rowsOf(engine, 'a'))[0]?.sentAt).not.toBeNull();
  });

  test('a failing store does not prove it either', async () => {
    const engine = start();
    engine.behave(failWith('unavailable', { proof: 'not_done' }));
    expect(told(await engine.write([a]))).toEqual(['unknown unavailable']);
  });

  test('what is no failure of ours or Xero’s is thrown as it is', async () => {
    const engine = start();
    const fault = new TypeError('a fault in the code');
    engine.behave(() => {
      throw fault;
    });
    await expect(engine.write([a])).rejects.toBe(fault);
    engine.finds(() => Promise.reject(fault));
    await expect(engine.write([a])).rejects.toBe(fault);
  });
});
