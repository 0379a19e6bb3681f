import type { Kysely } from 'kysely';
import { inTransaction } from '../in-transaction.ts';
import type { Schema } from '../schema.ts';

export type SealedText = { place: 'connection' | 'workspace'; workspaceId: string; text: string };

/** Every text that is encrypted with an encryption key. */
export type SealedStore = {
  list(): Promise<SealedText[]>;
  /** Stores the same secret, encrypted again. False when the text changed meanwhile. Versions stay as they are. */
  replace(found: SealedText, sealed: string): Promise<boolean>;
};

export function buildSealedTexts(db: Kysely<Schema>): SealedStore {
  return {
    list: async () => {
      const tokens = await db
        .selectFrom('connections')
        .select(['workspace_id', 'sealed_tokens'])
        .where('sealed_tokens', 'is not', null)
        .orderBy('workspace_id')
        .execute();
      const keys = await db.selectFrom('workspaces').select(['id', 'sealed_keys']).orderBy('id').execute();
      return [
        ...tokens.map((row) => ({
          place: 'connection' as const,
          workspaceId: row.workspace_id,
          text: row.sealed_tokens ?? '',
        })),
        ...keys.map((row) => ({ place: 'workspace' as const, workspaceId: row.id, text: row.sealed_keys })),
      ];
    },
    replace: ({ place, workspaceId, text }, sealed) =>
      inTransaction(db, async (transaction) => {
        const update =
          place === 'connection'
            ? transaction
                .updateTable('connections')
                .set({ sealed_tokens: sealed })
                .where('workspace_id', '=', workspaceId)
                .where('sealed_tokens', '=', text)
            : transaction
                .updateTable('workspaces')
                .set({ sealed_keys: sealed })
                .where('id', '=', workspaceId)
                .where('sealed_keys', '=', text);
        return (await update.executeTakeFirst()).numUpdatedRows > 0n;
      }),
  };
}
