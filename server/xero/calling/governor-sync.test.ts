import { beforeEach, expect, test, vi } from 'vitest';
import { buildMemoryGovernor } from '#server/cache/memory/governor.ts';
import { AppError } from '#shared/app-error.ts';
import { buildGovernor, type XeroGovernor } from './governor.ts';
import type { CallSlot, Priority } from './governor-policy.ts';

/** What sync leaves to everybody else. Limits of Xero: 5 in flight, 60 a minute, here 40 a day. */
const start = Date.parse('2026-11-22T10:00:00.000Z');
const dailyCalls = 40;

let steadyMs: number;
/** Then no time passes, and a wait ends when something happens. */
let isStill: boolean;
let governor: XeroGovernor;
const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };

function turn() {
  return new Promise((resolve) => setImmediate(resolve));
}
/** Everything that can happen without time has happened. */
async function untilIdle() {
  for (let count = 0; count < 30; count += 1) await turn();
}

/** Time passes when a call waits and everything else is idle. */
async function wait(ms: number, signal?: AbortSignal): Promise<void> {
  for (let count = 0; count < 5; count += 1) await turn();
  if (isStill && !signal?.aborted) await new Promise((resolve) => signal?.addEventListener('abort', resolve));
  signal?.throwIfAborted();
  steadyMs += ms;
}

function build(perDay: number): XeroGovernor {
  const clock = { now: () => new Date(start + steadyMs), steadyMs: () => steadyMs };
  return buildGovernor({ cache: { governor: buildMemoryGovernor() }, clock, log, wait, dailyCalls: perDay });
}

beforeEach(() => {
  [steadyMs, isStill] = [0, false];
  governor = build(1000);
});

function of(priority: Priority): CallSlot {
  return { organisationId: 'one', priority };
}
async function call() {
  return undefined;
}
function outcomeOf(run: Promise<unknown>) {
  return run.then(
    () => 'called',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
}

/** Holds calls in flight until `end`, and counts them. */
function hold(count: number, priority: Priority) {
  const ending = new AbortController();
  const held = new Promise((resolve) => ending.signal.addEventListener('abort', resolve));
  const state = { inFlight: 0 };
  const runs = Array.from({ length: count }, () =>
    governor.run(of(priority), () => {
      state.inFlight += 1;
      return held;
    }),
  );
  return {
    state,
    end: async () => {
      ending.abort();
      await Promise.allSettled(runs);
    },
  };
}

test('ten calls of sync leave people two calls in flight', async () => {
  isStill = true;
  const syncing = hold(10, 'sync');
  await untilIdle();
  const people = hold(2, 'person');
  await untilIdle();
  expect([syncing.state.inFlight, people.state.inFlight, steadyMs]).toEqual([2, 2, 0]);
  await Promise.all([syncing.end(), people.end()]);
});

test('sync waits while people use two calls', async () => {
  isStill = true;
  const people = hold(2, 'person');
  const syncing = hold(1, 'sync');
  await untilIdle();
  expect([people.state.inFlight, syncing.state.inFlight]).toEqual([2, 0]);
  await people.end();
  await untilIdle();
  expect(syncing.state.inFlight).toBe(1);
  await syncing.end();
});

test('sync is served after the stream, people and background', async () => {
  const calls = hold(5, 'stream');
  const order: Priority[] = [];
  const wanted: Priority[] = ['sync', 'background', 'person', 'stream'];
  const late = wanted.map((priority) => governor.run(of(priority), async () => order.push(priority)));
  await turn();
  await calls.end();
  await Promise.all(late);
  expect(order).toEqual(['stream', 'person', 'background', 'sync']);
});

test('sync uses half of a minute, and people the rest at once', async () => {
  for (let count = 0; count < 30; count += 1) await governor.run(of('sync'), call);
  const waiting = governor.run(of('sync'), async () => steadyMs);
  for (let count = 0; count < 24; count += 1) await governor.run(of('person'), call);
  expect(steadyMs).toBe(0);
  expect(await waiting).toBeGreaterThanOrEqual(60_000);
});

test('sync stops at three quarters of the day, and says until when', async () => {
  governor = build(dailyCalls);
  for (let count = 0; count < 30; count += 1) expect(await outcomeOf(governor.run(of('sync'), call))).toBe('called');
  const refused = governor.run(of('sync'), call);
  // The day of the limit begins at midnight UTC, in 14 hours.
  await expect(refused).rejects.toMatchObject({ code: 'xero_day_limit', details: { retryAfterSeconds: 14 * 3600 } });
  expect(await outcomeOf(governor.run(of('person'), call))).toBe('called');
});
