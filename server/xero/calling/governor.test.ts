import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { GovernorState } from '#server/cache/cache.ts';
import { buildMemoryGovernor } from '#server/cache/memory/governor.ts';
import { AppError } from '#shared/app-error.ts';
import { buildGovernor, type XeroGovernor } from './governor.ts';
import type { CallSlot } from './governor-policy.ts';

const start = Date.parse('2026-11-22T10:00:00.000Z');
const organisationId = 'one';
const person: CallSlot = { organisationId, priority: 'person' };
const background: CallSlot = { organisationId, priority: 'background' };
const stream: CallSlot = { organisationId, priority: 'stream' };

let nowMs: number;
/** How far the time of day was set back. */
let backMs: number;
let governor: XeroGovernor;
const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
const clock = { now: () => new Date(nowMs - backMs), steadyMs: () => nowMs - start };

/** Time passes when a call waits and everything else is idle. */
async function wait(ms: number, signal?: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
  nowMs += ms;
}

function build(state: GovernorState, dailyCalls = 1000): XeroGovernor {
  return buildGovernor({ cache: { governor: state }, clock, log, wait, dailyCalls });
}

beforeEach(() => {
  [nowMs, backMs] = [start, 0];
  vi.clearAllMocks();
  governor = build(buildMemoryGovernor());
});

async function outcomesOf(runs: Promise<unknown>[]) {
  return (await Promise.allSettled(runs)).map((one) => (one.status === 'fulfilled' ? 'called' : toCode(one.reason)));
}
function toCode(error: unknown) {
  return error instanceof AppError ? error.code : String(error);
}
async function call() {
  return undefined;
}
function times(count: number, wanted: CallSlot) {
  return Array.from({ length: count }, () => governor.run(wanted, call));
}

