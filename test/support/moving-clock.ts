import type { Clock } from '#server/clock.ts';

export type MovingClock = Clock & { advanceSeconds(seconds: number): void };

/** Runs with the real clock until it is moved; who sleeps on it wakes when it is moved beyond the time to wake. */
export function buildMovingClock(): MovingClock {
  let offsetMs = 0;
  const nowMs = () => Date.now() + offsetMs;
  /** Each sets its alarm anew. */
  const sleepers = new Set<() => void>();
  return {
    now: () => new Date(nowMs()),
    sleep: (ms, signal) => sleepUntil({ dueMs: nowMs() + ms, nowMs, sleepers, signal }),
    advanceSeconds: (seconds) => {
      offsetMs += seconds * 1000;
      for (const setAlarm of [...sleepers]) setAlarm();
    },
  };
}

type Sleep = { dueMs: number; nowMs: () => number; sleepers: Set<() => void>; signal?: AbortSignal };

function sleepUntil({ dueMs, nowMs, sleepers, signal }: Sleep): Promise<void> {
  return new Promise((resolve, reject) => {
    let alarm: NodeJS.Timeout | undefined;
    const end = (finish: () => void) => () => {
      clearTimeout(alarm);
      sleepers.delete(setAlarm);
      signal?.removeEventListener('abort', abort);
      finish();
    };
    const wake = end(resolve);
    const abort = end(() => reject(signal?.reason));
    const setAlarm = () => {
      clearTimeout(alarm);
      // Real time: the clock runs with it until it is moved.
      alarm = setTimeout(wake, Math.max(0, dueMs - nowMs()));
    };
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort);
    sleepers.add(setAlarm);
    setAlarm();
  });
}
