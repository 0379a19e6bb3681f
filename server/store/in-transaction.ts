import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Runs in a new transaction, or in the one that is already open. */
export function inTransaction<T>(db: Kysely<Schema>, work: (db: Kysely<Schema>) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().execute(work);
}
