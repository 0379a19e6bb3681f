import type { Kysely } from 'kysely';
import { defaultsSchema } from '#shared/contract/settings.ts';
import type { Schema } from '../schema.ts';
import type { Store } from '../store.ts';

export function buildDefaults(db: Kysely<Schema>): Store['defaults'] {
  return {
    find: async (workspaceId, organisationId) => {
      const row = await db
        .selectFrom('defaults')
        .select('value')
        .where('workspace_id', '=', workspaceId)
        .where('organisation_id', '=', organisationId)
        .executeTakeFirst();
      return row === undefined ? {} : defaultsSchema.parse(JSON.parse(row.value));
    },
    put: async (workspaceId, organisationId, defaults) => {
      const value = JSON.stringify(defaults);
      await db
        .insertInto('defaults')
        .values({ workspace_id: workspaceId, organisation_id: organisationId, value })
        .onConflict((conflict) => conflict.columns(['workspace_id', 'organisation_id']).doUpdateSet({ value }))
        .execute();
    },
  };
}
