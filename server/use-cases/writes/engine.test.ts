import { describe, expect, test } from 'vitest';
import type { Store } from '#server/store/store.ts';
import { AppError } from '#shared/app-error.ts';
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
import { toXeroKey } from './resolve-write.ts';

const start = prepareEngines();

describe('a write that succeeds', () => {
  test('it is sent once and stored with its end, its step and its audit row', async () => {
    const engine = start();
    const { write, made } = await engine.save('k', 'body');
    const row = await rowOf(engine);
    expect(made).toEqual(engine.service.made[0]);
    expect(write).toMatchObject({ id: row.id, state: 'done', result: JSON.stringify(made) });
    expect(row).toMatchObject({
      ...{ writeKey: 'k', attempt: 1, kind: 'contact', record: { type: 'deal', id: 'd-1' }, userId: 'ledgerside' },
      ...{ bodyHash: 'body', request: 'body/1', state: 'done', result: JSON.stringify(made), documentId: made.id },
    });
    expect([row.sentAt, row.closedAt].every((at) => at !== null)).toBe(true);
    expect(engine.service.sent).toEqual([{ request: 'body/1', idempotencyKey: toXeroKey(row) }]);
    expect(await engine.store.steps.list(row.id)).toMatchObject([
      { name: 'history', request: 'note', state: 'pending', sentAt: null, closedAt: null, writeId: row.id },
    ]);
    const [audit] = await engine.store.audit.list(engine.acting.caller.workspaceId, { limit: 5 });
    expect(audit).toMatchObject({
      action: 'create_contact',
      outcome: 'created',
      contactId: made.id,
      userId: 'ledgerside',
    });
  });

  test('the same body again gets the same answer; another body is refused', async () => {
    const engine = start();
    const first = await engine.save('k', 'body');
    expect((await engine.save('k', 'body')).made).toEqual(first.made);
    expect(await failureOf(engine.save('k', 'other'))).toEqual({ code: 'already_created' });
    const toConflict = () => new AppError('contact_exists');
    expect(await failureOf(engine.save('k', 'other', { toConflict }))).toEqual({ code: 'contact_exists' });
    expect(engine.service.sent).toHaveLength(1);
  });

  test('when its document is gone, the next attempt makes another one', async () => {
    const engine = start();
    const first = await engine.save('k', 'body');
    const replay = async () => ({ ...first.made, name: 'as it is now' });
    expect((await engine.save('k', 'body', { replay })).made.name).toBe('as it is now');
    await engine.save('k', 'body', { replay: async () => undefined });
    expect(await rowOf(engine)).toMatchObject({ attempt: 2, request: 'body/2', state: 'done' });
    expect(new Set(engine.service.sent.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
  });

  test('an action that creates nothing is audited as done', async () => {
    const engine = start();
    await engine.save('k', 'body', { handler: { ...engine.handler, action: 'document_accept' } });
    expect(await auditOf(engine)).toEqual(['done']);
  });

  test('of many callers in two processes, one sends and all get its answer', async () => {
    const engine = start();
    const other = engine.startBeside();
    const saves = Array.from({ length: 6 }, (_, turn) =>
      engine.save('k', 'body', {}, turn % 2 ? other : engine.acting),
    );
    const made = (await Promise.all(saves)).map((one) => one.made.id);
    expect([new Set(made).size, engine.service.sent.length, engine.service.made.length]).toEqual([1, 1, 1]);
  });

  test('when another process stored the end first, then that end is answered', async () => {
    const engine = start();
    engine.behave(async (service) => {
      const mine = service.make();
      const end = { state: 'done' as const, result: '{"id":"x","name":"theirs"}', at: '2026-11-01T00:00:00.000Z' };
      const audit = { ...(await toAudit(engine)), outcome: 'created' };
      await engine.store.writes.close((await rowOf(engine)).id, { ...end, audit, steps: [] });
      return mine;
    });
    expect((await engine.save('k', 'body')).made).toEqual({ id: 'x', name: 'theirs' });
  });

  test('a made document outweighs a refusal that another process stored', async () => {
    const engine = start();
    engine.behave(async (service) => {
      const mine = service.make();
      const end = { state: 'refused' as const, result: '{}', at: '2026-11-01T00:00:00.000Z' };
      await engine.store.writes.close((await rowOf(engine)).id, { ...end, audit: await toAudit(engine) });
      return mine;
    });
    expect((await engine.save('k', 'body')).made).toEqual(engine.service.made[0]);
    expect((await rowOf(engine)).state).toBe('done');
  });
});

async function toAudit({ acting: { caller } }: Engine): Promise<Parameters<Store['audit']['append']>[0]> {
  const { workspaceId, organisationId } = caller;
  return {
    ...{ id: crypto.randomUUID(), workspaceId, organisationId, at: '2026-11-01T00:00:00.000Z', userId: 'u' },
    ...{ userName: 'U', action: 'create_contact', record: null, contactId: null, documentId: null },
    ...{ documentKind: null, outcome: 'refused', requestId: '', details: '{}' },
  };
}

describe('a refusal', () => {
  test('it ends the attempt, and the next body is the next attempt', async () => {
    const engine = start();
    engine.behave(refuse('refused'), succeed);
    expect(await failureOf(engine.save('k', 'body'))).toEqual({ code: 'xero_rejected' });
    expect(await rowOf(engine)).toMatchObject({ state: 'refused', result: '{"code":"xero_rejected"}', attempt: 1 });
    await engine.save('k', 'corrected');
    expect(await rowOf(engine)).toMatchObject({ state: 'done', attempt: 2, request: 'corrected/2' });
    expect([engine.searches(), await auditOf(engine)]).toEqual([0, ['created', 'xero_rejected']]);
  });

  test.each(['refused', 'refused_unless_found'] as const)(
    'after a lost answer, %s counts only when a search finds nothing',
    async (proof) => {
      const engine = start();
      engine.behave(loseAnswer, refuse(proof));
      engine.finds(async () => ({ made: [], isWhole: true, isCertain: true }));
      expect(await failureOf(engine.save('k', 'body'))).toMatchObject({ code: 'xero_unreachable' });
      expect(await failureOf(engine.save('k', 'body'))).toEqual({ code: 'xero_rejected' });
      expect([engine.searches(), (await rowOf(engine)).state]).toEqual([2, 'refused']);
    },
  );

  test('when the search after it finds what was made, then that is the answer', async () => {
    const engine = start();
    engine.behave(async (service) => {
      service.make();
      throw new AppError('xero_rejected', { proof: 'refused_unless_found' });
    });
    expect((await engine.save('k', 'body')).made).toEqual(engine.service.made[0]);
    expect((await rowOf(engine)).state).toBe('done');
  });

  test('without our lease a refusal is not stored', async () => {
    const engine = start();
    engine.behave(async () => {
      engine.clock.advanceSeconds(11);
      const lease = { owner: 'other/1', now: engine.clock.now().toISOString(), until: '2099-01-01T00:00:00.000Z' };
      await engine.store.writes.takeLease((await rowOf(engine)).id, { ...lease, onlyProcess: null });
      throw new AppError('xero_rejected', { proof: 'refused' });
    });
    expect(await failureOf(engine.save('k', 'body'))).toMatchObject({ code: 'outcome_unknown' });
    expect((await rowOf(engine)).state).toBe('pending');
  });

  test('a failure before the gate ends the attempt, whatever the code', async () => {
    const engine = start();
    const send = async () => {
      throw new AppError('xero_timeout');
    };
    const handler = { ...engine.handler, send };
    expect(await failureOf(engine.save('k', 'body', { handler }))).toEqual({ code: 'xero_timeout' });
    expect(await rowOf(engine)).toMatchObject({ state: 'refused', sentAt: null });
  });

  test('a failing store before sending leaves the write open', async () => {
    const engine = start();
    engine.behave(refuse('not_done', 'unavailable'), succeed);
    const failed = await failureOf(engine.save('k', 'body'));
    const row = await rowOf(engine);
    expect(failed).toEqual({ code: 'unavailable', write: writeOf(row) });
    expect([row.state, await auditOf(engine)]).toEqual(['pending', []]);
  });
});
