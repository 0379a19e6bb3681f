import { type Kysely, sql } from 'kysely';
import { inTransaction } from '../in-transaction.ts';
import type { Schema } from '../schema.ts';

export type SealedText = {
  place: 'connection' | 'workspace' | 'webhook' | 'old_webhook';
  workspaceId: string;
  text: string;
};

/** Every text that is encrypted with an encryption key. */
export type SealedStore = {
  list(): Promise<SealedText[]>;
  /** Stores the same secret, encrypted again. False when the text changed meanwhile. Versions stay as they are. */
  replace(found: SealedText, sealed: string): Promise<boolean>;
};

/** `old_webhook`: the secret of a webhook that was changed less than a day ago. */
const columns = {
  connection: ['connections', 'workspace_id', 'sealed_tokens'],
  workspace: ['workspaces', 'id', 'sealed_keys'],
  webhook: ['webhooks', 'workspace_id', 'sealed_secret'],
  old_webhook: ['webhooks', 'workspace_id', 'sealed_old_secret'],
} as const satisfies Record<SealedText['place'], readonly [keyof Schema, string, string]>;

const places: readonly SealedText['place'][] = ['connection', 'workspace', 'webhook', 'old_webhook'];

export function buildSealedTexts(db: Kysely<Schema>): SealedStore {
  return {
    list: async () => {
      const found: SealedText[] = [];
      for (const place of places) {
        const [table, id, column] = columns[place];
        const { rows } = await sql<{ id: string; text: string }>`
          select ${sql.ref(id)} as id, ${sql.ref(column)} as text from ${sql.table(table)}
          where ${sql.ref(column)} is not null order by ${sql.ref(id)}`.execute(db);
        found.push(...rows.map((row) => ({ place, workspaceId: row.id, text: row.text })));
      }
      return found;
    },
    replace: ({ place, workspaceId, text }, sealed) =>
      inTransaction(db, async (transaction) => {
        const [table, id, column] = columns[place];
        const { numAffectedRows } = await sql`
          update ${sql.table(table)} set ${sql.ref(column)} = ${sealed}
          where ${sql.ref(id)} = ${workspaceId} and ${sql.ref(column)} = ${text}`.execute(transaction);
        return (numAffectedRows ?? 0n) > 0n;
      }),
  };
}
