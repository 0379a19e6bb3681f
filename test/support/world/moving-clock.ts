import type { Clock } from '#server/clock.ts';

export type MovingClock = Clock & {
  /**
   * Lets this much time pass. A negative value sets the time of day back, as by hand or a time service; no time passes
   * then.
   */
  advanceSeconds(seconds: number): void;
};

/** Runs with the real clock until it is moved. A sleeper wakes when the clock passes its wake-up time. */
export function buildMovingClock(): MovingClock {
  let offsetMs = 0;
  let passedMs = 0;
  const steadyMs = () => Math.floor(performance.now()) + passedMs;
  /** Each entry sets its alarm again. */
  const sleepers = new Set<() => void>();
  return {
    now: () => new Date(Date.now() + offsetMs),
    steadyMs,
    sleep: (ms, signal) => sleepUntil({ dueMs: steadyMs() + ms, nowMs: steadyMs, sleepers, signal }),
    advanceSeconds: (seconds) => {
      const ms = Math.round(seconds * 1000);
      offsetMs += ms;
      passedMs += Math.max(0, ms);
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
