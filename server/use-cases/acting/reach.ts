import type { Deps } from '#server/deps.ts';
import { listNamedRecords, type Session } from '#server/identity/session.ts';
import type { LinkRow } from '#server/store/store.ts';
import { AppError } from '#shared/app-error.ts';
import type { RecordRef } from '#shared/contract/record.ts';
import type { PersonActing } from './acting.ts';

/**
 * Which Xero contacts a session may reach: those its records are linked to, in one organisation. `shown` records are
 * those its page shows figures of, a person's own; `named` are all that its record token names.
 */
type Scope = 'shown' | 'named';

/** A person's page shows the person; a company's and a deal's also their people. Settings show none. */
function listRecords({ claims }: Pick<Session, 'claims'>, scope: Scope): RecordRef[] {
  const named = listNamedRecords({ claims });
  return scope === 'shown' && claims.record.type === 'contact' ? named.slice(0, 1) : named;
}

/** Links of the session's records, with the names of the contacts. */
export async function listLinks(
  { store }: Pick<Deps, 'store'>,
  session: Session,
  { organisationId, scope }: { organisationId: string; scope: Scope },
): Promise<LinkRow[]> {
  const records = listRecords(session, scope);
  const [only, ...others] = records;
  if (!only) return [];
  if (others.length > 0) return store.links.list(session.workspaceId, organisationId, records);
  const link = await store.links.find(session.workspaceId, organisationId, { type: only.type, id: only.id });
  return link ? [link] : [];
}

/** Each contact once, in the order of the links. */
export function toContactIds(links: readonly Pick<LinkRow, 'contactId'>[]): string[] {
  return [...new Set(links.map(({ contactId }) => contactId))];
}

/** The only Xero contacts whose documents this session may touch. */
export async function listReachableContacts({ deps, principal, connection }: PersonActing): Promise<string[]> {
  const { organisationId } = connection;
  return toContactIds(await listLinks(deps, principal.session, { organisationId, scope: 'named' }));
}

/** A contact of no record of this session does not exist for it. */
export async function requireReachable(acting: PersonActing, contactId: string): Promise<void> {
  const reachable = await listReachableContacts(acting);
  if (!reachable.includes(contactId.toLowerCase())) {
    throw new AppError('not_found', { detail: 'No such Xero contact in this session' });
  }
}
