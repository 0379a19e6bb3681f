import { createHash, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Clock } from '#server/clock.ts';
import type { Job } from '#server/schedule.ts';
import type { Store } from '#server/store/store.ts';
import { AppError } from '#shared/app-error.ts';
import { allRights, type RecordKey, type RecordRef, type Right } from '#shared/contract/record.ts';
import type { RecordKind } from '#shared/contract/sync/kinds.ts';
import { kindOfType } from '#shared/sync-kinds.ts';
import { type Claims, isOfShownRecord, isOfTravellingRecord, parseClaims } from './claims.ts';
import type { Workspaces } from './workspaces.ts';

const lifetimeMs = 15 * 60 * 1000;
const forgetEveryMs = 60 * 1000;

/** Most bytes of sessions remembered in this process. Others are read from the store again. */
const rememberedBytes = 64 * 1024 * 1024;
/** As measured, claims take less than twice their JSON's bytes in memory; the rest is the session's own overhead. */
function sizeOf(snapshot: string): number {
  return 2_000 + 2 * Buffer.byteLength(snapshot);
}

/** Who asks, and about which record: the verified claims at the time the widget opened. */
export type Session = {
  workspaceId: string;
  user: SessionUser;
  claims: Claims;
  expiresAt: string;
  /** Equal for sessions that name the same records. Part of the key that an answer's bytes are cached under. */
  recordsKey: string;
  /** The generation of the workspace key that signed the record token. The session ends when that key is removed. */
  keyGeneration: string;
};
export type SessionUser = { id: string; name: string; email: string; admin: boolean };

export type Sessions = {
  start(from: Pick<Session, 'workspaceId' | 'claims' | 'keyGeneration'>): Promise<{ token: string; session: Session }>;
  /** Rejects with session_expired for unknown and ended sessions alike. */
  get(token: string): Promise<Session>;
  /** False when the session has expired, its workspace was removed, or the key it began with was removed. */
  isLive(session: Session): Promise<boolean>;
  /** What the user may do now: an admin everything, other users what was granted to them. */
  listRights(session: Session): Promise<Right[]>;
  /** How many bytes of sessions this process remembers, as estimated. */
  countBytes(): number;
  /** Frees the memory of sessions that ended. They are refused without it as well. */
  forgetEnded(): void;
};

type SessionsDeps = {
  store: Pick<Store, 'sessions' | 'access'>;
  workspaces: Pick<Workspaces, 'isLive'>;
  clock: Clock;
};

/** Sessions are stored. Snapshots never change, so each process may remember them until they end. */
export function buildSessions({ store, workspaces, clock }: SessionsDeps): Sessions {
  const known = new LRUCache<string, Session>({
    maxSize: rememberedBytes,
    ttl: lifetimeMs,
    ttlResolution: 0,
    perf: { now: () => clock.now().getTime() },
  });
  const remember = (tokenHash: string, session: Session, snapshot: string): void => {
    const ttl = Date.parse(session.expiresAt) - clock.now().getTime();
    if (ttl > 0) known.set(tokenHash, session, { size: sizeOf(snapshot), ttl });
  };

  async function find(tokenHash: string): Promise<Session | undefined> {
    const remembered = known.get(tokenHash);
    if (remembered) return remembered;
    const row = await store.sessions.find(tokenHash);
    if (!row) return undefined;
    const claims = parseClaims(JSON.parse(row.snapshot));
    if (!claims.success) return undefined;
    const session = toSession({ ...row, claims: claims.data });
    remember(tokenHash, session, row.snapshot);
    return session;
  }

  async function isLive({ workspaceId, keyGeneration, expiresAt }: Session): Promise<boolean> {
    return expiresAt > clock.now().toISOString() && workspaces.isLive(workspaceId, keyGeneration);
  }

  return {
    async start({ workspaceId, claims, keyGeneration }) {
      const token = randomBytes(32).toString('base64url');
      const tokenHash = hash(token);
      const now = clock.now();
      const expiresAt = new Date(now.getTime() + lifetimeMs).toISOString();
      const snapshot = JSON.stringify(claims);
      const session = toSession({ workspaceId, claims, keyGeneration, expiresAt });
      const row = { tokenHash, workspaceId, userId: claims.sub, snapshot, keyGeneration };
      await store.sessions.create({ ...row, createdAt: now.toISOString(), expiresAt });
      remember(tokenHash, session, snapshot);
      return { token, session };
    },
    async get(token) {
      const session = await find(hash(token));
      if (!session || !(await isLive(session))) throw new AppError('session_expired');
      return session;
    },
    isLive,
    async listRights({ user, workspaceId }) {
      return user.admin ? [...allRights] : store.access.findRights(workspaceId, user.id);
    },
    countBytes: () => known.calculatedSize,
    forgetEnded: () => void known.purgeStale(),
  };
}

/** Each process frees its own memory. The sweep of expired rows removes them from the store. */
export function buildForgetSessionsJob(sessions: Pick<Sessions, 'forgetEnded'>): Job {
  return { name: 'forget ended sessions', everyMs: forgetEveryMs, work: async () => sessions.forgetEnded() };
}

/** The contact, company or deal that the session is about. */
export function findShownRecord({ claims }: Pick<Session, 'claims'>): RecordRef | undefined {
  if (!isOfShownRecord(claims)) return undefined;
  const { type, id, name } = claims.record;
  return { type, id, name };
}

/** A record by the CRM's id. */
export type RecordName = { kind: RecordKind; crmId: string };

/** The travelling record that the session is about. */
export function findTravellingRecord({ claims }: Pick<Session, 'claims'>): RecordName | undefined {
  if (!isOfTravellingRecord(claims)) return undefined;
  return { kind: kindOfType(claims.record.type), crmId: claims.record.id };
}

/** Lists the record itself and every record that its claims name. This session may link no others. */
export function listNamedRecords({ claims }: Pick<Session, 'claims'>): RecordRef[] {
  const own = findShownRecord({ claims });
  const company = companyOf(claims);
  const contacts = contactsOf(claims).map((contact) => ({ type: 'contact' as const, ...pick(contact) }));
  return [...(own ? [own] : []), ...(company ? [{ type: 'company' as const, ...pick(company) }] : []), ...contacts];
}

/** Finds the claims about a person or company that are named beside the record itself. */
export function findNamed(claims: Claims, { type, id }: RecordKey): { name: string; email?: string } {
  const found = type === 'company' ? companyOf(claims) : contactsOf(claims).find((contact) => contact.id === id);
  return found?.id === id ? found : { name: '' };
}

function companyOf(claims: Claims) {
  return 'company' in claims ? claims.company : undefined;
}

function contactsOf(claims: Claims) {
  return 'contacts' in claims ? claims.contacts : [];
}

function pick({ id, name }: { id: string; name: string }) {
  return { id, name };
}

function toSession({
  workspaceId,
  claims,
  keyGeneration,
  expiresAt,
}: Pick<Session, 'workspaceId' | 'claims' | 'keyGeneration' | 'expiresAt'>): Session {
  const recordsKey = hash(JSON.stringify(listNamedRecords({ claims })));
  return { workspaceId, claims, keyGeneration, expiresAt, recordsKey, user: { id: claims.sub, ...claims.user } };
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
