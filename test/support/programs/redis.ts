import { createClient } from 'redis';
import { findFreePort } from './free-port.ts';
import { type GuardedProcess, startGuarded } from './guarded-process.ts';
import { requireProgram } from './require-program.ts';

export type TestRedis = {
  url: string;
  /** Starts it again on the same port after `stop` or `kill`, with no data. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Removes the keys whose names contain the word. */
  forget(word: string): Promise<void>;
  /** Ends it like a crash. */
  kill(): Promise<void>;
  /** Accepts connections and commands but answers none, like a frozen machine, until `goOn`. */
  hang(): void;
  goOn(): void;
};

/** A Redis on a free port. It stores nothing on disk and ends with this process. */
export async function startRedis(): Promise<TestRedis> {
  const port = await findFreePort();
  let server: GuardedProcess = await startServer(port);
  return {
    url: `redis://127.0.0.1:${port}`,
    start: async () => {
      server = await startServer(port);
    },
    stop: () => server.end(),
    forget: (word) => forget(`redis://127.0.0.1:${port}`, word),
    kill: () => server.end('SIGKILL'),
    hang: () => server.tell('SIGSTOP'),
    goOn: () => server.tell('SIGCONT'),
  };
}

async function forget(url: string, word: string): Promise<void> {
  const client = await createClient({ url }).connect();
  try {
    const keys = await client.keys(`*${word}*`);
    if (keys.length > 0) await client.del(keys);
  } finally {
    client.destroy();
  }
}

function startServer(port: number): Promise<GuardedProcess> {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  return startGuarded({
    command: requireProgram('redis-server'),
    args: settings,
    signal: 'SIGTERM',
    readyText: 'Ready to accept connections',
  });
}
