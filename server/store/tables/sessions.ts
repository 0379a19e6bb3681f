import type { Kysely } from 'kysely';
import { compileOnce } from '../compiled.ts';
import type { Schema } from '../schema.ts';
import type { Store } from '../store.ts';

export function buildSessionTable(db: Kysely<Schema>): Store['sessions'] {
  const find = compileOnce(db, db.selectFrom('sessions').selectAll().where('token_hash', '=', ''));
  return {
    create: async (row) => {
      await db
        .insertInto('sessions')
        .values({
          token_hash: row.tokenHash,
          workspace_id: row.workspaceId,
          user_id: row.userId,
          snapshot: row.snapshot,
          key_generation: row.keyGeneration,
          created_at: row.createdAt,
          expires_at: row.expiresAt,
        })
        .execute();
    },
    find: async (tokenHash) => {
      const row = await find(tokenHash);
      return (
        row && {
          tokenHash: row.token_hash,
          workspaceId: row.workspace_id,
          userId: row.user_id,
          snapshot: row.snapshot,
          keyGeneration: row.key_generation,
          createdAt: row.created_at,
          expiresAt: row.expires_at,
        }
      );
    },
  };
}
