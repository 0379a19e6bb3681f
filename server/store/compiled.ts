import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/**
 * Compiles a query once and runs it with new parameters, in the order in which the query names them. Building the SQL
 * text each time costs more than SQLite's lookup. Use it for queries that every request runs.
 */
export function compileOnce<Row>(
  db: Kysely<Schema>,
  query: Compilable<Row>,
): (...parameters: string[]) => Promise<Row | undefined> {
  // At its first use, because each transaction builds all tables and uses few of them.
  let compiled: CompiledQuery<Row> | undefined;
  return async (...parameters) => {
    compiled ??= query.compile();
    return (await db.executeQuery<Row>({ ...compiled, parameters })).rows[0];
  };
}
