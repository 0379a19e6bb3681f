import type { Clock } from '#server/clock.ts';
import type { Log } from '#server/deps.ts';

export type Stopping = {
  clock: Pick<Clock, 'sleep'>;
  log: Log;
  /** Load balancers need a moment to hear that this process is not ready any more; requests are welcome meanwhile. */
  drainMs: number;
  /** After so long the process ends whatever still runs; whoever started it would kill it soon after. */
  boundMs: number;
  /** The first thing: says that no more is wanted. */
  begin(): void;
  /** Takes no more, finishes what is in flight, gives everything back. */
  finish(): Promise<void>;
};

/**
 * SIGTERM ends the process in good order; SIGINT, from a person at a terminal, the same without the drain. A second
 * signal ends it at once: what is stored says where to go on.
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
    log.error('ended before all that was in flight was finished');
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
    log.error({ err: error }, 'could not stop in good order');
    return 1;
  }
}
