import type { Kysely } from 'kysely';
import type { SyncPlace } from '#server/sync-place.ts';
import { chunksOf } from '../../in-chunks.ts';
import type { Schema } from '../../schema.ts';
import type { MappingKey, SyncMappingStore, SyncSettingStore } from './settings-store.ts';

const keysPerStatement = 500;

export function buildSyncRules(db: Kysely<Schema>): SyncSettingStore {
  return buildSetting(db, 'sync_rules');
}

export function buildSyncMapping(db: Kysely<Schema>): SyncMappingStore {
  return {
    ...buildSetting(db, 'sync_mapping'),
    noteKeys: (where, keys) => noteKeys(db, where, keys),
    listKeys: ({ workspaceId, organisationId }) =>
      db
        .selectFrom('sync_mapping_keys')
        .select(['mapping', 'key'])
        .where('workspace_id', '=', workspaceId)
        .where('organisation_id', '=', organisationId)
        .orderBy('mapping')
        .orderBy('folded_key')
        .execute(),
  };
}

function buildSetting(db: Kysely<Schema>, table: 'sync_rules' | 'sync_mapping'): SyncSettingStore {
  return {
    find: async ({ workspaceId, organisationId }) => {
      const row = await db
        .selectFrom(table)
        .select('value')
        .where('workspace_id', '=', workspaceId)
        .where('organisation_id', '=', organisationId)
        .executeTakeFirst();
      return row?.value;
    },
    put: async ({ workspaceId, organisationId }, value) => {
      await db
        .insertInto(table)
        .values({ workspace_id: workspaceId, organisation_id: organisationId, value })
        .onConflict((conflict) => conflict.columns(['workspace_id', 'organisation_id']).doUpdateSet({ value }))
        .execute();
    },
  };
}

async function noteKeys(db: Kysely<Schema>, where: SyncPlace, keys: readonly MappingKey[]): Promise<void> {
  const place = { workspace_id: where.workspaceId, organisation_id: where.organisationId };
  for (const chunk of chunksOf(keys, keysPerStatement)) {
    await db
      .insertInto('sync_mapping_keys')
      .values(chunk.map(({ mapping, key }) => ({ ...place, mapping, folded_key: key.toLowerCase(), key })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
