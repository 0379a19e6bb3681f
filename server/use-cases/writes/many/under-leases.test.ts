import { describe, expect, test } from 'vitest';
import { waitUntil } from '#test/support/wait-until.ts';
import { leaseMs, toLease } from '../leases.ts';
import { loseRequest, prepareManyEngines, rowsOf, toItem } from './many.fixture.ts';
import { underLeases } from './under-leases.ts';

const start = prepareManyEngines();

/** Two open writes. */
async function startOpen() {
  const engine = start();
  engine.behave(loseRequest);
  await engine.write([toItem('a'), toItem('b')]);
  const [one = '', two = ''] = (await rowsOf(engine, 'a', 'b')).map(({ id }) => id);
  const { deps } = engine.acting;
  const take = (owner: string, ...ids: string[]) => engine.store.writes.takeLeases(ids, toLease(deps, owner));
  const idsOf = (writes: readonly { id: string }[]) => writes.map(({ id }) => id).toSorted();
  return { ...engine, one, two, take, idsOf };
}

describe('the leases of many writes', () => {
  test('are renewed while work goes on, and free afterwards', async () => {
    const { acting, clock, store, one, two, take, idsOf } = await startOpen();
    let renewed = 0;
    const writes = {
      ...store.writes,
      renewLeases: async (...args: Parameters<typeof store.writes.renewLeases>) => {
        await store.writes.renewLeases(...args);
        renewed += 1;
      },
    };
    const deps = { ...acting.deps, store: { ...store, writes } };
    await underLeases({ ...acting, deps }, { ids: [one, two] }, async (held) => {
      expect(idsOf(held.writes)).toEqual([one, two].toSorted());
      for (let step = 1; step <= 4; step += 1) {
        clock.advanceSeconds(4);
        await waitUntil(async () => renewed >= step, 'the leases to be renewed');
      }
      expect(await take('other', one, two)).toEqual([]);
    });
    expect(idsOf(await take('next', one, two))).toEqual([one, two].toSorted());
  });

  test('are free when the work fails; what cannot be released is only a warning', async () => {
    const { acting, store, warnings, one, take } = await startOpen();
    const work = () => underLeases(acting, { ids: [one] }, () => Promise.reject(new Error('failed')));
    await expect(work()).rejects.toThrow('failed');
    expect(await take('next', one)).toHaveLength(1);
    await store.writes.releaseLeases([one], 'next');
    const releaseLeases = () => Promise.reject(new Error('away'));
    const deps = { ...acting.deps, store: { ...store, writes: { ...store.writes, releaseLeases } } };
    await underLeases({ ...acting, deps }, { ids: [one] }, async () => undefined);
    expect(warnings).toMatchObject([[{ err: { message: 'away' } }, 'leases could not be released']]);
  });

  test('free writes come first; the rest is waited for, and what comes along is not', async () => {
    const open = await startOpen();
    const { acting, clock, one, two, take, idsOf } = open;
    const rounds: string[][] = [];
    const work = async ({ writes }: { writes: readonly { id: string }[] }) => void rounds.push(idsOf(writes));
    await take('dead/1', two);
    const fromMs = clock.now().getTime();
    await underLeases(acting, { ids: [one], along: [two] }, work);
    expect([rounds, clock.now().getTime() - fromMs < leaseMs / 2]).toEqual([[[one]], true]);
    // Real time: the clock is moved on while the lease is waited for.
    const timer = setInterval(() => clock.advanceSeconds(0.5), 1);
    await underLeases(acting, { ids: [two], along: [one] }, work);
    clearInterval(timer);
    expect(rounds).toEqual([[one], [one], [two]]);
  });

  test('a write that another process closed is not waited for', async () => {
    const { acting, clock, store, one, take } = await startOpen();
    await take('other/1', one);
    await store.writes.close(one, { state: 'done', result: '{}', at: clock.now().toISOString() });
    const fromMs = clock.now().getTime();
    await underLeases(acting, { ids: [one] }, () => Promise.reject(new Error('nothing to do')));
    expect(clock.now().getTime() - fromMs).toBeLessThan(leaseMs / 2);
  });
});
