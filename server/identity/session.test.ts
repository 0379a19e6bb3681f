import { afterEach, describe, expect, test, vi } from 'vitest';
import type { SessionRow, Store } from '#server/store/store.ts';
import { allRights } from '#shared/contract/record.ts';
import { buildMovingClock } from '#test/support/world/moving-clock.ts';
import { type Claims, parseClaims } from './claims.ts';
import { buildForgetSessionsJob, buildSessions, findNamed, listNamedRecords } from './session.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** One store, and as many processes over it as are asked for. */
function startStore() {
  const clock = buildMovingClock();
  const rows = new Map<string, SessionRow>();
  const read: string[] = [];
  const asked: unknown[] = [];
  const access = {
    findRights: async (...args: unknown[]) => {
      asked.push(args);
      return ['view'];
    },
  } as unknown as Store['access'];
  const stored = {
    create: async (row: SessionRow) => void rows.set(row.tokenHash, row),
    find: async (tokenHash: string) => {
      read.push(tokenHash);
      return rows.get(tokenHash);
    },
  };
  const startProcess = () => {
    const workspaces = { isLive: async () => true };
    return buildSessions({ clock, workspaces, store: { access, sessions: stored } });
  };
  return { clock, rows, read, asked, startProcess };
}

function claimsOf(change: object): Claims {
  const record = { type: 'contact', id: '1001', name: 'Nora', url: 'https://crm.example/1001' };
  const base = { sub: 'ben', jti: 'j', iat: 0, exp: 1, user: { name: 'Ben' }, record };
  const claims = parseClaims({ ...base, ...change });
  if (!claims.success) throw claims.error;
  return claims.data;
}
function from(change: object = {}) {
  return { workspaceId: 'acme', claims: claimsOf(change), keyGeneration: 'key-1' };
}

const company = { type: 'company', id: '501', name: 'Harbour Lights', url: 'https://crm.example/501' };
const deal = { type: 'deal', id: '9001', name: 'Deal', url: 'https://crm.example/9001' };
const people = [
  { id: '1001', name: 'Nora', email: 'nora@harbour.example' },
  { id: '1002', name: 'Tom' },
];

describe('a session in another process', () => {
  test('it is read from the store once, and is the same', async () => {
    const { read, startProcess } = startStore();
    const { token, session } = await startProcess().start(from());
    const other = startProcess();
    expect(await other.get(token)).toEqual(session);
    expect(await other.get(token)).toEqual(session);
    expect(read).toHaveLength(1);
    expect(session).toMatchObject({ workspaceId: 'acme', user: { id: 'ben', name: 'Ben' }, keyGeneration: 'key-1' });
  });

  test('the process that began it never reads it', async () => {
    const { read, startProcess } = startStore();
    const sessions = startProcess();
    await sessions.get((await sessions.start(from())).token);
    expect(read).toEqual([]);
  });

  test('an unknown token or an unreadable row counts as an ended session', async () => {
    const { rows, startProcess } = startStore();
    const { token } = await startProcess().start(from());
    for (const row of rows.values()) row.snapshot = '{"record":{}}';
    const other = startProcess();
    await expect(other.get('nobody')).rejects.toMatchObject({ code: 'session_expired' });
    await expect(other.get(token)).rejects.toMatchObject({ code: 'session_expired' });
  });

  test.each([0, 1, 60])('%i s after its end it has ended and is not remembered', async (seconds) => {
    // The clock stands, so that 0 s is exactly the end.
    vi.useFakeTimers({ toFake: ['Date'] });
    const { clock, startProcess } = startStore();
    const { token, session } = await startProcess().start(from());
    const other = startProcess();
    clock.advanceSeconds(15 * 60 + seconds);
    expect(await other.isLive(session)).toBe(false);
    await expect(other.get(token)).rejects.toMatchObject({ code: 'session_expired' });
    expect(other.countBytes()).toBe(0);
  });
});

