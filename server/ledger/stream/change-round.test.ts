import { beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import { runRound } from './change-round.ts';
import {
  buildRoundWorld,
  caller,
  hours,
  instant,
  minutes,
  noonMs,
  organisationId,
  type RoundWorld,
  row,
  seconds,
} from './round.fixture.ts';

let world: RoundWorld;
beforeEach(async () => {
  world = await buildRoundWorld();
});

describe('what a round asks', () => {
  test('invoices after one minute, quotes after three, each from its cursor', async () => {
    world.nowMs += 1 * minutes;
    await world.run();
    expect(world.asked).toEqual([['invoices', '2026-11-22T11:58:59.000Z']]);
    world.nowMs += 2 * minutes;
    await world.run();
    expect(world.asked.slice(1)).toEqual([
      // Xero's clock at the last answer, less a minute.
      ['invoices', '2026-11-22T11:59:59.000Z'],
      ['quotes', '2026-11-22T11:58:59.000Z'],
    ]);
  });

  test('where quotes alone are due, for them alone', async () => {
    await world.change((state) => ({
      ...state,
      invoices: { ...state.invoices, dueAt: instant(noonMs + 9 * minutes) },
    }));
    world.nowMs += 3 * minutes;
    await world.run();
    expect(world.asked.map(([name]) => name)).toEqual(['quotes']);
  });

  test('nothing after more than a day: the epoch ends', async () => {
    world.nowMs += 24 * hours;
    expect(await world.run()).toBeUndefined();
    expect([world.asked, await world.deps.states.read(organisationId)]).toEqual([[], undefined]);
  });

  test('only invoices after a webhook, which uses one of its rounds', async () => {
    world.nowMs += 10 * seconds;
    await world.change((state) => ({ ...state, dirtyAt: instant(world.nowMs) }));
    const applyRows = world.deps.applyRows;
    world.deps.applyRows = async (...given) => {
      await world.change((state) => ({ ...state, dirtyAt: instant(world.nowMs) }));
      return applyRows(...given);
    };
    await world.run();
    expect(world.asked.map(([name]) => name)).toEqual(['invoices']);
    const { wakes, roundAt, dirtyAt } = await world.readState();
    expect([wakes.left, wakes.everyMs, roundAt, dirtyAt]).toEqual([
      9,
      1 * minutes,
      instant(world.nowMs),
      instant(world.nowMs),
    ]);
  });

  test('a round at its own pace uses no webhook round and clears the mark', async () => {
    world.nowMs += 1 * minutes;
    await world.change((state) => ({ ...state, dirtyAt: instant(world.nowMs) }));
    await world.run();
    const { wakes, dirtyAt, roundAt } = await world.readState();
    expect([wakes.left, dirtyAt, roundAt]).toEqual([10, null, instant(world.nowMs)]);
  });

  test('from four fifths of the daily limit, one webhook round per interval', async () => {
    world.usage = { callsToday: 900, dailyCalls: 1000 };
    world.nowMs += 1 * minutes;
    await world.run();
    const { wakes, invoices } = await world.readState();
    // 12 hours for 50 calls, 1.6 calls per interval.
    const intervalMs = Math.round(((12 * hours - 1 * minutes) * 1.6) / 50);
    expect([wakes.everyMs, Date.parse(invoices.dueAt) - world.nowMs]).toEqual([intervalMs, intervalMs]);
  });
});

describe('what moves after an answer', () => {
  const later = () => instant(world.nowMs - 1 * seconds);

  test('moves the cursor to Xero’s clock less a minute and clears the failure', async () => {
    const failure = {
      code: 'xero_timeout' as const,
      count: 2,
      notedAt: instant(world.nowMs),
      until: instant(world.nowMs),
    };
    await world.change((state) => ({ ...state, failure }));
    world.nowMs += 1 * minutes;
    const round = await world.run();
    expect(round).toMatchObject({ epoch: world.known.epoch, tracks: new Set(['invoices']) });
    expect(await world.readState()).toMatchObject({
      failure: null,
      invoices: {
        cursor: '2026-11-22T11:59:59.000Z',
        asOf: '2026-11-22T12:00:59.000Z',
        dueAt: '2026-11-22T12:02:00.000Z',
        freshUntil: '2026-11-22T12:02:30.000Z',
      },
      quotes: world.known.quotes,
      contacts: world.known.contacts,
    });
  });

  test.each([
    ['does not tell its clock', null],
    ['tells an earlier one', instant(noonMs - 10 * minutes)],
  ])('where Xero %s, cursor and asOf stay', async (_what, asOf) => {
    world.answers.invoices = { rows: [], unreadable: [], isWhole: true, asOf };
    world.nowMs += 1 * minutes;
    await world.run();
    expect((await world.readState()).invoices).toMatchObject({
      cursor: world.known.invoices.cursor,
      asOf: world.known.invoices.asOf,
      dueAt: instant(world.nowMs + 1 * minutes),
    });
  });

  test('nothing before all rows are stored; otherwise it asks again', async () => {
    world.deps.applyRows = () => Promise.reject(new Error('the cache is away'));
    world.nowMs += 1 * minutes;
    expect(await world.run()).toBeUndefined();
    expect((await world.readState()).invoices).toEqual(world.known.invoices);
    expect(world.told).toEqual([]);
  });

  test('nothing of an epoch that ended meanwhile', async () => {
    world.deps.applyRows = async () => {
      await world.change((state) => ({ ...state, epoch: 'another' }));
      return [];
    };
    world.nowMs += 1 * minutes;
    await world.run();
    const { epoch, invoices } = await world.readState();
    expect([epoch, invoices]).toEqual(['another', world.known.invoices]);
  });

  test('where more changed than is read, the epoch ends and nothing is applied', async () => {
    world.answers.invoices = { rows: [row('invoice')], unreadable: [], isWhole: false, asOf: later() };
    world.nowMs += 3 * minutes;
    expect(await world.run()).toBeUndefined();
    expect([world.asked.length, world.applied, await world.deps.states.read(organisationId)]).toEqual([
      1,
      [],
      undefined,
    ]);
    expect(world.told).toEqual([]);
  });

  test('where the list of loaded contacts is lost, too', async () => {
    world.deps.covered = { ...world.deps.covered, read: async () => undefined };
    world.nowMs += 1 * minutes;
    expect(await world.run()).toBeUndefined();
    expect([world.applied, await world.deps.states.read(organisationId)]).toEqual([[], undefined]);
  });

  test('viewers hear whose figures changed, and whether only bills did', async () => {
    world.answers.invoices = {
      ...{ rows: [row('bill', 'a'), row('bill', 'b'), row('invoice', 'b')], unreadable: [], isWhole: true },
      asOf: later(),
    };
    world.nowMs += 1 * minutes;
    await world.run();
    expect(world.told).toEqual([{ kind: 'figures', contactIds: ['a', 'b'], onlyBills: ['a'] }]);
  });
});

describe('where Xero fails', () => {
  const busy = new AppError('xero_rate_limited', { retryAfterSeconds: 40 });

  test('records the failure, waits longer each time, and keeps the mark', async () => {
    world.answers.invoices = new AppError('xero_unavailable');
    for (const [count, waitMs] of [
      [1, 15 * seconds],
      [2, 30 * seconds],
      [3, 60 * seconds],
    ] as const) {
      world.nowMs += 3 * minutes;
      expect(await world.run()).toBeUndefined();
      const { failure, dirtyAt, invoices } = await world.readState();
      expect(failure).toMatchObject({ code: 'xero_unavailable', count, until: instant(world.nowMs + waitMs) });
      expect([dirtyAt, invoices.cursor]).toEqual([instant(world.nowMs), world.known.invoices.cursor]);
    }
    // Quotes are asked for after invoices, and invoices failed.
    expect(new Set(world.asked.map(([name]) => name))).toEqual(new Set(['invoices']));
  });

  test('as long as it asks to wait', async () => {
    world.answers.invoices = busy;
    world.nowMs += 1 * minutes;
    await world.run();
    expect((await world.readState()).failure).toMatchObject({
      retryAfterSeconds: 40,
      until: instant(world.nowMs + 40 * seconds),
    });
  });

  test('at quotes, what was read of invoices is kept', async () => {
    world.answers.quotes = busy;
    world.nowMs += 3 * minutes;
    await world.run();
    const { invoices, quotes, failure } = await world.readState();
    expect([invoices.cursor, quotes.cursor]).toEqual(['2026-11-22T11:59:59.000Z', world.known.quotes.cursor]);
    expect(failure?.code).toBe('xero_rate_limited');
  });

  test('while the process stops, it is no failure of Xero', async () => {
    world.answers.invoices = new AppError('xero_timeout');
    const stopping = { ...caller, signal: AbortSignal.abort() };
    world.nowMs += 1 * minutes;
    expect(await runRound(world.deps, stopping, await world.readState())).toBeUndefined();
    expect((await world.readState()).failure).toBeNull();
  });
});
