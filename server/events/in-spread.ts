import type { Clock } from '#server/clock.ts';

type Spread = { clock: Pick<Clock, 'sleep'>; waitMs: () => number; signal: AbortSignal };

/** Runs `act` after a delay, or at once when `waitMs` returns 0. Calls during the delay share that one run. */
export function inSpread(act: () => void, { clock, waitMs, signal }: Spread): () => void {
  let isWaiting = false;
  const actLater = async (ms: number): Promise<void> => {
    isWaiting = true;
    await clock.sleep(ms, signal).catch(() => undefined);
    isWaiting = false;
    if (!signal.aborted) act();
  };
  return () => {
    if (isWaiting) return;
    const ms = waitMs();
    if (ms === 0) act();
    else void actLater(ms);
  };
}
