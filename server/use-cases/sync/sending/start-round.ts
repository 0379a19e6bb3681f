import type { Deps } from '#server/deps.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import { type Acting, toActing } from '#server/use-cases/acting/acting.ts';
import { isConnected } from '#server/use-cases/acting/organisation.ts';
import type { Workspace } from '#server/use-cases/acting/principal.ts';
import { toLease } from '#server/use-cases/writes/leases.ts';
import { buildSendGate } from '#server/use-cases/writes/send-gate.ts';
import type { SendGate } from '#server/xero/calling/send-gate.ts';
import { AppError } from '#shared/app-error.ts';
import type { ContactIndexes } from './look/contact-index.ts';
import { readOrganisationFacts } from './look/organisation-facts.ts';
import type { Round } from './round.ts';

/** Work in one organisation. `owner`: of the leases of the records that are worked on. */
export type Working = {
  place: SyncPlace;
  owner: string;
  signal: AbortSignal;
  indexes: ContactIndexes;
  /** Counts the calls to Xero. */
  onCall(): void;
};

/** Calls of sync come last. `gate`: runs before each sending. Rejects as `startRound` does. */
export async function openPlace(
  deps: Deps,
  { place, signal, onCall }: Pick<Working, 'place' | 'signal' | 'onCall'>,
  gate?: SendGate,
): Promise<Acting<Workspace>> {
  const { workspaceId, organisationId } = place;
  const connection = await deps.store.connections.find(workspaceId);
  if (!isConnected(connection) || connection.organisationId !== organisationId) throw new AppError('not_connected');
  if (connection.status === 'reconnect_needed') throw new AppError('reconnect_needed');
  const workspace = await deps.workspaces.find(workspaceId);
  const principal = { kind: 'workspace' as const, workspaceId, ...(workspace && { name: workspace.name }) };
  const acting = toActing(deps, principal, connection);
  const caller = { ...acting.caller, priority: 'sync' as const, signal, onCall, ...(gate && { gate }) };
  return { ...acting, caller };
}

/**
 * Reads what every record is checked against. Rejects with not_connected when the workspace has another organisation or
 * none, and with reconnect_needed. Nothing is sent once the leases are lost.
 */
export async function startRound(deps: Deps, working: Working, { isDry }: { isDry: boolean }): Promise<Round> {
  const { owner, indexes } = working;
  const renew = () => deps.store.records.renewLeases(owner, toLease(deps, owner).until);
  const gate = buildSendGate(deps.clock, async () => (await renew()) > 0);
  const begun = { acting: await openPlace(deps, working, gate), isDry };
  const [facts, contacts] = await Promise.all([readOrganisationFacts(begun.acting), indexes.get(begun.acting.caller)]);
  return { ...begun, facts, contacts };
}
