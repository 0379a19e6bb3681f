import { createClient } from 'redis';

export type JobsConnection = ReturnType<typeof connect>;

const connectTimeoutMs = 5_000;
/** After this silence a connection is replaced, because its other end may have vanished without closing it. */
const silenceMs = 12_000;
const signOfLifeEveryMs = 4_000;
const mostBackoffMs = 2_000;

/**
 * A connection for BullMQ, which adapts it and connects it. `isWaiting`: while Redis is away, commands wait until it is
 * back, as BullMQ's worker needs it. Else they fail at once.
 */
export function connect(url: string, { isWaiting }: { isWaiting: boolean }) {
  const connection = createClient({
    url,
    disableOfflineQueue: !isWaiting,
    pingInterval: signOfLifeEveryMs,
    socket: {
      connectTimeout: connectTimeoutMs,
      socketTimeout: silenceMs,
      reconnectStrategy: (attempt) => Math.min(mostBackoffMs, 50 * 2 ** Math.min(attempt, 6)) + Math.random() * 50,
    },
  });
  // An error event without a listener ends the process. BullMQ reports the errors too.
  connection.on('error', () => undefined);
  return connection;
}
