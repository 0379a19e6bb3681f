import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { waitUntil } from '../wait-until.ts';
import { findFreePort } from './free-port.ts';
import { projectRoot } from './run-command.ts';

const folder = join(projectRoot, 'test/sandbox/token-endpoints');

type Endpoint = {
  language: string;
  program: string;
  /** The command that starts the server. Compiled files go into `room`. */
  toCommand(room: string): readonly string[];
};

export const tokenEndpoints: readonly Endpoint[] = [
  { language: 'Node.js', program: 'node', toCommand: () => ['node', join(folder, 'node/token-endpoint.mjs')] },
  { language: 'Python', program: 'python3', toCommand: () => ['python3', join(folder, 'python/token_endpoint.py')] },
  {
    language: 'PHP',
    program: 'php',
    toCommand: () => ['php', '-S', '127.0.0.1:PORT', join(folder, 'php/token_endpoint.php')],
  },
  { language: 'Ruby', program: 'ruby', toCommand: () => ['ruby', join(folder, 'ruby/serve.rb')] },
  {
    language: 'Go',
    program: 'go',
    toCommand: (room) => {
      const program = join(room, 'token-endpoint');
      const env = { ...process.env, GOCACHE: join(room, 'cache'), GOFLAGS: '', GO111MODULE: 'auto' };
      const built = spawnSync('go', ['build', '-o', program, join(folder, 'go/token_endpoint.go')], { env });
      if (built.status !== 0) throw new Error(`go build failed:\n${built.stderr}`);
      return [program];
    },
  },
];

/** These examples run only if their language is installed. Nothing is installed for them. */
export function isInstalled({ program }: Endpoint): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((path) => path !== '');
  return folders.some((path) => {
    try {
      accessSync(join(path, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

export type RunningEndpoint = { origin: string; stop(): Promise<void> };

/** Starts the server with only those variables of our environment that find programs. */
export async function runEndpoint(endpoint: Endpoint, env: Record<string, string>): Promise<RunningEndpoint> {
  const room = await mkdtemp(join(tmpdir(), 'ledgerside-endpoint-'));
  const port = await findFreePort();
  const [program = '', ...args] = endpoint.toCommand(room).map((part) => part.replace('PORT', String(port)));
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(program, args, {
    env: { PATH, HOME, ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => written.push(chunk));
  const ended = once(child, 'exit');
  const origin = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(room, { recursive: true, force: true });
  };
  const isUp = () => {
    if (child.exitCode !== null) throw new Error(`it ended:\n${Buffer.concat(written)}`);
    return fetch(origin).then(
      () => true,
      () => false,
    );
  };
  try {
    await waitUntil(isUp, `the token endpoint in ${endpoint.language}`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { origin, stop };
}
