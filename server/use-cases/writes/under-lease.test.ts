import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { waitUntil } from '#test/support/wait-until.ts';
import { type Engine, loseAnswer, prepareEngines } from './engine.fixture.ts';
import { newOwner, toLease } from './leases.ts';
import { underLease } from './under-lease.ts';

const start = prepareEngines();

/** A write whose answer was lost, so that it is open. */
async function startOpen(): Promise<Engine & { id: string; lease(owner: string): ReturnType<typeof toLease> }> {
  const engine = start();
  engine.behave(loseAnswer);
  await engine.save('k', 'body').catch(() => undefined);
  const { caller, deps } = engine.acting;
  const row = await engine.store.writes.findLatest(caller.workspaceId, caller.organisationId, 'k');
  return { ...engine, id: row?.id ?? '', lease: (owner) => toLease(deps, owner) };
}

describe('the lease of a write', () => {
  test('lasts ten seconds; without Redis other processes count as dead', async () => {
    const { acting, clock } = start();
    const { now, until, owner, onlyProcess } = toLease(acting.deps, 'own/1');
    expect([Date.parse(until) - Date.parse(now), owner, onlyProcess]).toEqual([10_000, 'own/1', null]);
    expect(Math.abs(Date.parse(now) - clock.now().getTime())).toBeLessThan(1000);
    const alone = { ...acting.deps, config: { ...acting.deps.config, redisUrl: undefined } };
    expect(toLease(alone, 'own/1').onlyProcess).toBe('own/');
    expect(newOwner(acting.deps)).toMatch(/^own\/.{36}$/);
    expect(newOwner(acting.deps)).not.toBe(newOwner(acting.deps));
  });

  test('while it is held, nobody else works; afterwards it is free', async () => {
    const { acting, startBeside, id, store, lease } = await startOpen();
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} begins`);
      expect(await store.writes.takeLease(id, lease('stranger'))).toBeUndefined();
      order.push(`${name} ends`);
      return name;
    };
    const both = [underLease(acting, id, work('one')), underLease(startBeside(), id, work('two'))];
    expect((await Promise.all(both)).sort()).toEqual(['one', 'two']);
    expect(order.map((step) => step.split(' ')[1])).toEqual(['begins', 'ends', 'begins', 'ends']);
    expect(await store.writes.takeLease(id, lease('next'))).toMatchObject({ id });
  });

  test('is renewed while work goes on', async () => {
    const { acting, clock, id, store, lease } = await startOpen();
    await underLease(acting, id, async () => {
      for (let step = 0; step < 5; step += 1) {
        const renewed = watchRenewal(store);
        clock.advanceSeconds(4);
        await waitUntil(async () => renewed.count() > 0, 'the lease to be renewed');
        renewed.stop();
      }
      expect(await store.writes.takeLease(id, lease('other'))).toBeUndefined();
    });
  });

  test('work counts when the lease cannot be renewed or released', async () => {
    const { acting, clock, id, warnings } = await startOpen();
    const fail = async () => {
      throw new Error('away');
    };
    const { deps } = acting;
    const store = { ...deps.store, writes: { ...deps.store.writes, renewLease: fail, releaseLease: fail } };
    const made = await underLease({ ...acting, deps: { ...deps, store } }, id, async () => {
      clock.advanceSeconds(4);
      await waitUntil(async () => warnings.length > 0, 'a warning');
      return 'made';
    });
    expect(made).toBe('made');
    expect(warnings.map((one) => (one as [{ err: Error }, string])[0].err.message)).toEqual(['away', 'away']);
    expect(warnings.map((one) => (one as [object, string])[1])).toEqual([
      'leases could not be renewed',
      'leases could not be released',
    ]);
  });

  test('when the work fails, then the lease is free', async () => {
    const { acting, id, store, lease } = await startOpen();
    const failed = underLease(acting, id, async () => {
      throw new Error('failed');
    });
    await expect(failed).rejects.toThrow('failed');
    expect(await store.writes.takeLease(id, lease('next'))).toMatchObject({ id });
  });
});

describe('waiting for a lease', () => {
  const keepMoving = ({ clock }: Pick<Engine, 'clock'>) => {
    // Real time: moves the test clock while a lease is waited for.
    const timer = setInterval(() => clock.advanceSeconds(0.5), 1);
    return () => clearInterval(timer);
  };

  test('a dead holder is waited for until its lease ends', async () => {
    const open = await startOpen();
    await open.store.writes.takeLease(open.id, open.lease('dead/1'));
    const stop = keepMoving(open);
    expect(await underLease(open.acting, open.id, async ({ owner }) => owner.split('/')[0])).toBe('own');
    stop();
  });

  test('a holder that lives on is not waited for longer than a lease', async () => {
    const open = await startOpen();
    const far = new Date(open.clock.now().getTime() + 60_000).toISOString();
    await open.store.writes.takeLease(open.id, { ...open.lease('alive/1'), until: far });
    const [stop, from] = [keepMoving(open), open.clock.now().getTime()];
    expect(await underLease(open.acting, open.id, async () => 'worked')).toBeUndefined();
    stop();
    expect(open.clock.now().getTime() - from).toBeGreaterThanOrEqual(10_000);
    expect(open.clock.now().getTime() - from).toBeLessThan(20_000);
  });

  test.each(['done', 'refused'] as const)('a write that is %s is not waited for', async (state) => {
    const { acting, id, store, clock } = await startOpen();
    const at = clock.now().toISOString();
    const [audit] = await store.audit.list(acting.caller.workspaceId, { limit: 1 });
    if (!audit) throw new Error('no audit row');
    await store.writes.close(id, { state, result: '{}', at, audit: { ...audit, id: randomUUID() } });
    const from = clock.now().getTime();
    expect(await underLease(acting, id, async () => 'worked')).toBeUndefined();
    expect(clock.now().getTime() - from).toBeLessThan(5_000);
  });
});

/** Counts renewals that reached the store. */
function watchRenewal(store: Engine['store']) {
  const { renewLease } = store.writes;
  let count = 0;
  store.writes.renewLease = async (...args) => {
    const answer = await renewLease(...args);
    count += 1;
    return answer;
  };
  return {
    count: () => count,
    stop: () => {
      store.writes.renewLease = renewLease;
    },
  };
}
