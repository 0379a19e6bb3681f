import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import { buildOpenBudget } from './open-budget.ts';

const kilobyte = 1024;

function start() {
  let nowMs = Date.parse('2026-11-20T10:00:10Z');
  const clock = { now: () => new Date(nowMs) };
  const budget = buildOpenBudget({ clock, inbound: { opensPerAddress: 3, requestsPerSession: 1 } });
  const take = (workspaceId: string, bytes: number): number => {
    try {
      budget.take(workspaceId, bytes);
      return 0;
    } catch (error) {
      return error instanceof AppError ? (error.details.retryAfterSeconds ?? -1) : -1;
    }
  };
  const takeMany = (workspaceId: string, bytes: number, times: number) =>
    Array.from({ length: times }, () => take(workspaceId, bytes)).filter((wait) => wait === 0).length;
  return {
    take,
    takeMany,
    setClock: (time: string) => {
      nowMs = Date.parse(time);
    },
  };
}

describe('how many sessions a workspace may start a minute', () => {
  test('after as many opens as twenty addresses, only this workspace waits', () => {
    const { take, takeMany, setClock } = start();
    expect(takeMany('acme', kilobyte, 70)).toBe(60);
    expect(take('acme', kilobyte)).toBe(50);
    expect(take('other', kilobyte)).toBe(0);
    setClock('2026-11-20T10:00:59.500Z');
    expect(take('acme', kilobyte)).toBe(1);
    setClock('2026-11-20T10:01:00Z');
    expect(takeMany('acme', kilobyte, 70)).toBe(60);
  });

  test('counts large tokens by size, and still accepts an oversized one', () => {
    const { takeMany } = start();
    expect(takeMany('acme', 16 * kilobyte, 70)).toBe(60);
    expect(takeMany('large', 16 * kilobyte + 1, 70)).toBe(30);
    expect(takeMany('larger', 183 * kilobyte, 70)).toBe(5);
    expect(takeMany('largest', 2_000 * kilobyte, 70)).toBe(1);
  });

  test('setting the clock back an hour blocks nobody for an hour', () => {
    const { takeMany, setClock } = start();
    expect(takeMany('acme', kilobyte, 70)).toBe(60);
    setClock('2026-11-20T09:00:10Z');
    expect(takeMany('acme', kilobyte, 70)).toBe(60);
  });
});
