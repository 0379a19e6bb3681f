import type { Kysely } from 'kysely';
import { z } from 'zod';
import { type Right, rightSchema } from '#shared/contract/record.ts';
import type { AccessEntry } from '#shared/contract/settings.ts';
import { compileOnce } from '../compiled.ts';
import { chunksOf } from '../in-chunks.ts';
import { inTransaction } from '../in-transaction.ts';
import type { Schema } from '../schema.ts';
import type { Store } from '../store.ts';

/** Seven parameters a row: far below the limit of a statement. */
const rowsPerInsert = 500;

export function buildAccess(db: Kysely<Schema>): Store['access'] {
  const findRights = compileOnce(
    db,
    db.selectFrom('access').select('rights').where('workspace_id', '=', '').where('user_id', '=', ''),
  );
  return {
    read: async (workspaceId) => {
      const version = await findVersion(db, workspaceId);
      return { version, entries: await listEntries(db, workspaceId) };
    },
    findRights: async (workspaceId, userId) => {
      const row = await findRights(workspaceId, userId);
      return row === undefined ? [] : toRights(row.rights);
    },
    change: (workspaceId, version, toEntries) =>
      inTransaction(db, async (transaction) => {
        const held = await lockVersion(transaction, workspaceId);
        if (version !== null && version !== held) return null;
        const before = await listEntries(transaction, workspaceId);
        const after = [...toEntries(before)];
        await transaction.deleteFrom('access').where('workspace_id', '=', workspaceId).execute();
        const rows = after.map((entry, position) => toRow(workspaceId, entry, position));
        for (const chunk of chunksOf(rows, rowsPerInsert)) {
          await transaction.insertInto('access').values(chunk).execute();
        }
        await setVersion(transaction, workspaceId, held + 1);
        return { before, after };
      }),
  };
}

async function listEntries(db: Kysely<Schema>, workspaceId: string): Promise<AccessEntry[]> {
  const list = db.selectFrom('access').selectAll().where('workspace_id', '=', workspaceId);
  return (await list.orderBy('position').execute()).map(toEntry);
}

async function findVersion(db: Kysely<Schema>, workspaceId: string): Promise<number> {
  const row = db.selectFrom('access_lists').select('version').where('workspace_id', '=', workspaceId);
  return (await row.executeTakeFirst())?.version ?? 0;
}

/**
 * Makes simultaneous saves wait for each other. This also holds for the first save and for the environment's workspace,
 * which has no row of its own. Without it, Postgres would keep the rows of both lists.
 */
async function lockVersion(transaction: Kysely<Schema>, workspaceId: string): Promise<number> {
  const first = { workspace_id: workspaceId, version: 0 };
  await transaction
    .insertInto('access_lists')
    .values(first)
    .onConflict((conflict) => conflict.column('workspace_id').doNothing())
    .execute();
  const { version } = await transaction
    .updateTable('access_lists')
    .set({ workspace_id: workspaceId })
    .where('workspace_id', '=', workspaceId)
    .returning('version')
    .executeTakeFirstOrThrow();
  return version;
}

async function setVersion(transaction: Kysely<Schema>, workspaceId: string, version: number): Promise<void> {
  await transaction.updateTable('access_lists').set({ version }).where('workspace_id', '=', workspaceId).execute();
}

function toRow(workspaceId: string, entry: AccessEntry, position: number): Schema['access'] {
  return {
    workspace_id: workspaceId,
    user_id: entry.userId,
    position,
    name: entry.name,
    email: entry.email,
    rights: JSON.stringify(entry.rights),
  };
}

function toEntry(row: Schema['access']): AccessEntry {
  return {
    userId: row.user_id,
    name: row.name,
    email: row.email,
    rights: toRights(row.rights),
  };
}

const rightsSchema = z.array(rightSchema);

function toRights(rights: string): Right[] {
  return rightsSchema.parse(JSON.parse(rights));
}
