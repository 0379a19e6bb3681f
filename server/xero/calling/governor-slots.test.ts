import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { GovernorState } from '#server/cache/cache.ts';
import { buildMemoryGovernor } from '#server/cache/memory/governor.ts';
import { AppError } from '#shared/app-error.ts';
import { buildGovernor, type XeroGovernor } from './governor.ts';
import type { CallSlot } from './governor-policy.ts';

/** Which calls get a slot when several wait, and what the others are told. Limits: 5 in flight, 60 a minute. */
const start = Date.parse('2026-11-22T10:00:00.000Z');
const organisationId = 'one';
const person: CallSlot = { organisationId, priority: 'person' };
const background: CallSlot = { organisationId, priority: 'background' };
const stream: CallSlot = { organisationId, priority: 'stream' };

let steadyMs: number;
/** How far the time of day was set back. */
let backMs: number;
const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
const clock = { now: () => new Date(start + steadyMs - backMs), steadyMs: () => steadyMs };

function turn() {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Time passes when a call waits and everything else is idle. */
async function wait(ms: number, signal?: AbortSignal): Promise<void> {
  for (let count = 0; count < 5; count += 1) await turn();
  signal?.throwIfAborted();
  steadyMs += ms;
}

function build(state: GovernorState, onWait?: (waited: { waitMs: number }) => void): XeroGovernor {
  return buildGovernor({ cache: { governor: state }, clock, log, wait, dailyCalls: 1000, onWait });
}

let governor: XeroGovernor;
beforeEach(() => {
  [steadyMs, backMs] = [0, 0];
  governor = build(buildMemoryGovernor());
});

async function call() {
  return undefined;
}
function toCode(error: unknown) {
  return error instanceof AppError ? error.code : String(error);
}
function outcomeOf(run: Promise<unknown>) {
  return run.then(
    () => 'called',
    (error: unknown) => toCode(error),
  );
}
async function callTimes(count: number, wanted: CallSlot) {
  const outcomes = await Promise.all(Array.from({ length: count }, () => outcomeOf(governor.run(wanted, call))));
  return Object.fromEntries(
    [...new Set(outcomes)].map((one) => [one, outcomes.filter((other) => other === one).length]),
  );
}

/** Holds calls in flight until `end`. */
function hold(count: number, wanted: CallSlot) {
  const ending = new AbortController();
  const held = new Promise((resolve) => ending.signal.addEventListener('abort', resolve));
  const runs = Array.from({ length: count }, () => governor.run(wanted, () => held));
  return {
    end: async () => {
      ending.abort();
      await Promise.all(runs);
    },
  };
}

describe('the slot of the change stream', () => {
  test('the stream calls six times at once after people used their minute', async () => {
    expect(await callTimes(60, person)).toEqual({ called: 54, calls_paced: 6 });
    for (let round = 0; round < 6; round += 1) expect(await callTimes(1, stream)).toEqual({ called: 1 });
    expect(steadyMs).toBe(0);
    const waited = outcomeOf(governor.run(stream, async () => expect(steadyMs).toBe(61_000)));
    expect(await waited).toBe('called');
  });

  test('the stream’s call is the fifth beside people’s calls in flight', async () => {
    const calls = hold(4, person);
    const order: string[] = [];
    const more = governor.run(person, async () => order.push('person'));
    await governor.run(stream, async () => order.push('stream'));
    expect([order, steadyMs]).toEqual([['stream'], 0]);
    await calls.end();
    await more;
  });

  test('the stream is served before people and background', async () => {
    const calls = hold(5, stream);
    const order: string[] = [];
    const late = [background, person, stream].map((wanted) =>
      governor.run(wanted, async () => order.push(wanted.priority)),
    );
    await turn();
    await calls.end();
    await Promise.all(late);
    expect(order).toEqual(['stream', 'person', 'background']);
  });

  test('background’s used half does not delay people or the stream', async () => {
    expect(await callTimes(30, background)).toEqual({ called: 30 });
    const waiting = governor.run(background, async () => steadyMs);
    expect(await callTimes(1, stream)).toEqual({ called: 1 });
    expect(await callTimes(23, person)).toEqual({ called: 23 });
    expect(steadyMs).toBe(0);
    expect(await waiting).toBeGreaterThanOrEqual(61_000);
  });
});

describe('background', () => {
  test('background waits when people have used half of the minute', async () => {
    expect(await callTimes(30, person)).toEqual({ called: 30 });
    const began = governor.run(background, async () => steadyMs);
    expect(await began).toBe(61_000);
  });

  test('background waits when people have three calls in flight', async () => {
    const calls = hold(3, person);
    let hasCalled = false;
    const waiting = governor.run(background, async () => {
      hasCalled = true;
    });
    await turn();
    await turn();
    expect(hasCalled).toBe(false);
    await calls.end();
    await waiting;
  });

  test.each([
    ['person', person],
    ['stream', stream],
  ])('background does not get the slot of a %s that left', async (_who, wanted) => {
    const shared = buildMemoryGovernor();
    let answer = () => undefined as unknown;
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    let isSlow = false;
    governor = build({
      ...shared,
      tryEnter: async (...given) => {
        const admission = await shared.tryEnter(...given);
        if (isSlow) await asked;
        return admission;
      },
    });
    expect(await callTimes(30, background)).toEqual({ called: 30 });
    isSlow = true;
    const leaving = new AbortController();
    const gone = outcomeOf(governor.run({ ...wanted, signal: leaving.signal }, call));
    const waiting = governor.run(background, async () => steadyMs);
    await turn();
    leaving.abort();
    isSlow = false;
    answer();
    expect(await gone).toBe('xero_timeout');
    expect(await waiting).toBe(61_000);
  });
});

describe('what those hear who get no slot', () => {
  test('our own pacing is not reported as Xero’s', async () => {
    await callTimes(54, person);
    const refused = await governor.run(person, call).catch((reason: unknown) => reason);
    expect(refused).toMatchObject({ code: 'calls_paced', details: { retryAfterSeconds: 61 } });
  });

  test('calls in flight for longer than a person waits are our own pacing', async () => {
    const calls = hold(4, person);
    expect(await outcomeOf(governor.run(person, call))).toBe('calls_paced');
    expect(steadyMs).toBeGreaterThan(8_000);
    await calls.end();
  });

  test.each([
    ['minute', 'xero_rate_limited'],
    ['day', 'xero_day_limit'],
  ] as const)('everybody is told that the %s is full when Xero said so', async (reason, code) => {
    await governor.pause(organisationId, 90, reason);
    for (const wanted of [person, stream, background]) {
      const refused = await governor.run(wanted, call).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code, details: { retryAfterSeconds: 90 } });
    }
  });
});

