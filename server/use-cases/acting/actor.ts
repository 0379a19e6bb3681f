import type { Log } from '#server/deps.ts';
import { listNamedRecords, type Session } from '#server/identity/session.ts';
import { AppError } from '#shared/app-error.ts';
import type { RecordKey, RecordRef, Right } from '#shared/contract/record.ts';

/** Who does something: a session, what it may do now, and the request it does it in. */
export type Actor = { session: Session; rights: readonly Right[]; requestId: string; log: Log };

export function requireRight(actor: Actor, right: Right): void {
  if (!actor.rights.includes(right)) throw new AppError('forbidden', { detail: `This needs the right “${right}”` });
}

export function requireAdmin(actor: Actor): void {
  if (!actor.session.user.admin) throw new AppError('forbidden', { detail: 'Only admins of the CRM can do this' });
}

/** A contact or company this session's token names (default: its own record); anything else does not exist for it. */
export function getLinkableRecord(actor: Actor, wanted: RecordKey | undefined): RecordRef {
  const named = listNamedRecords(actor.session);
  const { record } = actor.session.claims;
  const key = wanted ?? (record.type === 'settings' ? undefined : record);
  const found = key && named.find(({ type, id }) => type === key.type && id === key.id);
  if (!found || found.type === 'deal') throw new AppError('not_found', { detail: 'No such record in this session' });
  return found;
}
