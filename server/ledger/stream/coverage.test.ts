import { beforeEach, describe, expect, test } from 'vitest';
import type { Cache } from '#server/cache/cache.ts';
import { buildMemoryCache } from '#server/cache/memory/cache.ts';
import { toAsOf, toFreshness } from '#server/ledger/entries/freshness.ts';
import { buildCover, type Cover, toCoverage } from './coverage.ts';
import { buildCoveredContacts, type CoveredContacts } from './covered-contacts.ts';
import { buildStreamStates, followClock, type StreamState, type StreamStates } from './stream-state.ts';

const minutes = 60 * 1000;
const hours = 60 * minutes;
/** Our clock; Xero's is a second behind. */
const noonMs = Date.UTC(2026, 10, 22, 12);
function instant(ms: number) {
  return new Date(ms).toISOString();
}
const asOf = instant(noonMs - 1000);
const organisationId = 'organisation';

let nowMs: number;
let steadyMs: number;
let cache: Cache;
let states: StreamStates;
let covered: CoveredContacts;
let cover: Cover;
beforeEach(() => {
  [nowMs, steadyMs] = [noonMs, 0];
  cache = buildMemoryCache(() => undefined);
  const clock = { now: () => new Date(nowMs), steadyMs: () => steadyMs };
  [states, covered] = [buildStreamStates(cache, clock), buildCoveredContacts(cache)];
  cover = buildCover({ states, covered, clock, nudge: async () => undefined });
});

async function begin(): Promise<StreamState> {
  const epoch = await cover(organisationId, ['a'], { asOf, beganMs: 0 });
  const state = await states.read(organisationId);
  if (!state || state.epoch !== epoch) throw new Error('no epoch began');
  return state;
}

describe('the first load', () => {
  test('begins an epoch with every cursor at Xero’s clock less a minute', async () => {
    const state = await begin();
    for (const track of [state.invoices, state.quotes, state.contacts]) {
      expect(track).toMatchObject({ cursor: '2026-11-22T11:58:59.000Z', asOf: '2026-11-22T11:59:59.000Z' });
    }
    expect([state.invoices.dueAt, state.quotes.dueAt, state.contacts.dueAt]).toEqual([
      '2026-11-22T12:01:00.000Z',
      '2026-11-22T12:03:00.000Z',
      '2026-11-22T12:10:00.000Z',
    ]);
    expect([state.invoices.freshUntil, state.quotes.freshUntil]).toEqual([
      '2026-11-22T12:01:30.000Z',
      '2026-11-22T12:03:30.000Z',
    ]);
    expect(await covered.read(organisationId, state.epoch)).toEqual({ contactIds: ['a'], unchecked: ['a'] });
  });

  test('a load that took longer than the minute covers is not handed over', async () => {
    steadyMs = 170_001;
    expect(await cover(organisationId, ['a'], { asOf, beganMs: 120_000 })).toBeNull();
    steadyMs = 170_000;
    expect(await cover(organisationId, ['a'], { asOf, beganMs: 120_000 })).not.toBeNull();
  });

  test('a clock that is set back while a load runs does not make it look quick', async () => {
    steadyMs = 50_001;
    nowMs -= 1 * hours;
    expect(await cover(organisationId, ['a'], { asOf, beganMs: 0 })).toBeNull();
  });

  test('the next load joins the epoch that runs, and its cursors stay', async () => {
    const { epoch, invoices } = await begin();
    nowMs += 30_000;
    expect(await cover(organisationId, ['b'], { asOf: instant(nowMs), beganMs: 0 })).toBe(epoch);
    expect((await states.read(organisationId))?.invoices).toEqual(invoices);
    expect((await covered.read(organisationId, epoch))?.contactIds).toEqual(['a', 'b']);
  });
});

