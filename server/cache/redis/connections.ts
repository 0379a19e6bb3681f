import { createClient } from 'redis';
import { AppError } from '#shared/app-error.ts';
import { buildRedisCalls, type RedisCalls } from './calls.ts';

export type RedisConnection = ReturnType<typeof buildConnection>;

/** `calls` bounds what is asked over either connection: a Redis that hangs is away for all of them. */
export type RedisCommands = { commands: RedisConnection; calls: RedisCalls };

export type RedisConnections = RedisCommands & {
  /** Redis lets a connection that listens do nothing else. */
  listening: RedisConnection;
};

/** To connect, and to be greeted: a Redis that hangs takes connections and says nothing. */
const connectTimeoutMs = 5_000;

/**
 * A connection whose other end has gone without a word (a failover, a lost network) is made anew after this silence.
 * The client's own signs of life come more often, so that a quiet connection is not taken for a dead one.
 */
const silenceMs = 12_000;
const signOfLifeEveryMs = 4_000;

/** Doubling waits between attempts, a little apart from the other processes' ones. */
const backoffMs = (attempt: number): number => Math.min(2_000, 50 * 2 ** Math.min(attempt, 6)) + Math.random() * 50;

export const openRedisConnections = async (
  redisUrl: string,
  onError: (error: unknown) => void,
): Promise<RedisConnections> => {
  const state = { isStarted: false };
  const commands = buildConnection(redisUrl, state);
  const listening = buildConnection(redisUrl, state);
  const both = [commands, listening];
  const greeting = buildRedisCalls({ probe: () => Promise.resolve(), timeoutMs: connectTimeoutMs });
  try {
    await greeting.run(() => Promise.all(both.map((connection) => connection.connect())));
  } catch (error) {
    for (const connection of both) if (connection.isOpen) connection.destroy();
    throw new AppError('unavailable', { detail: `Redis could not be reached: ${toReason(error)}`, cause: error });
  } finally {
    greeting.close();
  }
  state.isStarted = true;
  commands.on('error', onError);
  listening.on('error', onError);
  const calls = buildRedisCalls({ probe: () => Promise.all(both.map((connection) => connection.ping())) });
  return { commands, listening, calls };
};

/** Lets running commands end, unless Redis hangs; a connection that is down has none. */
export const closeRedisConnections = async ({ commands, listening, calls }: RedisConnections): Promise<void> => {
  for (const connection of [commands, listening]) {
    if (connection.isReady) await calls.run(() => connection.close()).catch(() => connection.destroy());
    else if (connection.isOpen) connection.destroy();
  }
  calls.close();
};

const buildConnection = (url: string, state: { isStarted: boolean }) => {
  const connection = createClient({
    url,
    // While Redis is away, calls fail at once instead of waiting in a queue.
    disableOfflineQueue: true,
    pingInterval: signOfLifeEveryMs,
    socket: {
      connectTimeout: connectTimeoutMs,
      socketTimeout: silenceMs,
      // At the start a Redis that is not there is a fault of configuration; later it is an outage to sit through.
      reconnectStrategy: (attempt, cause) => (state.isStarted ? backoffMs(attempt) : cause),
    },
  });
  // Without any listener an error ends the process; while connecting it reaches the caller as a rejection.
  connection.on('error', () => undefined);
  return connection;
};

const toReason = (error: unknown): string => {
  const first = error instanceof AppError ? error.cause : error;
  return first instanceof Error ? first.message || first.name : String(first);
};
