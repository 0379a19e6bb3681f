import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/**
 * Compiles a query once and runs it with other parameters, in the order in which the query names them: building its
 * text anew costs more than SQLite's look-up itself. For the questions every request asks.
 */
export const compileOnce = <Row>(
  db: Kysely<Schema>,
  query: Compilable<Row>,
): ((...parameters: string[]) => Promise<Row | undefined>) => {
  const compiled: CompiledQuery<Row> = query.compile();
  return async (...parameters) => (await db.executeQuery<Row>({ ...compiled, parameters })).rows[0];
};
