/** A workspace and an organisation that it is connected to: where its records are kept, and where work is done. */
export type SyncPlace = { workspaceId: string; organisationId: string };
