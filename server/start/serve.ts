import { hostname } from 'node:os';
import type { Clock } from '#server/clock.ts';
import { ConfigError, parseConfig } from '#server/config.ts';
import { buildApp } from '#server/http/app.ts';
import { findBuiltWidget } from '#server/http/built-widget.ts';
import { buildLog } from '#server/log.ts';
import { listUnreadable } from '#server/use-cases/connection/reseal.ts';
import { withArguments } from './arguments.ts';
import { describeUnreadable } from './describe-unreadable.ts';
import { openDeps } from './open-deps.ts';
import { stopOnSignal } from './stop-on-signal.ts';

/** A start that cannot succeed. It is reported as a plain message without a stack. */
class StartError extends Error {}

/**
 * Runs the whole process, from its environment and arguments to the signal that ends it. A failed start prints the reason and exits
 * with 1.
 */
export function serve(env: NodeJS.ProcessEnv, args: readonly string[], clock: Clock): void {
  start(env, args, clock).catch((error: unknown) => {
    const isPlain = error instanceof ConfigError || error instanceof StartError;
    process.stderr.write(`${isPlain ? error.message : describe(error)}\n`);
    process.exit(1);
  });
}

async function start(env: NodeJS.ProcessEnv, args: readonly string[], clock: Clock): Promise<void> {
  const config = parseConfig(withArguments(env, args));
  const built = await findBuiltWidget();
  if (!built) throw new StartError('Nothing is built yet. Run: npm run build');
  const log = buildLog({ level: config.logLevel, base: { host: hostname(), pid: process.pid } });
  const { deps, close } = await openDeps(config, { clock, log });
  if (!config.redisUrl && !(await deps.store.holdProcessLock())) {
    await close();
    throw new StartError('Another process already uses this database. To run several, set REDIS_URL.');
  }
  const unreadable = await listUnreadable(deps);
  if (unreadable.length > 0) {
    await close();
    throw new StartError(describeUnreadable(unreadable));
  }
  const stopping = new AbortController();
  const app = await buildApp({ ...deps, built, stopping: stopping.signal });
  await app.listen({ port: config.port, host: config.host });
  const finish = async () => {
    await app.close();
    await close();
  };
  // No load balancer sends requests to a worker.
  const drainMs = config.role === 'worker' ? 0 : config.stop.drainMs;
  stopOnSignal({ clock, log, ...config.stop, drainMs, begin: () => stopping.abort(), finish });
}

function describe(error: unknown): string {
  return `Ledgerside cannot start: ${error instanceof Error ? error.message : String(error)}`;
}
