import { beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import { buildRoundWorld, caller, instant, minutes, organisationId, type RoundWorld } from './round.fixture.ts';
import { runSideRound } from './side-round.ts';

let world: RoundWorld;
beforeEach(async () => {
  world = await buildRoundWorld();
});

describe('beside a round', () => {
  async function runBeside() {
    world.nowMs += 10 * minutes;
    const round = await world.run();
    if (!round) throw new Error('no round');
    await runSideRound(world.deps, round);
  }

  test('contacts move only their own track and keep the round’s failure', async () => {
    const callers: string[] = [];
    world.deps.refreshCredits = async ({ priority }) => void callers.push(priority);
    world.deps.applyContacts = async ({ priority }) => {
      callers.push(priority);
      const failure = {
        code: 'xero_timeout' as const,
        count: 1,
        notedAt: instant(world.nowMs),
        until: instant(world.nowMs),
      };
      await world.change((state) => ({ ...state, failure }));
      return ['a'];
    };
    world.answers.contacts = { rows: [], isWhole: true, asOf: instant(world.nowMs + 10 * minutes) };
    await runBeside();
    expect(callers).toEqual(['background', 'background']);
    const { contacts, failure } = await world.readState();
    expect(contacts).toEqual({
      cursor: '2026-11-22T12:09:00.000Z',
      asOf: '2026-11-22T12:10:00.000Z',
      dueAt: '2026-11-22T12:20:00.000Z',
    });
    expect(failure?.count).toBe(1);
    expect(world.told.at(-1)).toEqual({ kind: 'figures', contactIds: ['a'], onlyBills: [] });
  });

  test('where contacts are not due yet, only credits are world.asked for', async () => {
    let creditsAsked = 0;
    world.deps.refreshCredits = async () => {
      creditsAsked += 1;
    };
    world.nowMs += 1 * minutes;
    const round = await world.run();
    if (round) await runSideRound(world.deps, round);
    expect([world.asked.map(([name]) => name), creditsAsked]).toEqual([['invoices'], 1]);
  });

  test('reads loaded contacts by id once, except those in the list', async () => {
    await world.deps.covered.add(organisationId, world.known.epoch, ['b']);
    world.answers.contacts = { rows: [{ id: 'b' }], isWhole: true, asOf: null };
    const byId: string[][] = [];
    world.deps.xero.listContactsById = async (_caller, ids) => {
      byId.push([...ids]);
      return [{ id: 'a' }] as never;
    };
    const given: string[] = [];
    world.deps.applyContacts = async (_caller, rows) => {
      given.push(...rows.map(({ id }) => id));
      return [];
    };
    await runBeside();
    await runBeside();
    expect([byId, given]).toEqual([[['a']], ['b', 'a', 'b']]);
  });

  test('where the process stops meanwhile, contacts stay due', async () => {
    world.nowMs += 10 * minutes;
    const round = await world.run();
    world.answers.contacts = new AppError('xero_timeout');
    if (round) await runSideRound(world.deps, { ...round, caller: { ...caller, signal: AbortSignal.abort() } });
    expect((await world.readState()).contacts).toEqual(world.known.contacts);
  });

  test('after a failure, contacts are due again from the same moment', async () => {
    world.answers.contacts = new AppError('xero_timeout');
    await runBeside();
    const { contacts, failure } = await world.readState();
    expect(contacts).toMatchObject({ cursor: world.known.contacts.cursor, dueAt: '2026-11-22T12:20:00.000Z' });
    expect(failure).toBeNull();
  });
});
