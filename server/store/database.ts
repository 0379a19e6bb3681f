import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

export type Dialect = 'sqlite' | 'postgres';

export type ErrorListener = (error: unknown) => void;

/** An open database. Differences between SQLite and Postgres are hidden behind it. */
export type Database = {
  dialect: Dialect;
  db: Kysely<Schema>;
  holdProcessLock(): Promise<boolean>;
  close(): Promise<void>;
};
