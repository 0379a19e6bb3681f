import { createClient } from 'redis';
import { AppError } from '#shared/app-error.ts';
import { buildRedisCalls, type RedisCalls } from './calls.ts';

export type RedisConnection = ReturnType<typeof buildConnection>;

/** `calls` guards both connections: a Redis that hangs is unavailable for all calls. */
export type RedisCommands = { commands: RedisConnection; calls: RedisCalls };

export type RedisConnections = RedisCommands & {
  /** Redis allows no other commands on a connection that subscribes. */
  listening: RedisConnection;
};

/** Covers both connecting and the greeting, because a hanging Redis accepts connections and then stays silent. */
const connectTimeoutMs = 5_000;

/**
 * After this silence a connection is replaced, because its other end may have vanished without closing it (a failover,
 * a lost network). The client sends its own pings more often, so a quiet connection is not mistaken for a dead one.
 */
const silenceMs = 12_000;
const signOfLifeEveryMs = 4_000;

/** Exponential backoff between attempts, with jitter so that processes do not reconnect at the same moment. */
function backoffMs(attempt: number): number {
  return Math.min(2_000, 50 * 2 ** Math.min(attempt, 6)) + Math.random() * 50;
}

export async function openRedisConnections(
  redisUrl: string,
  onError: (error: unknown) => void,
): Promise<RedisConnections> {
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
}

/** Lets running commands finish, unless Redis hangs. A broken connection has none. */
export async function closeRedisConnections({ commands, listening, calls }: RedisConnections): Promise<void> {
  for (const connection of [commands, listening]) {
    if (connection.isReady) await calls.run(() => connection.close()).catch(() => connection.destroy());
    else if (connection.isOpen) connection.destroy();
  }
  calls.close();
}

function buildConnection(url: string, state: { isStarted: boolean }) {
  const connection = createClient({
    url,
    // While Redis is unavailable, calls fail at once instead of waiting in a queue.
    disableOfflineQueue: true,
    pingInterval: signOfLifeEveryMs,
    socket: {
      connectTimeout: connectTimeoutMs,
      socketTimeout: silenceMs,
      // At the start, an unreachable Redis is a configuration error. Later it is an outage, and the client keeps
      // trying.
      reconnectStrategy: (attempt, cause) => (state.isStarted ? backoffMs(attempt) : cause),
    },
  });
  // An error event without a listener ends the process. While connecting, the error also rejects the caller's promise.
  connection.on('error', () => undefined);
  return connection;
}

function toReason(error: unknown): string {
  const first = error instanceof AppError ? error.cause : error;
  return first instanceof Error ? first.message || first.name : String(first);
}
