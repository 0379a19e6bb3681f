import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { parseClaims } from '#server/identity/claims.ts';
import { buildForgetSessionsJob, buildSessions } from '#server/identity/session.ts';
import { startSchedule } from '#server/schedule.ts';
import type { SessionRow, Store } from '#server/store/store.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { startApp } from '#test/support/world/app.ts';
import { buildMovingClock } from '#test/support/world/moving-clock.ts';

const running: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0)) await stop();
});

function start() {
  const clock = buildMovingClock();
  const rows = new Map<string, SessionRow>();
  const read: string[] = [];
  const live = new Set(['key-1']);
  const sessions = buildSessions({
    clock,
    workspaces: { isLive: async (_id, generation) => live.has(generation) },
    store: {
      access: { findRights: async () => [] } as unknown as Store['access'],
      sessions: {
        create: async (row) => void rows.set(row.tokenHash, row),
        find: async (tokenHash) => {
          read.push(tokenHash);
          return rows.get(tokenHash);
        },
      },
    },
  });
  running.push(startSchedule({ clock, log: { warn: () => undefined } }, [buildForgetSessionsJob(sessions)]));
  const open = async (people: number) => (await sessions.start(from(people))).token;
  return { clock, sessions, open, read, live };
}

/** About 183 bytes per person, as in a large company of a real CRM. */
const from = memoize((people: number) => {
  const contacts = Array.from({ length: people }, (_, index) => ({
    id: String(100_000 + index),
    name: 'x'.repeat(100),
    email: `${'y'.repeat(30)}@example.com`,
  }));
  const claims = parseClaims({
    ...{ sub: 'u', jti: 'j', iat: 0, exp: 1, user: { name: 'U' }, contacts },
    record: { type: 'company', id: '501', name: 'Acme', url: 'https://crm.example/companies/501' },
  });
  if (!claims.success) throw new Error('the claims are no claims');
  return { workspaceId: 'acme', claims: claims.data, keyGeneration: 'key-1' };
});

function memoize<T>(make: (count: number) => T): (count: number) => T {
  const made = new Map<number, T>();
  return (count) => {
    const known = made.get(count) ?? make(count);
    made.set(count, known);
    return known;
  };
}

describe('what a process remembers of sessions', () => {
  test('many large sessions stay within 64 MB; the oldest are read again', async () => {
    const { sessions, open, read } = start();
    const first = await open(1000);
    for (let count = 0; count < 400; count += 1) await open(1000);
    expect(sessions.countBytes()).toBeGreaterThan(60 * 1024 * 1024);
    expect(sessions.countBytes()).toBeLessThanOrEqual(64 * 1024 * 1024);
    expect((await sessions.get(first)).claims).toMatchObject({ record: { id: '501' } });
    expect(read).toHaveLength(1);
  });

  test('a session counts by the bytes of its claims', async () => {
    const { sessions, open } = start();
    await open(0);
    const small = sessions.countBytes();
    await open(1000);
    expect(small).toBeLessThan(3_000);
    expect(sessions.countBytes() - small).toBeGreaterThan(2 * 170_000);
  });

  test('ended sessions are not kept, even without requests', async () => {
    const { clock, sessions, open } = start();
    await open(10);
    clock.advanceSeconds(14 * 60);
    const one = sessions.countBytes();
    await open(10);
    expect(sessions.countBytes()).toBe(2 * one);
    clock.advanceSeconds(2 * 60);
    await waitUntil(() => sessions.countBytes() === one, 'the older one to lapse');
    clock.advanceSeconds(16 * 60);
    await waitUntil(() => sessions.countBytes() === 0, 'the younger one to lapse');
  });
});

describe('when a session ends', () => {
  test('a session ends with its time or its key, cached or not', async () => {
    const { clock, sessions, open, live } = start();
    const token = await open(1);
    const { session } = await sessions.start(from(1));
    expect(await sessions.isLive(session)).toBe(true);
    live.clear();
    await expect(sessions.get(token)).rejects.toMatchObject({ code: 'session_expired' });
    expect(await sessions.isLive(session)).toBe(false);
    live.add('key-1');
    expect((await sessions.get(token)).keyGeneration).toBe('key-1');
    clock.advanceSeconds(15 * 60);
    await expect(sessions.get(token)).rejects.toMatchObject({ code: 'session_expired' });
  });
});

describe('what the store keeps of sessions', () => {
  test('ended sessions are removed within minutes, live ones stay', async () => {
    const app = await startApp();
    try {
      const request = { userId: 'olivia', recordType: 'contact', recordId: '1001' };
      const toHash = (token: string) => createHash('sha256').update(token).digest('base64url');
      const old = toHash((await app.visit(request)).opened.session.token);
      await app.advanceSeconds(14 * 60);
      const young = toHash((await app.visit(request)).opened.session.token);
      const isThere = async (tokenHash: string) => (await app.deps.store.sessions.find(tokenHash)) !== undefined;
      expect([await isThere(old), await isThere(young)]).toEqual([true, true]);
      await app.advanceSeconds(3 * 60);
      await waitUntil(async () => !(await isThere(old)), 'the row to be gone');
      expect(await isThere(young)).toBe(true);
    } finally {
      await app.stop();
    }
  });
});
