import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { AppError } from '#shared/app-error.ts';
import { translated } from '../foreign-error.ts';
import { isPostgresAway } from './error.ts';

/** The pool for Kysely, with driver errors translated. A connection that failed is not used again. */
export function toKyselyPool(pool: Pool): PostgresPool {
  return {
    connect: async () => toKyselyClient(await translated(isPostgresAway, () => pool.connect())),
    end: () => pool.end(),
  };
}

function toKyselyClient(client: PoolClient): PostgresPoolClient {
  let isBroken = false;
  const ask = async <R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> => {
    try {
      const { command, rowCount, rows } = await translated(isPostgresAway, () => client.query(sql, [...parameters]));
      return { command: command as PostgresQueryResult<R>['command'], rowCount: rowCount ?? 0, rows };
    } catch (error) {
      isBroken ||= error instanceof AppError;
      throw error;
    }
  };
  function query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query<R>(
    sql: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof sql === 'string') return ask<R>(sql, parameters);
    throw new TypeError('the store reads no cursors');
  }
  return { query, release: () => client.release(isBroken) };
}