describe('a later load', () => {
  test('a lost list of contacts begins a new epoch with this contact only', async () => {
    const { epoch } = await begin();
    await cache.delete(`stream:${organisationId}:covered:${epoch}`);
    const next = await cover(organisationId, ['b'], { asOf: instant(nowMs), beganMs: 0 });
    expect([next, next === epoch]).toEqual([expect.any(String), false]);
    expect((await states.read(organisationId))?.epoch).toBe(next);
    expect((await covered.read(organisationId, next ?? ''))?.contactIds).toEqual(['b']);
  });

  test('after more than a day without a question, too', async () => {
    const { epoch } = await begin();
    nowMs += 25 * hours;
    const next = await cover(organisationId, ['b'], { asOf: instant(nowMs), beganMs: 0 });
    expect([next, next === epoch]).toEqual([expect.any(String), false]);
    expect((await states.read(organisationId))?.invoices.cursor).toBe(instant(nowMs - 1 * minutes));
  });

  test('after a failure, a load that succeeds lets the epoch continue', async () => {
    const { epoch } = await begin();
    const failure = {
      code: 'xero_unavailable' as const,
      count: 3,
      notedAt: instant(nowMs),
      until: instant(nowMs + 5 * minutes),
    };
    await states.change(organisationId, (state) => state && { ...state, failure });
    expect(await cover(organisationId, ['b'], { asOf: instant(nowMs), beganMs: 0 })).toBe(epoch);
    expect((await states.read(organisationId))?.failure).toBeNull();
  });

  test('without the cache nothing is kept fresh', async () => {
    const rejecting = () => Promise.reject(new Error('away'));
    const away = { ...cache, get: rejecting, setIf: rejecting };
    const clock = { now: () => new Date(nowMs), steadyMs: () => steadyMs };
    const parts = {
      states: buildStreamStates(away, clock),
      covered: buildCoveredContacts(away),
      clock,
      nudge: rejecting,
    };
    expect(await buildCover(parts)(organisationId, ['a'], { asOf, beganMs: 0 })).toBeNull();
  });
});

describe('what the stream says of what is loaded', () => {
  const withAsOf = (state: StreamState, invoices: string, quotes: string): StreamState => ({
    ...state,
    invoices: { ...state.invoices, asOf: invoices },
    quotes: { ...state.quotes, asOf: quotes },
  });
  const [early, late] = ['2026-11-22T12:05:00.000Z', '2026-11-22T12:09:00.000Z'];

  test.each([
    ['invoices', late, early],
    ['quotes', early, late],
  ])('where %s were asked for later, figures are as of the other', async (_track, invoices, quotes) => {
    const coverage = toCoverage(withAsOf(await begin(), invoices, quotes), noonMs);
    expect(coverage?.asOf).toBe(early);
    const loaded = { epoch: coverage?.epoch ?? '', asOf };
    expect(toAsOf(loaded, coverage)).toBe(early);
    // A later load keeps its own time, and so does data of another epoch.
    expect(toAsOf({ ...loaded, asOf: late }, coverage)).toBe(late);
    expect(toAsOf({ epoch: 'another', asOf }, coverage)).toBe(asOf);
    expect(toAsOf(loaded, null)).toBe(asOf);
  });

  test('it is healthy until the first of the two is late', async () => {
    const state = await begin();
    const isHealthy = (ms: number) => toCoverage(state, noonMs + ms)?.isHealthy;
    expect([isHealthy(90_000), isHealthy(90_001)]).toEqual([true, false]);
    const later = { ...state, invoices: { ...state.invoices, freshUntil: instant(noonMs + 9 * minutes) } };
    expect(toCoverage(later, noonMs + 3.5 * minutes)?.isHealthy).toBe(true);
    expect(toCoverage(later, noonMs + 3.5 * minutes + 1)?.isHealthy).toBe(false);
  });

  test('over more than a day it says nothing', async () => {
    const state = await begin();
    const cursorMs = Date.parse(state.invoices.cursor);
    expect(toCoverage(state, cursorMs + 24 * hours)).not.toBeNull();
    expect(toCoverage(state, cursorMs + 24 * hours + 1)).toBeNull();
    const later = { ...state, invoices: { ...state.invoices, cursor: instant(cursorMs + 9 * hours) } };
    expect(toCoverage(later, cursorMs + 24 * hours + 1)).toBeNull();
  });

  test('reports why it failed, except for a lost connection', async () => {
    const state = await begin();
    const failed = (code: 'calls_paced' | 'reconnect_needed') => {
      const failure = { code, retryAfterSeconds: 7, count: 1, notedAt: instant(noonMs), until: instant(noonMs) };
      return toCoverage({ ...state, failure }, noonMs)?.failure;
    };
    expect(failed('calls_paced')).toMatchObject({ code: 'calls_paced', details: { retryAfterSeconds: 7 } });
    expect([failed('reconnect_needed'), toCoverage(state, noonMs)?.failure]).toEqual([null, null]);
  });

  test('fresh data is reloaded after an hour; unsure and old data differ', async () => {
    const state = await begin();
    const coverage = toCoverage(state, noonMs);
    const loaded = { epoch: state.epoch, loadedAt: instant(noonMs) };
    const freshness = (ms: number) => toFreshness(loaded, coverage, noonMs + ms);
    expect([freshness(0), freshness(1 * hours), freshness(1 * hours + 1)]).toEqual(['fresh', 'fresh', 'due']);
    expect(toFreshness(loaded, toCoverage(state, noonMs + 2 * minutes), noonMs + 2 * minutes)).toBe('unsure');
    expect(toFreshness({ ...loaded, epoch: 'another' }, coverage, noonMs)).toBe('old');
    expect(toFreshness(loaded, null, noonMs)).toBe('old');
  });
});

