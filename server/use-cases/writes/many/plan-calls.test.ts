import { describe, expect, test } from 'vitest';
import { isSettled, planCalls, type Sendable, toCallKey, toHalves } from './plan-calls.ts';

const nowMs = Date.parse('2026-11-30T12:00:00.000Z');

function toInstant(minutesAgo: number): string {
  return new Date(nowMs - minutesAgo * 60_000).toISOString();
}

function fresh(id: string): Sendable {
  return { id, attempt: 1, sentAt: null, sentIn: null };
}

/** Writes that were sent in one call. */
function sentTogether(minutesAgo: number, ...ids: string[]): Sendable[] {
  const key = toCallKey(ids.map((id) => ({ id, attempt: 1 })));
  return ids.map((id) => ({ id, attempt: 1, sentAt: toInstant(minutesAgo), sentIn: key }));
}

function planOf(writes: readonly Sendable[], perCall?: number) {
  const { calls, early } = planCalls(writes, { nowMs, ...(perCall !== undefined && { perCall }) });
  return [calls.map((call) => call.map(({ id }) => id)), early.map(({ id }) => id)];
}

describe('which writes go in which call', () => {
  test('new ones go together, in the order of their ids', () => {
    expect(planOf([fresh('b'), fresh('c'), fresh('a')])).toEqual([[['a', 'b', 'c']], []]);
    expect(planOf([fresh('b'), fresh('c'), fresh('a')], 2)).toEqual([[['a', 'b'], ['c']], []]);
    expect(planOf([])).toEqual([[], []]);
  });

  test('a whole earlier call is sent again as it was, however little time has passed', () => {
    const earlier = sentTogether(0, 'b', 'd');
    expect(planOf([fresh('a'), ...earlier.toReversed(), fresh('c')])).toEqual([
      [
        ['b', 'd'],
        ['a', 'c'],
      ],
      [],
    ]);
  });

  test('a part of an earlier call waits for six minutes, then it goes with the others', () => {
    const [part] = sentTogether(5.9, 'b', 'd');
    const [late] = sentTogether(6, 'b', 'd');
    if (!part || !late) throw new Error('two writes');
    expect(planOf([fresh('a'), part])).toEqual([[['a']], ['b']]);
    expect(planOf([fresh('a'), late])).toEqual([[['a', 'b']], []]);
  });

  test('a write that was sent in no known call waits, too', () => {
    const unknown = { ...fresh('a'), sentAt: toInstant(1) };
    expect(planOf([unknown])).toEqual([[], ['a']]);
  });

  test('a clock that was set back does not hold a write up for ever', () => {
    const sentAhead = (minutes: number) => isSettled({ sentAt: toInstant(-minutes) }, nowMs);
    expect([sentAhead(1), sentAhead(10), sentAhead(11)]).toEqual([false, false, true]);
  });
});

describe('the key of a call', () => {
  test('names its writes and their attempts, in any order', () => {
    const [one, two] = [fresh('a'), fresh('b')];
    expect(toCallKey([one, two])).toBe(toCallKey([two, one]));
    const others = [[one], [one, { ...two, attempt: 2 }], [one, two, fresh('c')]];
    expect(new Set([[one, two], ...others].map(toCallKey)).size).toBe(4);
    expect(toCallKey([one])).toMatch(/^[0-9a-f]{64}$/);
  });
});

test.each([
  [[], []],
  [['a'], [['a']]],
  [
    ['a', 'b', 'c'],
    [['a', 'b'], ['c']],
  ],
])('halves of %j', (writes, halves) => {
  expect(toHalves(writes)).toEqual(halves);
});