describe('the memory of sessions', () => {
  test('ended sessions are forgotten by a job that runs every minute', async () => {
    const { clock, startProcess } = startStore();
    const sessions = startProcess();
    await sessions.start(from());
    const { everyMs, work } = buildForgetSessionsJob(sessions);
    expect(everyMs).toBe(60_000);
    clock.advanceSeconds(14 * 60);
    await work(new AbortController().signal);
    expect(sessions.countBytes()).toBeGreaterThan(2_000);
    clock.advanceSeconds(61);
    await work(new AbortController().signal);
    expect(sessions.countBytes()).toBe(0);
  });

  test('a session counts 2,000 bytes and twice its claims, until it ends', async () => {
    const { clock, rows, startProcess } = startStore();
    const sessions = startProcess();
    const { token } = await sessions.start(from({ contacts: people }));
    const [row] = rows.values();
    expect(sessions.countBytes()).toBe(2_000 + 2 * Buffer.byteLength(row?.snapshot ?? ''));
    clock.advanceSeconds(14 * 60);
    await sessions.get(token);
    expect(sessions.countBytes()).toBeGreaterThan(2_000);
    clock.advanceSeconds(61);
    await expect(sessions.get(token)).rejects.toMatchObject({ code: 'session_expired' });
    expect(sessions.countBytes()).toBe(0);
  });
});

describe('the rights of a session', () => {
  test('an admin has all, another user what the store says', async () => {
    const { asked, startProcess } = startStore();
    const sessions = startProcess();
    const admin = await sessions.start(from({ user: { name: 'Ben', admin: true } }));
    expect(await sessions.listRights(admin.session)).toEqual(allRights);
    expect(asked).toEqual([]);
    expect(await sessions.listRights((await sessions.start(from())).session)).toEqual(['view']);
    expect(asked).toEqual([['acme', 'ben']]);
  });
});

describe('the records that a session names', () => {
  const idsOf = (claims: Claims) => listNamedRecords({ claims }).map(({ type, id, name }) => [type, id, name]);
  const nora = ['contact', '1001', 'Nora'];
  const tom = ['contact', '1002', 'Tom'];
  const harbour = ['company', '501', 'Harbour Lights'];

  test('they are the record, its company and its people; settings name none', () => {
    const settings = { type: 'settings', url: 'https://crm.example/settings' };
    expect(idsOf(claimsOf({ record: settings, user: { name: 'Ben', admin: true } }))).toEqual([]);
    expect(idsOf(claimsOf({}))).toEqual([nora]);
    expect(idsOf(claimsOf({ company: { id: '501', name: 'Harbour Lights' } }))).toEqual([nora, harbour]);
    expect(idsOf(claimsOf({ company: null }))).toEqual([nora]);
    expect(idsOf(claimsOf({ record: company, contacts: people }))).toEqual([harbour, nora, tom]);
    const ofDeal = { record: deal, deal: { value: '1', currency: 'AUD' }, contacts: people };
    expect(idsOf(claimsOf({ ...ofDeal, company: { id: '501', name: 'Harbour Lights' } }))).toEqual([
      ...[['deal', '9001', 'Deal'], harbour, nora, tom],
    ]);
  });

  test('sessions have the same key only if they name the same records', async () => {
    const { startProcess } = startStore();
    const sessions = startProcess();
    const keyOf = async (change: object) => (await sessions.start(from(change))).session.recordsKey;
    const first = await keyOf({ sub: 'ben' });
    expect(await keyOf({ sub: 'priya' })).toBe(first);
    expect(await keyOf({ company: { id: '501', name: 'Harbour Lights' } })).not.toBe(first);
  });

  test('finds the claims about a named company or person by type and id', () => {
    const claims = claimsOf({ record: deal, deal: {}, company: { id: '1002', name: 'Twin' }, contacts: people });
    expect(findNamed(claims, { type: 'contact', id: '1001' })).toMatchObject({ email: 'nora@harbour.example' });
    expect(findNamed(claims, { type: 'contact', id: '1002' })).toMatchObject({ name: 'Tom' });
    expect(findNamed(claims, { type: 'company', id: '1002' })).toMatchObject({ name: 'Twin' });
    expect(findNamed(claims, { type: 'company', id: '1001' })).toEqual({ name: '' });
    expect(findNamed(claims, { type: 'contact', id: '7' })).toEqual({ name: '' });
    expect(findNamed(claimsOf({}), { type: 'company', id: '501' })).toEqual({ name: '' });
    expect(findNamed(claimsOf({}), { type: 'contact', id: '1001' })).toEqual({ name: '' });
  });
});
