import type { Clock } from './clock.ts';

type Repeated = {
  clock: Pick<Clock, 'sleep'>;
  everyMs: number;
  /** Also run it at once. */
  isDueAtStart?: boolean;
  /** The signal aborts when it is time to stop. */
  work: (signal: AbortSignal) => Promise<unknown>;
  onError: (error: unknown) => void;
};

/**
 * Runs `work` every `everyMs`, never twice at the same time. Returns a function that stops it and waits for running
 * work.
 */
export function repeat({ clock, everyMs, isDueAtStart = false, work, onError }: Repeated): () => Promise<void> {
  const ending = new AbortController();
  const run = async () => {
    if (isDueAtStart) await work(ending.signal).catch(onError);
    while (await hasSlept(clock, everyMs, ending.signal)) await work(ending.signal).catch(onError);
  };
  const running = run();
  return async () => {
    ending.abort();
    await running;
  };
}

async function hasSlept(clock: Pick<Clock, 'sleep'>, ms: number, signal: AbortSignal): Promise<boolean> {
  await clock.sleep(ms, signal).catch(() => undefined);
  return !signal.aborted;
}
