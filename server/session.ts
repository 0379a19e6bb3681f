import { createHash, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { AppError } from '#shared/app-error.ts';
import { allRights, type RecordRef, type Right } from '#shared/contract/record.ts';
import type { Clock } from './clock.ts';
import { type Claims, parseClaims } from './record-token/claims.ts';
import type { Store } from './store/store.ts';

const lifetimeMs = 15 * 60 * 1000;

/** Who asks, about which record: the verified claims as they were when the widget opened. */
export type Session = {
  workspaceId: string;
  user: SessionUser;
  claims: Claims;
  expiresAt: string;
  /** The same for sessions that name the same records: part of what an answer's bytes depend on. */
  recordsKey: string;
};
export type SessionUser = { id: string; name: string; email: string; admin: boolean };

export type Sessions = {
  start(workspaceId: string, claims: Claims): Promise<{ token: string; session: Session }>;
  /** Rejects with session_expired for unknown and ended ones alike. */
  get(token: string): Promise<Session>;
  /** What the user may do now: an admin everything, others what was granted. */
  listRights(session: Session): Promise<Right[]>;
};

/** Sessions are stored; snapshots never change, so that each process may remember them. */
export function buildSessions(deps: { store: Pick<Store, 'sessions' | 'access'>; clock: Clock }): Sessions {
  const { store, clock } = deps;
  const known = new LRUCache<string, Session>({ maxSize: 64 * 1024 * 1024, sizeCalculation: sizeOf });

  async function find(tokenHash: string): Promise<Session | undefined> {
    const remembered = known.get(tokenHash);
    if (remembered) return remembered;
    const row = await store.sessions.find(tokenHash);
    if (!row) return undefined;
    const claims = parseClaims(JSON.parse(row.snapshot));
    if (!claims.success) return undefined;
    const session = toSession(row.workspaceId, claims.data, row.expiresAt);
    known.set(tokenHash, session);
    return session;
  }

  return {
    async start(workspaceId, claims) {
      const token = randomBytes(32).toString('base64url');
      const now = clock.now();
      const expiresAt = new Date(now.getTime() + lifetimeMs).toISOString();
      const snapshot = JSON.stringify(claims);
      const session = toSession(workspaceId, claims, expiresAt);
      const userId = claims.sub;
      const row = { tokenHash: hash(token), workspaceId, userId, snapshot, createdAt: now.toISOString(), expiresAt };
      await store.sessions.create(row);
      known.set(row.tokenHash, session);
      return { token, session };
    },
    async get(token) {
      const session = await find(hash(token));
      if (!session || session.expiresAt <= clock.now().toISOString()) throw new AppError('session_expired');
      return session;
    },
    async listRights({ user, workspaceId }) {
      return user.admin ? [...allRights] : store.access.findRights(workspaceId, user.id);
    },
  };
}

/** The record itself and every record its claims name: the only ones this session may link. */
export function listNamedRecords({ claims }: Pick<Session, 'claims'>): RecordRef[] {
  const { record } = claims;
  const own = record.type === 'settings' ? [] : [{ type: record.type, id: record.id, name: record.name }];
  const company = 'company' in claims && claims.company ? [{ type: 'company' as const, ...pick(claims.company) }] : [];
  const contacts = 'contacts' in claims ? claims.contacts.map((c) => ({ type: 'contact' as const, ...pick(c) })) : [];
  return [...own, ...company, ...contacts];
}

function pick({ id, name }: { id: string; name: string }) {
  return { id, name };
}

function toSession(workspaceId: string, claims: Claims, expiresAt: string): Session {
  const recordsKey = hash(JSON.stringify(listNamedRecords({ claims })));
  return { workspaceId, claims, expiresAt, recordsKey, user: { id: claims.sub, ...claims.user } };
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

function sizeOf({ claims }: Session): number {
  return (
    2000 +
    ('contacts' in claims ? claims.contacts.length * 300 : 0) +
    ('users' in claims ? claims.users.length * 300 : 0)
  );
}
