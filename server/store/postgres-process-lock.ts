import { Client, type ClientConfig } from 'pg';
import type { ErrorListener } from './database.ts';
import { translated } from './foreign-error.ts';
import { isPostgresAway } from './postgres-error.ts';

export type PostgresProcessLock = { hold(): Promise<boolean>; release(): Promise<void> };

/** Any pair of numbers that no other program takes in this database: "Ledg", "side" in ASCII. */
const lockKey = [0x4c656467, 0x73696465];

const retryMs = 1_000;

/**
 * A session advisory lock on a connection of its own: Postgres lets go of it when the connection ends. When the
 * connection breaks (a restart), it is taken again as soon as Postgres answers; who asked hears of both through onError.
 */
export const buildPostgresProcessLock = (config: ClientConfig, onError: ErrorListener): PostgresProcessLock => {
  let held: Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let isReleased = false;

  const hold = async (): Promise<boolean> => {
    if (held !== undefined) return true;
    const client = await tryLock(config, onError);
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
    retry = setTimeout(() => {
      hold()
        .then((isHeld) => isHeld || regain())
        .catch((error: unknown) => {
          onError(error);
          regain();
        });
    }, retryMs).unref();
  };

  const release = async (): Promise<void> => {
    isReleased = true;
    clearTimeout(retry);
    await held?.end();
  };
  return { hold, release };
};

const tryLock = async (config: ClientConfig, onError: ErrorListener): Promise<Client | undefined> => {
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
    // A client that never connected has nothing to end.
    await client.end().catch(() => undefined);
    throw error;
  }
};
