import type { Deps } from '#server/deps.ts';
import { findTravellingRecord, type RecordName, type Session } from '#server/identity/session.ts';
import type { Backend } from '#server/identity/verify-backend-token.ts';
import { AppError } from '#shared/app-error.ts';
import type { Right } from '#shared/contract/record.ts';
import { acceptBackend } from './accept-backend.ts';
import { readRecordRights } from './record-rights.ts';
import { requestWords } from './words/request-words.ts';

/** Somebody who is signed in: the CRM's backend, or a person in a session of any type. */
export type SignedIn =
  | ({ kind: 'backend' } & Backend)
  | { kind: 'session'; session: Session; rights: readonly Right[] };

/** May read and change all records of the workspace, its rules and its mapping. */
export type WholeCaller = ({ kind: 'backend' } & Backend) | { kind: 'admin'; session: Session };

/** Somebody who is allowed what was asked about one record. `ref`: the only record of the session. */
export type RecordCaller = WholeCaller | { kind: 'record'; session: Session; ref: RecordName };

/** Our session tokens: 32 bytes in base64url. A JWT has dots. */
const sessionForm = /^[\w-]{43}$/;

/**
 * Finds out who sent `Authorization: Bearer {token}`: a session's token, or a token of the CRM's backend. Requests of
 * the backend count for its workspace. Rejects with token_invalid, session_expired or too_many_requests.
 */
export async function signIn(deps: Deps, authorization: string | undefined): Promise<SignedIn> {
  const [scheme, token = ''] = authorization?.split(' ') ?? [];
  if (scheme?.toLowerCase() !== 'bearer' || !sessionForm.test(token)) {
    return { kind: 'backend', ...(await acceptBackend(deps, authorization)) };
  }
  const session = await deps.sessions.get(token);
  return { kind: 'session', session, rights: await deps.sessions.listRights(session) };
}

/** Rejects with forbidden for everybody but the CRM's backend and an admin in the overview of sync. */
export function acceptWhole(signedIn: SignedIn): WholeCaller {
  if (signedIn.kind === 'backend') return signedIn;
  const { session } = signedIn;
  if (session.claims.record.type !== 'sync') throw new AppError('forbidden', { detail: requestWords.syncOnly });
  if (!session.user.admin) throw new AppError('forbidden', { detail: requestWords.adminsOnly });
  return { kind: 'admin', session };
}

/**
 * The same, and also a session of this record whose user may do what is asked. Rejects with not_found for a record that
 * the session is not about or that its user may not see, and with forbidden where the right to act is missing.
 */
export async function acceptForRecord(
  deps: Pick<Deps, 'store'>,
  signedIn: SignedIn,
  { record, to }: { record: RecordName; to: 'see' | 'act' },
): Promise<RecordCaller> {
  if (signedIn.kind === 'backend' || signedIn.session.claims.record.type === 'sync') return acceptWhole(signedIn);
  const { session, rights } = signedIn;
  const ref = findTravellingRecord(session);
  if (ref?.kind !== record.kind || ref.crmId !== record.crmId) throw unseen();
  const { toSee, toAct } = await readRecordRights(deps, session.workspaceId, ref);
  if (!toSee.every((right) => rights.includes(right))) throw unseen();
  if (to === 'act' && !rights.includes(toAct)) {
    throw new AppError('forbidden', { detail: requestWords.rightNeeded(toAct) });
  }
  return { kind: 'record', session, ref };
}

/** Leaving records out, and questions that wait for an admin, are not for other users in a record's session. */
export function requireAdminAction(caller: RecordCaller): void {
  if (caller.kind === 'record' && !caller.session.user.admin) {
    throw new AppError('forbidden', { detail: requestWords.adminsOnly });
  }
}

export function workspaceOfCaller(caller: RecordCaller): string {
  return caller.kind === 'backend' ? caller.workspace.id : caller.session.workspaceId;
}

/** Who acts, for the history: the person, or the CRM where its backend names nobody. */
export function nameCaller(caller: RecordCaller): { id: string; name: string } {
  if (caller.kind !== 'backend') return { id: caller.session.user.id, name: caller.session.user.name };
  const { id, name } = caller.user ?? caller.workspace;
  return { id, name };
}

function unseen(): AppError {
  return new AppError('not_found', { detail: requestWords.noRecord });
}
