import type { Deps } from '#server/deps.ts';
import { listNamedRecords, type Session } from '#server/identity/session.ts';
import type { LinkRow } from '#server/store/store.ts';
import { AppError } from '#shared/app-error.ts';
import type { RecordRef, Right } from '#shared/contract/record.ts';
import { canSeeKind, type DocumentRef, toRefKey } from '#shared/document-kinds.ts';
import type { PersonActing } from './acting.ts';
import { actingRefusals } from './words.ts';

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

/** The documents chosen for the session's deal, in that order. Null when the record is not a deal. */
export async function listChosen(
  { store }: Pick<Deps, 'store'>,
  { workspaceId, claims: { record } }: Session,
  organisationId: string,
): Promise<DocumentRef[] | null> {
  if (record.type !== 'deal') return null;
  const rows = await store.dealDocuments.list(workspaceId, organisationId, record.id);
  return rows.map(({ kind, documentId }) => ({ kind, id: documentId }));
}

export function isChosen(chosen: readonly DocumentRef[] | null, ref: DocumentRef): boolean {
  return chosen?.some((one) => toRefKey(one) === toRefKey(ref)) ?? false;
}

/** Leaves out the kinds that these rights do not let a person view. */
export function toSeenRefs(refs: readonly DocumentRef[] | null, rights: readonly Right[]): DocumentRef[] {
  return (refs ?? []).filter(({ kind }) => canSeeKind(rights, kind));
}

/** The Xero contacts whose figures the page shows: those linked, and those of the documents chosen for its deal. */
export async function listShownContacts(
  deps: Deps,
  session: Session,
  { organisationId, rights }: { organisationId: string; rights: readonly Right[] },
): Promise<string[]> {
  const { workspaceId } = session;
  const contactIds = toContactIds(await listLinks(deps, session, { organisationId, scope: 'shown' }));
  const chosen = await listChosen(deps, session, organisationId);
  if (chosen === null) return contactIds;
  const caller = { workspaceId, organisationId, priority: 'person' as const };
  const options = { isFresh: false, contactIds };
  const { documents } = await deps.ledger.readById(caller, toSeenRefs(chosen, rights), options);
  return [...contactIds, ...[...documents.values()].flatMap((document) => document?.contactId ?? [])];
}

/** The only Xero contacts whose documents this session may use. */
export async function listReachableContacts({ deps, principal, connection }: PersonActing): Promise<string[]> {
  const { organisationId } = connection;
  return toContactIds(await listLinks(deps, principal.session, { organisationId, scope: 'named' }));
}

/** A contact that no record of this session is linked to is reported as not found. */
export async function requireReachable(acting: PersonActing, contactId: string): Promise<void> {
  requireContact(await listReachableContacts(acting), contactId);
}

/** Returns the contact's id in lower case. A contact that is not among these is reported as not found. */
export function requireContact(contactIds: readonly string[], contactId: string): string {
  const id = contactId.toLowerCase();
  if (!contactIds.includes(id)) throw new AppError('not_found', { detail: actingRefusals.noContact });
  return id;
}

/** A document of one of these contacts, or one chosen for the deal. Any other is reported as not found. */
export function requireDocument<Found extends DocumentRef & { contactId: string }>(
  { contactIds, chosen }: { contactIds: readonly string[]; chosen: readonly DocumentRef[] | null },
  document: Found | null | undefined,
): Found {
  if (document && (contactIds.includes(document.contactId) || isChosen(chosen, document))) return document;
  throw new AppError('not_found', { detail: actingRefusals.noDocument });
}
