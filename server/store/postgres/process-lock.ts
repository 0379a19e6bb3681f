import { Client, type ClientConfig } from 'pg';
import { AppError } from '#shared/app-error.ts';
import type { ErrorListener } from '../database.ts';
import { translated } from '../foreign-error.ts';
import { isPostgresAway } from './error.ts';

export type PostgresProcessLock = { hold(): Promise<boolean>; release(): Promise<void> };

/** A pair of numbers that no other program is likely to lock in this database: "Ledg", "side" in ASCII. */
const lockKey = [0x4c656467, 0x73696465];

const retryMs = 1_000;

/**
 * A session advisory lock on a connection of its own, which Postgres releases when the connection ends. If the
 * connection breaks (a restart), onError is called, and the lock is taken again as soon as Postgres answers. If another
 * process took it first, onError is called again.
 */
export function buildPostgresProcessLock(config: ClientConfig, onError: ErrorListener): PostgresProcessLock {
  let held: Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let isReleased = false;

  const hold = async (): Promise<boolean> => {
    if (held !== undefined) return true;
    const client = await tryLock(config, (error) => isReleased || onError(error));
    if (client === undefined || isReleased) {
      await client?.end();
      return false;
    }
    held = client;
    client.once('end', regain);
    return true;
  };

  const regain = (): void => {
    held = undefined;
    if (isReleased) return;
    // Real time: Postgres releases a lock when it notices that the connection has ended.
    retry = setTimeout(() => {
      hold()
        .then(tellIfTaken, () => undefined)
        .then(() => held ?? regain());
    }, retryMs).unref();
  };

  const tellIfTaken = (isHeld: boolean): void => {
    if (isHeld || isReleased) return;
    onError(new AppError('unavailable', { detail: 'Another process holds this process’s lock' }));
  };

  const release = async (): Promise<void> => {
    isReleased = true;
    clearTimeout(retry);
    await held?.end();
  };
  return { hold, release };
}

async function tryLock(config: ClientConfig, onError: ErrorListener): Promise<Client | undefined> {
  const client = new Client(config);
  client.on('error', onError);
  try {
    return await translated(isPostgresAway, async () => {
      await client.connect();
      const { rows } = await client.query<{ is_held: boolean }>(
        'select pg_try_advisory_lock($1, $2) as is_held',
        lockKey,
      );
      if (rows[0]?.is_held) return client;
      await client.end();
      return undefined;
    });
  } catch (error) {
    // A client that never connected may fail to end.
    await client.end().catch(() => undefined);
    throw error;
  }
}
