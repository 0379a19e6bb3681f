import { createClient } from 'redis';
import { AppError } from '#shared/app-error.ts';

export type RedisConnection = ReturnType<typeof buildConnection>;

export type RedisConnections = {
  commands: RedisConnection;
  /** Redis lets a connection that listens do nothing else. */
  listening: RedisConnection;
};

const connectTimeoutMs = 5_000;

/** Doubling waits between attempts, a little apart from the other processes' ones. */
const backoffMs = (attempt: number): number => Math.min(2_000, 50 * 2 ** Math.min(attempt, 6)) + Math.random() * 50;

export const openRedisConnections = async (
  redisUrl: string,
  onError: (error: unknown) => void,
): Promise<RedisConnections> => {
  const state = { isStarted: false };
  const commands = buildConnection(redisUrl, state);
  const listening = buildConnection(redisUrl, state);
  try {
    await Promise.all([commands.connect(), listening.connect()]);
  } catch (error) {
    for (const connection of [commands, listening]) if (connection.isOpen) connection.destroy();
    const reason = error instanceof Error ? error.message || error.name : String(error);
    throw new AppError('unavailable', { detail: `Redis could not be reached: ${reason}`, cause: error });
  }
  state.isStarted = true;
  commands.on('error', onError);
  listening.on('error', onError);
  return { commands, listening };
};

const buildConnection = (url: string, state: { isStarted: boolean }) => {
  const connection = createClient({
    url,
    // While Redis is away, calls fail at once instead of waiting in a queue.
    disableOfflineQueue: true,
    socket: {
      connectTimeout: connectTimeoutMs,
      // At the start a Redis that is not there is a fault of configuration; later it is an outage to sit through.
      reconnectStrategy: (attempt, cause) => (state.isStarted ? backoffMs(attempt) : cause),
    },
  });
  // Without any listener an error ends the process; while connecting it reaches the caller as a rejection.
  connection.on('error', () => undefined);
  return connection;
};
