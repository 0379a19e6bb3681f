import type { Log } from '#server/deps.ts';
import { findShownRecord, listNamedRecords, type Session } from '#server/identity/session.ts';
import { AppError } from '#shared/app-error.ts';
import type { AnyRecordKey, RecordKey, RecordRef, Right } from '#shared/contract/record.ts';
import { actingRefusals } from './words.ts';

/** A person of the CRM: the session, its current rights, and the request. */
export type Person = { kind: 'person'; session: Session; rights: readonly Right[]; requestId: string; log: Log };

/**
 * The workspace itself, for work that nobody waits for. `name`: the CRM's, for records that it hands over. `user`: who
 * pressed the button in the CRM. Without either, Ledgerside acts automatically.
 */
export type Workspace = {
  kind: 'workspace';
  workspaceId: string;
  name?: string;
  user?: { id: string; name: string };
};

export type Principal = Person | Workspace;

/** How the audit names Ledgerside when it acts automatically. */
export const systemUser = { id: 'ledgerside', name: 'Ledgerside' };

/** Who acted and in which request, for the audit. A workspace acts outside any request. */
export function describePrincipal(principal: Principal): { user: { id: string; name: string }; requestId: string } {
  return principal.kind === 'person'
    ? { user: principal.session.user, requestId: principal.requestId }
    : { user: nameWorkspace(principal), requestId: '' };
}

function nameWorkspace({ workspaceId, name, user }: Workspace): { id: string; name: string } {
  return user ?? (name === undefined ? systemUser : { id: workspaceId, name });
}

/** The record with its name from the session's token. A workspace has no token, so no name. */
export function nameRecord(principal: Principal, { type, id }: AnyRecordKey): AnyRecordKey & { name?: string } {
  const named = principal.kind === 'person' ? listNamedRecords(principal.session) : [];
  return named.find((record) => record.type === type && record.id === id) ?? { type, id };
}

export function workspaceOf(principal: Principal): string {
  return principal.kind === 'person' ? principal.session.workspaceId : principal.workspaceId;
}

export function requireRight(person: Person, right: Right): void {
  if (!person.rights.includes(right)) throw new AppError('forbidden', { detail: actingRefusals.rightNeeded(right) });
}

export function requireAdmin(person: Person): void {
  if (!person.session.user.admin) throw new AppError('forbidden', { detail: actingRefusals.adminsOnly });
}

/**
 * A contact or company named in this session's token, by default its own record. Any other record is reported as not
 * found.
 */
export function getLinkableRecord(person: Person, wanted: RecordKey | undefined): RecordRef {
  const named = listNamedRecords(person.session);
  const key = wanted ?? findShownRecord(person.session);
  const found = key && named.find(({ type, id }) => type === key.type && id === key.id);
  if (!found || found.type === 'deal') throw new AppError('not_found', { detail: actingRefusals.noRecord });
  return found;
}
