import type { Deps } from '#server/deps.ts';
import { type PersonActing, toActing } from '#server/use-cases/acting/acting.ts';
import { isConnected } from '#server/use-cases/acting/organisation.ts';
import type { Person } from '#server/use-cases/acting/principal.ts';
import type { View } from '#shared/contract/view.ts';
import { type FiguresSource, findFiguresSource } from './figures-source.ts';
import { renderView } from './render-view.ts';
import { readViewFacts, type ViewFacts } from './view-facts.ts';
import { viewUnlinked } from './view-unlinked.ts';

export type ViewOptions = { isFresh: boolean };

/** The facts of a view and where its figures come from, or the view itself when it needs nothing more. */
export type PreparedView = { view: View } | { acting: PersonActing; facts: ViewFacts; source: FiguresSource | null };

/**
 * The view of the session's record for this user. Waits for a cold load. If Xero fails, returns what is known and the
 * reason.
 */
export async function getView(deps: Deps, person: Person, options: ViewOptions): Promise<View> {
  const prepared = await prepareView(deps, person, options);
  return 'view' in prepared ? prepared.view : toView(prepared, options);
}

/** Checks the connection before the rights, because everybody may know that Xero is not connected. */
export async function prepareView(deps: Deps, person: Person, options: ViewOptions): Promise<PreparedView> {
  const connection = await deps.store.connections.find(person.session.workspaceId);
  if (!isConnected(connection)) {
    return { view: { status: 'not_connected', reason: connection?.organisationId ? 'disconnected' : 'never' } };
  }
  if (!person.rights.includes('view')) return { view: { status: 'forbidden' } };
  const acting = toActing(deps, person, connection);
  const facts = await readViewFacts(acting, options);
  return { acting, facts, source: findFiguresSource(acting, facts) };
}

export async function toView(
  { acting, facts, source }: Extract<PreparedView, { facts: unknown }>,
  options: ViewOptions,
): Promise<View> {
  if (source === null) return viewUnlinked(acting, facts);
  const { requestId } = acting.principal;
  return renderView({ facts, requestId }, await source.read(options));
}
