import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import type { XeroSandbox } from '#test/sandbox/xero/start.ts';
import { projectRoot } from './run-command.ts';
import { waitUntil } from './wait-until.ts';

export type Workspace = { id: string; secret: string };

export type Product = {
  /** What people and browsers call it: `http://localhost:…`. */
  origin: string;
  workspace: Workspace;
  /** Ends the process and answers its exit code; null when the signal itself ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** All it has written so far. */
  logs(): string;
};

export type ProductOptions = {
  xero: XeroSandbox;
  /** Who may embed it. */
  hostOrigins: readonly string[];
  port: number;
  workspace: Workspace;
  /** Stays, so that the next start finds what this one stored. */
  dataDir: string;
  encryptionKey: string;
  databaseUrl?: string;
  redisUrl?: string;
  env?: Record<string, string>;
};

export const newWorkspace = (): Workspace => ({ id: 'fieldnote', secret: randomBytes(32).toString('hex') });

export const newEncryptionKey = (): string => randomBytes(32).toString('base64');

/** Starts the real product in a process of its own and waits until it says that it is ready. */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const origin = `http://localhost:${options.port}`;
  const server = runServer({ ...toEnvironment(options, origin), ...options.env });
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => endProcess(server.child, signal);
  try {
    await waitUntil(() => isReady(origin, server), `the product to be ready at ${origin}`);
  } catch (error) {
    await stop('SIGKILL');
    throw new Error(`the product did not start:\n${server.logs().trim()}`, { cause: error });
  }
  return { origin, workspace: options.workspace, stop, logs: server.logs };
}

function toEnvironment(options: ProductOptions, origin: string): Record<string, string> {
  const { xero, workspace, databaseUrl, redisUrl } = options;
  return {
    PORT: String(options.port),
    HOST: 'localhost',
    PUBLIC_URL: origin,
    DATA_DIR: options.dataDir,
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
    ...(redisUrl && { REDIS_URL: redisUrl }),
    ENCRYPTION_KEY: options.encryptionKey,
    XERO_CLIENT_ID: xero.clientId,
    XERO_CLIENT_SECRET: xero.clientSecret,
    XERO_WEBHOOK_KEY: randomUUID(),
    XERO_LOGIN_URL: xero.origin,
    XERO_IDENTITY_URL: xero.origin,
    XERO_API_URL: xero.origin,
    XERO_APP_URL: xero.origin,
    WORKSPACE_ID: workspace.id,
    WORKSPACE_NAME: 'Fieldnote CRM',
    WORKSPACE_SECRET: workspace.secret,
    WORKSPACE_ORIGINS: options.hostOrigins.join(','),
    LOG_LEVEL: 'info',
  };
}

type Server = { child: ChildProcess; logs: () => string };

/** Nothing of the caller's environment but what finds programs: a setting from outside must not colour a test. */
function runServer(env: Record<string, string>): Server {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: projectRoot,
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => written.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => written.push(chunk.toString()));
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  child.once('exit', () => process.removeListener('exit', endWithUs));
  return { child, logs: () => written.join('') };
}

async function isReady(origin: string, { child }: Server): Promise<boolean> {
  if (child.exitCode !== null || child.signalCode !== null) throw new Error('the process has ended');
  return fetch(`${origin}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  );
}

async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.kill(signal);
  });
}
