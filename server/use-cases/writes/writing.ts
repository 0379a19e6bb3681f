import type { Deps } from '#server/deps.ts';
import { listNamedRecords } from '#server/identity/session.ts';
import { type Actor, requireRight } from '#server/use-cases/acting/actor.ts';
import { type Connected, getConnected } from '#server/use-cases/acting/organisation.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';
import type { DocumentKind } from '#shared/contract/document.ts';
import type { Right } from '#shared/contract/record.ts';

/** One act of writing: who, in which organisation. */
export type Writing = { deps: Deps; actor: Actor; connection: Connected; caller: XeroCaller };

export async function startWriting(deps: Deps, actor: Actor): Promise<Writing> {
  const connection = await getConnected(deps, actor.session.workspaceId);
  const { workspaceId, organisationId } = connection;
  return { deps, actor, connection, caller: { workspaceId, organisationId, priority: 'person' } };
}

const rightOf: Readonly<Record<DocumentKind, Right>> = { quote: 'quotes', invoice: 'invoices', bill: 'bills' };

export function requireKind(actor: Actor, kind: DocumentKind): void {
  requireRight(actor, rightOf[kind]);
}

export function hasKind(actor: Actor, kind: DocumentKind): boolean {
  return actor.rights.includes(rightOf[kind]);
}

/** May see documents of the kind at all: a right to add is none to look. */
export function canSee({ rights }: Actor, kind: DocumentKind): boolean {
  return rights.includes('view') && (kind !== 'bill' || rights.includes('viewBills'));
}

/** Xero contacts that this session's records are linked to: the only ones whose documents it may touch. */
export async function listReachableContacts({ deps, actor, caller }: Writing): Promise<string[]> {
  const named = listNamedRecords(actor.session);
  const links = await deps.store.links.list(caller.workspaceId, caller.organisationId, named);
  return [...new Set(links.map(({ contactId }) => contactId))];
}

/** A contact of no record of this session does not exist for it. */
export async function requireReachable(writing: Writing, contactId: string): Promise<void> {
  const reachable = await listReachableContacts(writing);
  if (!reachable.includes(contactId.toLowerCase())) {
    throw new AppError('not_found', { detail: 'No such Xero contact in this session' });
  }
}
