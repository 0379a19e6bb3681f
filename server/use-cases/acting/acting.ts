import type { Deps } from '#server/deps.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { type Connected, getConnected } from './organisation.ts';
import { type Person, type Principal, workspaceOf } from './principal.ts';

/** Who acts, in which connected organisation, and how Xero is called for it. Every use case starts with it. */
export type Acting<P extends Principal = Principal> = {
  deps: Deps;
  principal: P;
  connection: Connected;
  caller: XeroCaller;
};

/** A use case that a person of the CRM waits for. */
export type PersonActing = Acting<Person>;

/** Rejects with `not_connected` when the workspace has no organisation. */
export async function startActing<P extends Principal>(deps: Deps, principal: P): Promise<Acting<P>> {
  return toActing(deps, principal, await getConnected(deps, workspaceOf(principal)));
}

/** Calls that a person waits for come before background calls. */
export function toActing<P extends Principal>(deps: Deps, principal: P, connection: Connected): Acting<P> {
  const { workspaceId, organisationId } = connection;
  const priority = principal.kind === 'person' ? 'person' : 'background';
  return { deps, principal, connection, caller: { workspaceId, organisationId, priority } };
}
