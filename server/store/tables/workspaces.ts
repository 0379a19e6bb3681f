import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import { inTransaction } from '../in-transaction.ts';
import type { Schema } from '../schema.ts';
import type { Store, WorkspaceRow } from '../store.ts';
import { forgetTokens } from './connections.ts';

export function buildWorkspaces(db: Kysely<Schema>): Store['workspaces'] {
  return {
    list: async () => (await db.selectFrom('workspaces').selectAll().orderBy('id').execute()).map(toWorkspace),
    find: async (id) => {
      const row = await db.selectFrom('workspaces').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toWorkspace(row);
    },
    put: async ({ id, name, origins, sealedKeys }) => {
      const values = { name, origins: JSON.stringify(origins), sealed_keys: sealedKeys };
      await db
        .insertInto('workspaces')
        .values({ id, ...values })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
        .execute();
    },
    hold: async (id) => {
      const held = await db.updateTable('workspaces').set({ id }).where('id', '=', id).returning('id').execute();
      return held.length > 0;
    },
    remove: (id) =>
      inTransaction(db, async (transaction) => {
        const removed = await transaction.deleteFrom('workspaces').where('id', '=', id).returning('id').execute();
        await transaction.deleteFrom('sessions').where('workspace_id', '=', id).execute();
        await transaction.deleteFrom('webhooks').where('workspace_id', '=', id).execute();
        await forgetTokens(transaction, id);
        return removed.length > 0;
      }),
  };
}

const originsSchema = z.array(z.string());

function toWorkspace(row: Selectable<Schema['workspaces']>): WorkspaceRow {
  return {
    id: row.id,
    name: row.name,
    origins: originsSchema.parse(JSON.parse(row.origins)),
    sealedKeys: row.sealed_keys,
  };
}
