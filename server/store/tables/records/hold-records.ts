import type { Kysely } from 'kysely';
import type { Schema } from '../../schema.ts';

/** Locks the records of the workspace until the transaction ends. */
export async function holdRecords(db: Kysely<Schema>, workspaceId: string): Promise<void> {
  const values = { workspace_id: workspaceId };
  // An update that changes nothing locks the row; a new row is locked by its insertion.
  await db
    .insertInto('record_workspaces')
    .values(values)
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(values))
    .execute();
}
