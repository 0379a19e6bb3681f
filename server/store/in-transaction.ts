import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** In a transaction of its own, or as part of the one that runs already. */
export const inTransaction = <T>(db: Kysely<Schema>, work: (db: Kysely<Schema>) => Promise<T>): Promise<T> =>
  db.isTransaction ? work(db) : db.transaction().execute(work);
