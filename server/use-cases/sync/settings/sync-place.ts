import type { ConnectionRow, Repositories } from '#server/store/store.ts';
import type { RecordWorkspace } from '#server/store/tables/records/record-store.ts';

/** Who changes settings, for the audit. */
export type SettingsCaller = { workspaceId: string; by: { id: string; name: string }; requestId: string };

export type SyncPlace = { where: RecordWorkspace; connection: ConnectionRow | undefined };

/**
 * The organisation whose settings and records are shown: the one that is connected, or was last. Before the first
 * connection its id is empty.
 */
export async function findSyncPlace(
  { connections }: Pick<Repositories, 'connections'>,
  workspaceId: string,
): Promise<SyncPlace> {
  const connection = await connections.find(workspaceId);
  return { where: { workspaceId, organisationId: connection?.organisationId ?? '' }, connection };
}
