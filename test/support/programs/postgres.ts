import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { findFreePort } from './free-port.ts';
import { type GuardedProcess, startGuarded } from './guarded-process.ts';
import { findPostgresUser, type SystemUser } from './postgres-user.ts';
import { requireProgram } from './require-program.ts';

export type TestPostgres = {
  /** The URL of the default database. Better use one per test file. */
  url: string;
  /** Creates an empty database and returns its URL. */
  createDatabase(): Promise<string>;
  /** Starts it again on the same port with its data, after `stop` or `kill`. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Ends it like a crash: every connection breaks, and the next start replays the log. */
  kill(): Promise<void>;
  /** Stops it for good and deletes its data. */
  remove(): Promise<void>;
};

/**
 * Starts a cluster in a temporary folder, on a free local port, with fsync as in production. Postgres refuses to run as
 * root, so then it runs as the user that its package created.
 */
export async function startPostgres(): Promise<TestPostgres> {
  requireProgram('initdb');
  const user = findPostgresUser();
  const password = randomBytes(16).toString('hex');
  const folder = await createCluster(user, password);
  const port = await findFreePort();
  const urlOf = (database: string): string => `postgres://ledgerside:${password}@127.0.0.1:${port}/${database}`;
  let server: GuardedProcess = await startServer(folder, port, user);
  let count = 0;
  return {
    url: urlOf('postgres'),
    createDatabase: async () => {
      count += 1;
      const name = `test_${process.pid}_${count}`;
      await runStatement(urlOf('postgres'), `create database ${name}`);
      return urlOf(name);
    },
    start: async () => {
      server = await startServer(folder, port, user);
    },
    stop: () => server.end(),
    // Not SIGKILL, because that would leave Postgres's child processes running and delay the next start.
    kill: () => server.end('SIGQUIT'),
    remove: async () => {
      await server.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const run = promisify(execFile);

/** The folder is deleted when this process ends, at the latest. */
async function createCluster(user: SystemUser | undefined, password: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerside-postgres-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  for (const path of user ? [folder, passwordFile] : []) await chown(path, user?.uid ?? -1, user?.gid ?? -1);
  const settings = ['--username=ledgerside', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const args = [...settings, '--encoding=UTF8', '--locale=C.UTF-8', '-D', join(folder, 'data')];
  await run(requireProgram('initdb'), args, { ...user, cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C' } });
  return folder;
}

function startServer(folder: string, port: number, user: SystemUser | undefined): Promise<GuardedProcess> {
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'logging_collector=off'];
  return startGuarded({
    command: requireProgram('postgres'),
    args: ['-D', join(folder, 'data'), ...settings.flatMap((setting) => ['-c', setting])],
    // A fast shutdown does not wait for connections that a test left open.
    signal: 'SIGINT',
    readyText: 'database system is ready to accept connections',
    user,
  });
}

async function runStatement(url: string, statement: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
