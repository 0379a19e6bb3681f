import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import {
  failWith,
  loseAnswer,
  loseRequest,
  type ManyEngine,
  prepareManyEngines,
  rowsOf,
  succeed,
  toItem,
  told,
} from './many.fixture.ts';
import { resolveMany } from './resolve-many.ts';

const start = prepareManyEngines();
const [a, b, c] = [toItem('a'), toItem('b'), toItem('c')];

describe('an answer that was lost', () => {
  test('what was made is found, and only the rest is sent again', async () => {
    const engine = start();
    engine.behave((service, writes) => {
      for (const write of writes.slice(0, 2)) service.make(write);
      throw new AppError('xero_unreachable');
    }, succeed);
    const outcomes = await engine.write([a, b, c]);
    expect(told(outcomes)).toEqual(Array.from({ length: 3 }, () => 'unknown xero_unreachable'));
    const [row] = await rowsOf(engine, 'a');
    expect(outcomes[0]).toMatchObject({ error: { details: { extension: { write: { id: row?.id } } } } });
    // The third may still be on its way, and a call of its own would not be recognised by Xero.
    expect(told(await engine.write([a, b, c]))).toEqual(['done', 'done', 'unknown outcome_unknown']);
    engine.clock.advanceSeconds(6 * 60);
    expect(told(await engine.write([a, b, c]))).toEqual(['done', 'done', 'done']);
    expect(engine.service.made.map(({ name }) => name)).toEqual(['a/1', 'b/1', 'c/1']);
  });

  test('when nothing was made, then the very same call is sent again at once', async () => {
    const engine = start();
    engine.behave(loseRequest, succeed);
    await engine.write([a, b, c]);
    expect(told(await engine.write([c, toItem('d'), b]))).toEqual(['done', 'done', 'done']);
    const [first, again, fresh] = engine.service.calls;
    expect(again).toEqual(first);
    expect(fresh?.requests).toEqual(['d/1']);
    // `a` came along in its call, though nobody asked for it.
    expect(told(await engine.write([a]))).toEqual(['done']);
    expect(engine.service.calls).toHaveLength(3);
  });

  test('an incomplete search sends nothing', async () => {
    const engine = start();
    engine.behave(loseRequest, succeed);
    await engine.write([a, b]);
    engine.clock.advanceSeconds(3600);
    engine.finds(async (writes) => new Map(writes.slice(1).map(({ id }) => [id, nothing(false)])));
    expect(told(await engine.write([a, b]))).toEqual(['unknown outcome_unknown', 'unknown outcome_unknown']);
    engine.finds(() => Promise.reject(new AppError('xero_rejected')));
    expect(told(await engine.write([a, b]))).toEqual(['unknown xero_invalid_answer', 'unknown xero_invalid_answer']);
    expect(engine.service.calls).toHaveLength(1);
  });

  test('when two could be it, then a person has to say, and the others go on', async () => {
    const engine = start();
    engine.behave(loseAnswer, succeed);
    await engine.write([a, b, c]);
    const [row, unsure] = await rowsOf(engine, 'a', 'b');
    const twice = { id: 'x', writeId: row?.id ?? '', name: 'a by hand' };
    engine.service.made.push(twice);
    engine.finds(async (writes) => new Map(writes.map(({ id }) => [id, found(engine, id, id !== unsure?.id)])));
    const outcomes = await engine.write([a, b, c]);
    expect(told(outcomes)).toEqual(['undecided', 'undecided', 'done']);
    expect(outcomes[0]).toEqual({ outcome: 'undecided', made: [engine.service.made[0], twice] });
    expect(await rowsOf(engine, 'a', 'b')).toMatchObject([{ state: 'undecided' }, { state: 'undecided' }]);
    expect(engine.service.calls).toHaveLength(1);
  });
});

function nothing(isWhole: boolean) {
  return { made: [], isWhole, isCertain: true };
}

function found({ service }: ManyEngine, id: string, isCertain: boolean) {
  return { made: service.made.filter(({ writeId }) => writeId === id), isWhole: true, isCertain };
}

describe('another body for what was begun', () => {
  const [other] = [toItem('a', { bodyHash: 'other' })];

  test('what was made with the first body is the answer', async () => {
    const engine = start();
    engine.behave(loseAnswer, succeed);
    await engine.write([a]);
    const [outcome] = await engine.write([other]);
    expect(outcome).toMatchObject({ outcome: 'done', write: { bodyHash: 'a' }, made: { name: 'a/1' } });
    expect(engine.service.calls).toHaveLength(1);
  });

  test('what certainly was not made is closed, once its request cannot be on its way any more', async () => {
    const engine = start();
    engine.behave(loseRequest, succeed);
    await engine.write([a]);
    const [early] = await engine.write([other]);
    expect(early).toMatchObject({ outcome: 'unknown', error: { details: { retryAfterSeconds: 360 } } });
    engine.clock.advanceSeconds(6 * 60);
    expect(told(await engine.write([other, b]))).toEqual(['done', 'done']);
    expect(engine.service.calls.slice(1).map(({ requests }) => requests)).toEqual([['b/1'], ['a/2']]);
    const audit = await engine.store.audit.list(engine.acting.caller.workspaceId, { limit: 9 });
    expect(audit.map(({ outcome }) => outcome).toSorted()).toEqual(['done', 'done', 'not_made']);
  });
});

describe('what earlier sendings made', () => {
  const resolve = async (engine: ManyEngine, ...keys: string[]) =>
    resolveMany(engine.acting, engine.handler, await rowsOf(engine, ...keys));

  test('nothing is sent; what was made and what was not is told, once for all', async () => {
    const engine = start();
    engine.behave((service, [first, ...others]) => {
      for (const write of others) service.make(write);
      throw new AppError('xero_unreachable', { cause: first });
    }, succeed);
    await engine.write([a, b]);
    engine.behave(failWith('not_connected', { proof: 'not_done' }));
    await engine.write([c]);
    expect(told(await resolve(engine, 'a', 'b', 'c'))).toEqual(['unknown outcome_unknown', 'done', 'not_made']);
    engine.clock.advanceSeconds(6 * 60);
    expect(told(await resolve(engine, 'a', 'b', 'c'))).toEqual(['not_made', 'done', 'not_made']);
    expect(told(await resolve(engine, 'c', 'b', 'a'))).toEqual(['not_made', 'done', 'not_made']);
    expect([engine.service.calls.length, engine.searches.length]).toEqual([2, 2]);
    expect(await resolve(engine)).toEqual([]);
  });

  test('a row that another process works on is unknown', async () => {
    const engine = start();
    engine.behave(loseAnswer);
    await engine.write([a, b]);
    const [row] = await rowsOf(engine, 'a');
    const now = engine.clock.now().getTime();
    const [at, until] = [now, now + 60_000].map((ms) => new Date(ms).toISOString());
    const lease = { owner: 'other/1', now: at ?? '', until: until ?? '', onlyProcess: null };
    await engine.store.writes.takeLeases([row?.id ?? ''], lease);
    // Real time: the clock is moved on while the engine sleeps by it.
    const timer = setInterval(() => engine.clock.advanceSeconds(0.5), 1);
    expect(told(await resolve(engine, 'a', 'b'))).toEqual(['unknown outcome_unknown', 'done']);
    clearInterval(timer);
  });
});