describe('a clock that is set back by an hour', () => {
  test('a waiting person is still told after eight seconds', async () => {
    const calls = hold(4, person);
    const waiting = outcomeOf(governor.run(person, call));
    await turn();
    backMs = 3_600_000;
    expect(await waiting).toBe('calls_paced');
    expect(steadyMs).toBeLessThan(9_000);
    await calls.end();
  });

  test('a waiting call keeps its remaining wait', async () => {
    const waits: number[] = [];
    governor = build(buildMemoryGovernor(), ({ waitMs }) => waits.push(waitMs));
    await callTimes(54, person);
    steadyMs += 56_000;
    const waiting = governor.run(person, call);
    backMs = 3_600_000;
    // The whole minute counts from now, because the clock cannot be trusted.
    await waiting.catch(() => undefined);
    for (const waitMs of waits) expect(waitMs).toBeGreaterThanOrEqual(0);
  });
});

describe('when the shared counts are lost and return', () => {
  const shared = () => {
    const state = buildMemoryGovernor();
    const lost = { isLost: false };
    const rejecting = () => Promise.reject(new Error('ECONNREFUSED'));
    const get = (target: GovernorState, name: string | symbol) => (lost.isLost ? rejecting : Reflect.get(target, name));
    return { lost, state, governor: build(new Proxy(state, { get })) };
  };

  test('a call in flight during the loss blocks another beside it', async () => {
    const world = shared();
    governor = world.governor;
    const calls = hold(1, person);
    await turn();
    world.lost.isLost = true;
    let hasCalled = false;
    const next = governor.run(person, async () => {
      hasCalled = true;
    });
    await turn();
    await turn();
    expect(hasCalled).toBe(false);
    await calls.end();
    await next;
  });

  test('the shared counts learn Xero’s headers before anybody calls', async () => {
    const world = shared();
    governor = world.governor;
    world.lost.isLost = true;
    await governor.correct(organisationId, { 'x-minlimit-remaining': '7', 'x-daylimit-remaining': '400' });
    world.lost.isLost = false;
    // Sixty less seven calls were made, by any caller; one more is allowed for a person.
    expect(await callTimes(3, person)).toEqual({ called: 1, calls_paced: 2 });
    expect((await world.state.usage(organisationId, clock.now().getTime())).callsToday).toBe(601);
  });

  test('after the minute, the shared counts learn only the day’s use', async () => {
    const world = shared();
    governor = world.governor;
    world.lost.isLost = true;
    await governor.correct(organisationId, { 'x-minlimit-remaining': '0', 'x-daylimit-remaining': '400' });
    world.lost.isLost = false;
    steadyMs += 61_001;
    expect(await callTimes(3, person)).toEqual({ called: 3 });
    expect((await world.state.usage(organisationId, clock.now().getTime())).callsToday).toBe(603);
  });
});
