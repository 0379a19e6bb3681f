import type { Kysely } from 'kysely';
import type { Schema } from '../schema.ts';
import type { Store } from '../store.ts';

export function buildOneTime(db: Kysely<Schema>): Store['oneTime'] {
  return {
    spend: async (kind, key, expiresAt) => {
      const inserted = await db
        .insertInto('one_time')
        .values({ kind, key, data: null, expires_at: expiresAt })
        .onConflict((conflict) => conflict.columns(['kind', 'key']).doNothing())
        .returning('key')
        .execute();
      return inserted.length > 0;
    },
    put: async (kind, key, data, expiresAt) => {
      await db
        .insertInto('one_time')
        .values({ kind, key, data, expires_at: expiresAt })
        .onConflict((conflict) => conflict.columns(['kind', 'key']).doUpdateSet({ data, expires_at: expiresAt }))
        .execute();
    },
    find: async (kind, key) => {
      const row = await db
        .selectFrom('one_time')
        .select(['data', 'expires_at'])
        .where('kind', '=', kind)
        .where('key', '=', key)
        .executeTakeFirst();
      return row && toOneTime(row);
    },
    take: async (kind, key) => {
      const row = await db
        .deleteFrom('one_time')
        .where('kind', '=', kind)
        .where('key', '=', key)
        .returning(['data', 'expires_at'])
        .executeTakeFirst();
      return row && toOneTime(row);
    },
  };
}

function toOneTime(row: { data: string | null; expires_at: string }): { data: string; expiresAt: string } {
  return {
    data: row.data ?? '',
    expiresAt: row.expires_at,
  };
}
