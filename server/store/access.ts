import type { Kysely } from 'kysely';
import { z } from 'zod';
import { type Right, rightSchema } from '#shared/contract/record.ts';
import type { AccessEntry } from '#shared/contract/settings.ts';
import { compileOnce } from './compiled.ts';
import { chunksOf } from './in-chunks.ts';
import { inTransaction } from './in-transaction.ts';
import type { Schema } from './schema.ts';
import type { Store } from './store.ts';

/** Seven parameters a row, far below what a statement may have. */
const rowsPerInsert = 500;

export const buildAccess = (db: Kysely<Schema>): Store['access'] => {
  const findRights = compileOnce(
    db,
    db.selectFrom('access').select('rights').where('workspace_id', '=', '').where('user_id', '=', ''),
  );
  return {
    list: async (workspaceId) => {
      const rows = await db
        .selectFrom('access')
        .selectAll()
        .where('workspace_id', '=', workspaceId)
        .orderBy('position')
        .execute();
      return rows.map(toEntry);
    },
    findRights: async (workspaceId, userId) => {
      const row = await findRights(workspaceId, userId);
      return row === undefined ? [] : toRights(row.rights);
    },
    replace: (workspaceId, entries) =>
      inTransaction(db, async (transaction) => {
        await lockWorkspace(transaction, workspaceId);
        await transaction.deleteFrom('access').where('workspace_id', '=', workspaceId).execute();
        const rows = entries.map((entry, position) => toRow(workspaceId, entry, position));
        for (const chunk of chunksOf(rows, rowsPerInsert)) {
          await transaction.insertInto('access').values(chunk).execute();
        }
      }),
  };
};

/** Two lists saved at once follow each other; without it Postgres would keep the rows of both. */
const lockWorkspace = async (transaction: Kysely<Schema>, workspaceId: string): Promise<void> => {
  await transaction.updateTable('workspaces').set({ id: workspaceId }).where('id', '=', workspaceId).execute();
};

const toRow = (workspaceId: string, entry: AccessEntry, position: number): Schema['access'] => ({
  workspace_id: workspaceId,
  user_id: entry.userId,
  position,
  name: entry.name,
  email: entry.email,
  rights: JSON.stringify(entry.rights),
});

const toEntry = (row: Schema['access']): AccessEntry => ({
  userId: row.user_id,
  name: row.name,
  email: row.email,
  rights: toRights(row.rights),
});

const rightsSchema = z.array(rightSchema);

const toRights = (rights: string): Right[] => rightsSchema.parse(JSON.parse(rights));
