import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import { finishWrite } from './end-write.ts';
import {
  auditOf,
  type Engine,
  failureOf,
  loseAnswer,
  prepareEngines,
  refuse,
  rowOf,
  succeed,
  writeOf,
} from './engine.fixture.ts';

const start = prepareEngines();

describe('an answer that was lost', () => {
  test('the write stays open; what was made is found and not sent again', async () => {
    const engine = start();
    engine.behave(loseAnswer);
    const failed = await failureOf(engine.save('k', 'body'));
    const open = await rowOf(engine);
    expect(failed).toEqual({ code: 'xero_unreachable', write: { id: open.id, kind: 'contact', state: 'pending' } });
    expect([open.state, await auditOf(engine)]).toEqual(['pending', ['unknown']]);
    expect(await failureOf(engine.save('k', 'other'))).toEqual({ code: 'outcome_unknown', write: writeOf(open) });
    expect((await engine.save('k', 'body')).made).toEqual(engine.service.made[0]);
    expect([engine.service.sent.length, engine.searches()]).toEqual([1, 1]);
    expect(await auditOf(engine)).toEqual(['created', 'unknown']);
  });

  test('a complete search without a match sends the same bytes and key again', async () => {
    const engine = start();
    engine.behave(async () => {
      throw new AppError('xero_timeout');
    }, succeed);
    await failureOf(engine.save('k', 'body'));
    await engine.save('k', 'body');
    const [first, second] = engine.service.sent;
    expect([engine.service.sent.length, second]).toEqual([2, first]);
  });

  test('an incomplete search sends nothing', async () => {
    const engine = start();
    engine.behave(loseAnswer, succeed);
    await failureOf(engine.save('k', 'body'));
    engine.finds(async () => ({ made: [], isWhole: false, isCertain: true }));
    expect(await failureOf(engine.save('k', 'body'))).toEqual({
      ...{ code: 'outcome_unknown', write: writeOf(await rowOf(engine)) },
    });
    expect([engine.service.sent.length, (await rowOf(engine)).state]).toEqual([1, 'pending']);
  });

  test.each([
    ['two could be it', true, true],
    ['the one that could be it may be another write’s', false, false],
  ])('when %s, then a person has to say, and nothing is sent', async (_name, isCertain, isTwo) => {
    const engine = start();
    engine.behave(loseAnswer, succeed);
    await failureOf(engine.save('k', 'body'));
    if (isTwo) engine.service.make();
    // Not whole: what was found counts all the same.
    engine.finds(async () => ({ made: engine.service.made, isWhole: false, isCertain }));
    const { id } = await rowOf(engine);
    expect(await failureOf(engine.save('k', 'body'))).toEqual({
      ...{ code: 'outcome_unknown', write: { id, kind: 'contact', state: 'undecided' } },
    });
    const row = await rowOf(engine);
    const candidates = JSON.parse(row.result ?? '') as string[];
    expect(candidates.map((one) => JSON.parse(one))).toEqual(engine.service.made);
    expect([row.state, engine.service.sent.length]).toEqual(['undecided', 1]);
    expect(await auditOf(engine)).toEqual(['undecided', 'unknown']);
  });

  test.each([
    ['storage_full', 'outcome_unknown'],
    ['xero_rejected', 'xero_invalid_answer'],
    ['xero_not_found', 'xero_invalid_answer'],
    ['xero_rate_limited', 'xero_rate_limited'],
  ] as const)('a search that fails with %s answers %s, without field errors', async (code, told) => {
    const engine = start();
    engine.behave(loseAnswer);
    await failureOf(engine.save('k', 'body'));
    engine.finds(async () => {
      throw new AppError(code, { errors: [{ path: 'x', message: 'y' }], extension: { more: 1 } });
    });
    const failed = await engine.save('k', 'body').catch((error: unknown) => error);
    expect(failed).toMatchObject({
      code: told,
      details: { extension: { more: 1, write: writeOf(await rowOf(engine)) } },
    });
    expect(failed).not.toHaveProperty('details.errors');
  });

  test('what is no failure of ours or Xero’s is thrown as it is', async () => {
    const engine = start();
    const fault = new TypeError('a fault in the code');
    engine.behave(async () => {
      throw fault;
    });
    expect(await failureOf(engine.save('k', 'body'))).toBe(fault);
    engine.finds(async () => {
      throw fault;
    });
    expect(await failureOf(engine.save('k', 'body'))).toBe(fault);
    expect((await rowOf(engine)).state).toBe('pending');
  });

  test('when the audit cannot be written, then the reason is told all the same', async () => {
    const engine = start();
    const { deps } = engine.acting;
    const append = async () => {
      throw new AppError('unavailable');
    };
    const acting = {
      ...engine.acting,
      deps: { ...deps, store: { ...deps.store, audit: { ...deps.store.audit, append } } },
    };
    engine.behave(loseAnswer);
    expect(await failureOf(engine.save('k', 'body', {}, acting))).toMatchObject({ code: 'xero_unreachable' });
    expect(engine.warnings).toHaveLength(1);
  });
});

