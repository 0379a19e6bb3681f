import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { XeroSandbox } from '#test/sandbox/xero/start.ts';
import { waitUntil } from '../wait-until.ts';
import { projectRoot } from './run-command.ts';

/** `kid`: the key's name, if the workspace has several keys. */
export type Workspace = { id: string; secret: string; kid?: string };

export type Product = {
  /** Its address for people and browsers: `http://localhost:…`. */
  origin: string;
  workspace: Workspace;
  /** Ends the process and returns its exit code; null when the signal itself ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Only sends a signal. */
  signal(signal: NodeJS.Signals): void;
  /** Resolves with its exit code; null when a signal ended it. */
  ended: Promise<number | null>;
  /** Moves its clock; rejects unless it was started with `hasMovingClock`. */
  advanceSeconds(seconds: number): Promise<void>;
  /** Whether its SQLite file may grow. Needs `hasMovingClock` too. */
  setRoom(hasRoom: boolean): Promise<void>;
  /** Everything it has written so far. */
  logs(): string;
};

export type ProductOptions = {
  xero: XeroSandbox;
  /** The origins that may embed it. */
  hostOrigins: readonly string[];
  port: number;
  workspace: Workspace;
  /** Kept, so that the next start finds the stored data. */
  dataDir: string;
  encryptionKey: string;
  databaseUrl?: string;
  redisUrl?: string;
  env?: Record<string, string>;
  /** What its command line says, such as `--role`. */
  args?: readonly string[];
  /** Its clock runs with the real one until a test moves it. */
  hasMovingClock?: boolean;
};

/** The key with which Xero signs webhooks to the product. */
export const webhookKey = 'webhook-key-of-the-tests';

export function newWorkspace(): Workspace {
  return { id: 'fieldnote', secret: randomBytes(32).toString('hex') };
}

export function newEncryptionKey(): string {
  return randomBytes(32).toString('base64');
}

/** A busy machine may take minutes. A process that ended is noticed at once. */
const startPatienceMs = 180_000;

/** Starts the real product in a process of its own and waits until it is ready. */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const origin = `http://localhost:${options.port}`;
  const server = runServer({ ...toEnvironment(options, origin), ...options.env }, options);
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => endProcess(server.child, signal);
  try {
    await waitUntil(() => isReady(origin, server), `the product to be ready at ${origin}`, startPatienceMs);
  } catch (error) {
    await stop('SIGKILL');
    throw new Error(`the product did not start:\n${server.logs().trim()}`, { cause: error });
  }
  const advanceSeconds = (seconds: number) => tellProcess(server.child, { advanceSeconds: seconds });
  const setRoom = (hasRoom: boolean) => tellProcess(server.child, { hasRoom });
  const signal = (name: NodeJS.Signals) => void server.child.kill(name);
  const { ended, logs } = server;
  return { origin, workspace: options.workspace, stop, signal, ended, advanceSeconds, setRoom, logs };
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
    XERO_WEBHOOK_KEY: webhookKey,
    XERO_LOGIN_URL: xero.origin,
    XERO_IDENTITY_URL: xero.origin,
    XERO_API_URL: xero.origin,
    XERO_APP_URL: xero.origin,
    WORKSPACE_ID: workspace.id,
    WORKSPACE_NAME: 'Fieldnote CRM',
    WORKSPACE_SECRET: workspace.secret,
    WORKSPACE_ORIGINS: options.hostOrigins.join(','),
    // Inbound limits have their own test. A test sends requests faster than a person.
    OPENS_PER_MINUTE: '10000000',
    REQUESTS_PER_MINUTE: '10000000',
    // Tests have no load balancer.
    DRAIN_SECONDS: '0',
    LOG_LEVEL: 'info',
  };
}

type Server = { child: ChildProcess; logs: () => string; ended: Promise<number | null> };

/** Passes on only the variables that find programs, so that no setting from outside affects a test. */
function runServer(
  env: Record<string, string>,
  { hasMovingClock = false, args = [] }: Pick<ProductOptions, 'hasMovingClock' | 'args'>,
): Server {
  const { PATH = '', HOME = '' } = process.env;
  const program = hasMovingClock ? '.tmp/clocked-server/clocked-server.js' : 'dist/server/main.js';
  const child = spawn(process.execPath, [program, ...args], {
    cwd: projectRoot,
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe', ...(hasMovingClock ? (['ipc'] as const) : [])],
  });
  const written: string[] = [];
  child.stdout?.on('data', (chunk: Buffer) => written.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => written.push(chunk.toString()));
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  child.once('exit', () => process.removeListener('exit', endWithUs));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, logs: () => written.join(''), ended };
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

/** Resolves when the process has handled the message. If its clock was moved, its sleepers have woken. */
async function tellProcess(child: ChildProcess, message: Record<string, unknown>): Promise<void> {
  if (!child.connected) throw new Error('this process has no clock that can be moved');
  const answered = new AbortController();
  const moved = once(child, 'message', { signal: answered.signal }).catch(() => undefined);
  // A process that was waiting for this moment may end before it answers.
  const gone = once(child, 'exit', { signal: answered.signal }).catch(() => undefined);
  child.send(message);
  await Promise.race([moved, gone]);
  answered.abort();
}
