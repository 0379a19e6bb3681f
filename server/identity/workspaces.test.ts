import { beforeEach, describe, expect, test } from 'vitest';
import { buildSealer } from '#server/sealing.ts';
import { buildWorkspaces, keysContext, type Workspaces } from './workspaces.ts';

const sealer = buildSealer(Buffer.alloc(32, 1));
let nowMs: number;
let reads: number;
let generations: string[] | undefined;
let workspaces: Workspaces;

beforeEach(() => {
  nowMs = Date.parse('2026-11-02T09:00:00Z');
  reads = 0;
  generations = ['first'];
  const find = async (id: string) => {
    reads += 1;
    if (!generations) return undefined;
    const keys = generations.map((generation) => ({
      alg: 'HS256',
      generation,
      secret: 'a secret that is long enough',
    }));
    const sealedKeys = sealer.seal(JSON.stringify(keys), keysContext(id));
    return { id, name: 'Acme', origins: [], sealedKeys };
  };
  const unused = async () => expect.unreachable();
  const store = { workspaces: { find, hold: unused, list: unused, put: unused, remove: unused } };
  workspaces = buildWorkspaces({ environment: null, store, sealer, clock: { now: () => new Date(nowMs) } });
});

describe('whether a workspace still has a key', () => {
  test('reads again after two seconds, and not before', async () => {
    expect(await workspaces.isLive('acme', 'first')).toBe(true);
    generations = undefined;
    nowMs += 1_999;
    expect([await workspaces.isLive('acme', 'first'), reads]).toEqual([true, 1]);
    nowMs += 1;
    expect([await workspaces.isLive('acme', 'first'), reads]).toEqual([false, 2]);
  });

  test('a key replaced at the same moment takes effect at once', async () => {
    expect(await workspaces.isLive('acme', 'first')).toBe(true);
    generations = ['second'];
    expect(await workspaces.isLive('acme', 'second')).toBe(true);
    expect(await workspaces.isLive('acme', 'first')).toBe(false);
  });

  test('a clock that was set back does not extend the time', async () => {
    expect(await workspaces.isLive('acme', 'first')).toBe(true);
    generations = [];
    nowMs -= 3_600_000;
    expect(await workspaces.isLive('acme', 'first')).toBe(false);
  });
});