describe('a reservation', () => {
  test('nothing begins while another write holds the name', async () => {
    const engine = start();
    const wanting = (key: string) => {
      let prepared = 0;
      const prepare = async () => {
        prepared += 1;
        return { request: key, details: '{}', reservations: { wanted: ['bill:1'], freed: [] } };
      };
      return { saved: engine.save(key, key, { prepare }), prepared: () => prepared };
    };
    engine.behave(refuse('refused'), loseAnswer, succeed);
    await failureOf(wanting('refused').saved);
    await failureOf(wanting('holder').saved);
    const late = wanting('late');
    expect(await failureOf(late.saved)).toEqual({ code: 'outcome_unknown', wait: 1 });
    expect([late.prepared(), engine.service.sent.length]).toEqual([4, 2]);
  });
});

describe('another process that was faster', () => {
  /** Takes the write over, as after ten seconds without a renewal, and stores this end. */
  const overtake = async (engine: Engine, state: 'done' | 'refused') => {
    const { id } = await rowOf(engine);
    engine.clock.advanceSeconds(11);
    const lease = { owner: 'other/1', now: engine.clock.now().toISOString(), until: '2099-01-01T00:00:00.000Z' };
    await engine.store.writes.takeLease(id, { ...lease, onlyProcess: null });
    await engine.store.writes.close(id, { state, result: '{"id":"x","name":"theirs"}', at: lease.now });
  };

  test('its end is the answer when ours was refused', async () => {
    const engine = start();
    engine.behave(async () => {
      await overtake(engine, 'done');
      throw new AppError('xero_rejected', { proof: 'refused' });
    });
    expect((await engine.save('k', 'body')).made).toEqual({ id: 'x', name: 'theirs' });
  });

  test('two refusals leave the outcome unknown until the next attempt', async () => {
    const engine = start();
    engine.behave(async () => {
      await overtake(engine, 'refused');
      throw new AppError('xero_rejected', { proof: 'refused' });
    });
    expect(await failureOf(engine.save('k', 'body'))).toMatchObject({ code: 'outcome_unknown' });
  });

  test('when our answer was lost, the next attempt returns its end', async () => {
    const engine = start();
    engine.behave(async () => {
      await overtake(engine, 'done');
      throw new AppError('xero_unreachable');
    });
    expect(await failureOf(engine.save('k', 'body'))).toMatchObject({ code: 'xero_unreachable' });
    expect((await engine.save('k', 'body')).made).toEqual({ id: 'x', name: 'theirs' });
  });

  test('a lease that is held on and on leaves the outcome unknown', async () => {
    const engine = start();
    engine.behave(loseAnswer);
    await failureOf(engine.save('k', 'body'));
    const now = engine.clock.now().toISOString();
    const lease = { owner: 'other/1', now, until: new Date(Date.parse(now) + 60_000).toISOString(), onlyProcess: null };
    await engine.store.writes.takeLease((await rowOf(engine)).id, lease);
    // Real time: the clock is moved on while the engine sleeps by it.
    const timer = setInterval(() => engine.clock.advanceSeconds(0.5), 1);
    expect(await failureOf(engine.save('k', 'body'))).toEqual({ code: 'outcome_unknown', wait: 5 });
    clearInterval(timer);
  });
});

describe('the end of a write', () => {
  test('a stored end is the answer; an unknown write has none', async () => {
    const engine = start();
    const { made } = await engine.save('k', 'body');
    const row = await rowOf(engine);
    const later = { id: 'later', name: 'later' };
    expect((await finishWrite(engine.acting, engine.handler, row, later)).made).toEqual(made);
    const unknown = finishWrite(engine.acting, engine.handler, { ...row, id: 'nobody' }, later);
    expect(await failureOf(unknown)).toEqual({ code: 'outcome_unknown', wait: 1 });
  });

  test('what makes no document has none, and no step', async () => {
    const engine = start();
    const toEnd = () => ({ result: '{"id":"x","name":"done"}', about: {} });
    await engine.save('k', 'body', { handler: { ...engine.handler, toEnd } });
    const row = await rowOf(engine);
    expect([row.state, row.documentId, await engine.store.steps.list(row.id)]).toEqual(['done', null, []]);
  });
});
