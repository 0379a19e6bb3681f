import type { Deps } from '#server/deps.ts';
import type { Actor } from '#server/use-cases/acting/actor.ts';
import { type Connected, isConnected } from '#server/use-cases/acting/organisation.ts';
import { AppError } from '#shared/app-error.ts';
import type { View } from '#shared/contract/view.ts';
import type { Viewing } from './figures.ts';
import { viewCompany } from './view-company.ts';
import { viewContact } from './view-contact.ts';
import { viewDeal } from './view-deal.ts';

/**
 * What the session's record has in Xero, for this user. Waits for a cold load; where Xero fails it answers with what
 * is known and the reason.
 */
export async function getView(deps: Deps, actor: Actor, options: { isFresh: boolean }): Promise<View> {
  const connection = await deps.store.connections.find(actor.session.workspaceId);
  if (!isConnected(connection)) {
    return { status: 'not_connected', reason: connection?.organisationId ? 'disconnected' : 'never' };
  }
  if (!actor.rights.includes('view')) return { status: 'forbidden' };
  const viewing = toViewing(deps, actor, connection, options);
  const { claims } = actor.session;
  if (claims.record.type === 'company') return viewCompany(viewing);
  if (claims.record.type === 'deal') return viewDeal(viewing);
  if (claims.record.type === 'settings') throw new AppError('not_found', { detail: 'Settings have no view' });
  return viewContact(viewing, { type: 'contact', id: claims.record.id });
}

function toViewing(deps: Deps, actor: Actor, connection: Connected, { isFresh }: { isFresh: boolean }): Viewing {
  const { workspaceId, organisationId } = connection;
  return { deps, actor, connection, isFresh, caller: { workspaceId, organisationId, priority: 'person' } };
}
