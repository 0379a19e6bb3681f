import type { Clock } from '#server/clock.ts';
import type { Log } from '#server/deps.ts';

export type Stopping = {
  clock: Pick<Clock, 'sleep'>;
  log: Log;
  /** How long to keep accepting requests, so that load balancers notice that this process is no longer ready. */
  drainMs: number;
  /** After this long the process exits even if work is still running, because its supervisor would soon kill it. */
  boundMs: number;
  /** Called first: marks the process as no longer ready. */
  begin(): void;
  /** Stops accepting requests, finishes those in progress and closes everything. */
  finish(): Promise<void>;
};

/**
 * SIGTERM stops the process gracefully. SIGINT, from a person at a terminal, does the same without the drain. A second
 * signal exits at once; stored writes are resumed at the next start.
 */
export function stopOnSignal(stopping: Stopping): void {
  let isStopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(1);
      isStopping = true;
      stop(stopping, signal).then((code) => process.exit(code));
    });
  }
}

async function stop(stopping: Stopping, signal: 'SIGTERM' | 'SIGINT'): Promise<number> {
  const { clock, log, boundMs } = stopping;
  log.info({ signal }, 'stopping');
  stopping.begin();
  const late = clock.sleep(boundMs).then(() => {
    log.error('time is up: exiting with work unfinished');
    return 1;
  });
  return Promise.race([finishAfterDrain(stopping, signal === 'SIGTERM'), late]);
}

async function finishAfterDrain({ clock, log, drainMs, finish }: Stopping, hasDrain: boolean): Promise<number> {
  try {
    if (hasDrain && drainMs > 0) await clock.sleep(drainMs);
    await finish();
    return 0;
  } catch (error) {
    log.error({ err: error }, 'could not stop cleanly');
    return 1;
  }
}
