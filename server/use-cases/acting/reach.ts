import type { Deps } from '#server/deps.ts';
import { listNamedRecords, type Session } from '#server/identity/session.ts';
import type { LinkRow } from '#server/store/store.ts';
import { AppError } from '#shared/app-error.ts';
import type { RecordRef } from '#shared/contract/record.ts';
import type { PersonActing } from './acting.ts';

/**
 * Which Xero contacts a session may reach: those linked to its records in one organisation. `shown`: the records whose
 * figures its page shows. `named`: all records in its record token.
 */
type Scope = 'shown' | 'named';

/** A person's page shows that person. A company's or deal's page also shows its people. Settings show none. */
function listRecords({ claims }: Pick<Session, 'claims'>, scope: Scope): RecordRef[] {
  const named = listNamedRecords({ claims });
  return scope === 'shown' && claims.record.type === 'contact' ? named.slice(0, 1) : named;
}

/** The links of the session's records, with the contacts' names. */
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

/** The only Xero contacts whose documents this session may use. */
export async function listReachableContacts({ deps, principal, connection }: PersonActing): Promise<string[]> {
  const { organisationId } = connection;
  return toContactIds(await listLinks(deps, principal.session, { organisationId, scope: 'named' }));
}

/** A contact that no record of this session is linked to is reported as not found. */
export async function requireReachable(acting: PersonActing, contactId: string): Promise<void> {
  const reachable = await listReachableContacts(acting);
  if (!reachable.includes(contactId.toLowerCase())) {
    throw new AppError('not_found', { detail: 'No such Xero contact in this session' });
  }
}