describe('the governor', () => {
  test('four of many people’s calls run, the fifth slot stays the stream’s', async () => {
    let inFlight = 0;
    let peak = 0;
    const slow = async () => {
      inFlight += 1;
      peak = Math.max(peak, inFlight);
      await new Promise((resolve) => setImmediate(resolve));
      inFlight -= 1;
    };
    const runs = Array.from({ length: 40 }, () => governor.run(person, slow));
    expect(new Set(await outcomesOf(runs))).toEqual(new Set(['called']));
    expect(peak).toBe(4);
  });

  test('a person comes before waiting background', async () => {
    const order: string[] = [];
    const freed = new AbortController();
    const held = new Promise((resolve) => freed.signal.addEventListener('abort', resolve));
    const busy = Array.from({ length: 4 }, () => governor.run(person, () => held));
    const late = [
      governor.run(background, async () => order.push('background')),
      governor.run(person, async () => order.push('person')),
    ];
    await new Promise((resolve) => setImmediate(resolve));
    freed.abort();
    await Promise.all([...busy, ...late]);
    expect(order).toEqual(['person', 'background']);
  });

  test('a full minute tells a person at once how long to wait', async () => {
    expect(new Set(await outcomesOf(times(54, person)))).toEqual(new Set(['called']));
    const error = await governor.run(person, call).catch((reason: unknown) => reason);
    // This is our own pacing: Xero has refused nothing.
    expect(error).toMatchObject({ code: 'calls_paced', details: { retryAfterSeconds: 61 } });
    expect(nowMs).toBe(start);
  });

  test('a person waits for a minute that soon has room', async () => {
    await outcomesOf(times(54, person));
    nowMs += 56_000;
    expect(await outcomesOf(times(1, person))).toEqual(['called']);
    expect(nowMs - start).toBe(61_000);
  });

  test('background leaves half of the minute to people', async () => {
    expect(new Set(await outcomesOf(times(30, background)))).toEqual(new Set(['called']));
    const waiting = governor.run(background, async () => nowMs - start);
    expect(new Set(await outcomesOf(times(24, person)))).toEqual(new Set(['called']));
    expect(await waiting).toBeGreaterThanOrEqual(61_000);
  });

  test('a person is not delayed by background that waits for its share', async () => {
    await outcomesOf(times(30, background));
    const order: string[] = [];
    const runs = [background, person].map((wanted) => governor.run(wanted, async () => order.push(wanted.priority)));
    await Promise.all(runs);
    expect(order).toEqual(['person', 'background']);
  });

  test('background stops at four fifths of the day, people continue', async () => {
    governor = build(buildMemoryGovernor(), 10);
    expect(await outcomesOf(times(9, background))).toEqual([...Array(8).fill('called'), 'calls_paced']);
    expect(await outcomesOf(times(1, stream))).toEqual(['called']);
    expect(await outcomesOf(times(2, person))).toEqual(['called', 'xero_day_limit']);
    expect(await outcomesOf(times(1, stream))).toEqual(['xero_day_limit']);
  });

  test('the whole queue is told when Xero asks to wait', async () => {
    await governor.pause(organisationId, 90, 'minute');
    expect(await governor.pausedUntil(organisationId)).toBe('2026-11-22T10:01:30.000Z');
    const error = await governor.run(person, call).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'xero_rate_limited', details: { retryAfterSeconds: 90 } });
    expect(await outcomesOf(times(2, background))).toEqual(['xero_rate_limited', 'xero_rate_limited']);
    expect(await outcomesOf([governor.run({ ...person, organisationId: 'two' }, call)])).toEqual(['called']);
  });

  test('a failed call releases its slot', async () => {
    const failing = () => Promise.reject(new AppError('xero_timeout'));
    for (let count = 0; count < 12; count += 1) {
      expect(await outcomesOf([governor.run(person, failing)])).toEqual(['xero_timeout']);
    }
  });

  test('headers with fewer remaining calls lower the counts, never raise them', async () => {
    await governor.correct(organisationId, { 'x-daylimit-remaining': '400', 'x-minlimit-remaining': '0' });
    expect(await governor.usage(organisationId)).toMatchObject({ callsToday: 600, dailyCalls: 1000 });
    expect(await outcomesOf(times(1, person))).toEqual(['calls_paced']);
    await governor.correct(organisationId, { 'x-daylimit-remaining': '999', 'x-minlimit-remaining': 'many' });
    expect(await governor.usage(organisationId)).toMatchObject({ callsToday: 600 });
  });

  test('no rolling minute ever exceeds Xero’s limit', async () => {
    const act = fc.record({
      priority: fc.constantFrom<CallSlot['priority']>('person', 'background', 'stream'),
      gapMs: fc.nat(3_000),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 80, maxLength: 150 }), async (acts) => {
        governor = build(buildMemoryGovernor());
        const called: number[] = [];
        const runs = acts.map(({ priority, gapMs }) => {
          nowMs += gapMs % 700;
          return governor.run({ organisationId, priority }, async () => called.push(nowMs));
        });
        await Promise.allSettled(runs);
        for (const at of called) {
          expect(called.filter((other) => other > at - 60_000 && other <= at).length).toBeLessThanOrEqual(60);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('while the shared counts are away', () => {
  const rejecting = () => Promise.reject(new Error('ECONNREFUSED'));
  const away: GovernorState = {
    tryEnter: rejecting,
    leave: rejecting,
    pause: rejecting,
    correct: rejecting,
    usage: rejecting,
  };

  test('allows a fifth of the minute and logs it once', async () => {
    governor = build(away);
    expect(await outcomesOf(times(13, person))).toEqual([...Array(12).fill('called'), 'calls_paced']);
    expect(log.warn).toHaveBeenCalledTimes(1);
  });

  test('uses a fifth of what Xero’s headers leave, also after a later loss', async () => {
    const shared = buildMemoryGovernor();
    let isAway = false;
    governor = build(new Proxy(shared, { get: (target, name) => Reflect.get(isAway ? away : target, name) }));
    await governor.correct(organisationId, { 'x-minlimit-remaining': '17', 'x-daylimit-remaining': '900' });
    isAway = true;
    expect(await outcomesOf(times(4, person))).toEqual([...Array(3).fill('called'), 'calls_paced']);
    nowMs += 61_000;
    expect(await outcomesOf(times(1, person))).toEqual(['called']);
  });

  test('a pause survives the loss of the shared counts', async () => {
    const shared = buildMemoryGovernor();
    let isAway = false;
    const state = new Proxy(shared, { get: (target, name) => Reflect.get(isAway ? away : target, name) });
    governor = build(state);
    await governor.pause(organisationId, 90, 'day');
    isAway = true;
    expect(await outcomesOf(times(1, person))).toEqual(['xero_day_limit']);
    isAway = false;
    nowMs += 90_001;
    expect(await outcomesOf(times(1, person))).toEqual(['called']);
    expect(log.info).toHaveBeenCalledTimes(1);
  });
});
