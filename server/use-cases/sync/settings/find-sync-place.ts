import type { ConnectionRow, Repositories } from '#server/store/store.ts';
import type { SyncPlace } from '#server/sync-place.ts';

/** Who changes settings, for the audit. */
export type SettingsCaller = { workspaceId: string; by: { id: string; name: string }; requestId: string };

type PlaceAndConnection = { where: SyncPlace; connection: ConnectionRow | undefined };

/**
 * The organisation whose settings and records are shown: the one that is connected, or was last. Before the first
 * connection its id is empty.
 */
export async function findSyncPlace(
  { connections }: Pick<Repositories, 'connections'>,
  workspaceId: string,
): Promise<PlaceAndConnection> {
  const connection = await connections.find(workspaceId);
  return { where: { workspaceId, organisationId: connection?.organisationId ?? '' }, connection };
}