describe('after our clock was set back by an hour', () => {
  test('everything is due and unsure until asked again; Xero’s clock stays', async () => {
    const state = await begin();
    nowMs -= 1 * hours;
    const known = await states.read(organisationId);
    for (const track of ['invoices', 'quotes', 'contacts'] as const) {
      expect(known?.[track]).toMatchObject({
        dueAt: instant(nowMs),
        cursor: state[track].cursor,
        asOf: state[track].asOf,
      });
    }
    expect(toCoverage(state, nowMs)).toMatchObject({ epoch: state.epoch, isHealthy: false });
    // The next change keeps this.
    const round = { roundAt: instant(nowMs), dirtyAt: null };
    await states.change(organisationId, (one) => one && { ...one, ...round });
    nowMs += 10 * minutes;
    expect((await states.read(organisationId))?.quotes.dueAt).toBe(instant(nowMs - 10 * minutes));
  });

  test('a failure recorded then delays nobody, and webhooks keep their rounds', async () => {
    const state = await begin();
    const failure = {
      code: 'xero_unavailable' as const,
      count: 3,
      notedAt: instant(noonMs),
      until: instant(noonMs + 5 * minutes),
    };
    const wakes = { left: 4, at: instant(noonMs), everyMs: 1 * minutes };
    const backMs = noonMs - 1 * hours;
    const followed = followClock({ ...state, failure, wakes, dirtyAt: instant(noonMs) }, backMs);
    expect(followed.failure).toMatchObject({ count: 3, until: instant(backMs) });
    expect([followed.wakes, followed.dirtyAt]).toEqual([{ ...wakes, at: instant(backMs) }, instant(backMs)]);
    // Recorded after the last round, at a time that the clock has passed again.
    const early = { ...state, roundAt: instant(backMs - 1 * minutes), failure };
    expect(followClock(early, backMs).failure?.until).toBe(instant(backMs));
  });

  test('clocks of two processes may differ by a minute', async () => {
    const state = await begin();
    expect(followClock(state, noonMs - 1 * minutes)).toBe(state);
    expect(followClock(state, noonMs - 1 * minutes - 1)).not.toBe(state);
  });

  test('data loaded ahead of the clock is loaded again', async () => {
    const state = await begin();
    const coverage = toCoverage(state, noonMs);
    const loaded = { epoch: state.epoch, loadedAt: instant(noonMs) };
    expect(toFreshness(loaded, coverage, noonMs - 1 * minutes)).toBe('fresh');
    expect(toFreshness(loaded, coverage, noonMs - 1 * hours)).toBe('due');
  });
});
