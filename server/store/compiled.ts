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
  const compiled: CompiledQuery<Row> = query.compile();
  return async (...parameters) => (await db.executeQuery<Row>({ ...compiled, parameters })).rows[0];
}
