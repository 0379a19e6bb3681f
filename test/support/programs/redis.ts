import { createClient } from 'redis';
import { findFreePort } from './free-port.ts';
import { type GuardedProcess, startGuarded } from './guarded-process.ts';
import { requireProgram } from './require-program.ts';

export type TestRedis = {
  url: string;
  /** Starts it again on its port after `stop` or `kill`; it remembers nothing. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Removes the keys whose name holds the word. */
  forget(word: string): Promise<void>;
  /** As a crash would end it. */
  kill(): Promise<void>;
  /** It takes connections and commands and answers none, as a frozen machine, until `goOn`. */
  hang(): void;
  goOn(): void;
};

/** A Redis of its own on a free port, which keeps nothing on disk and ends with this process. */
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
