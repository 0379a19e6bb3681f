import { setTimeout as sleep } from 'node:timers/promises';

/** The only source of time. Tests pass a clock that they can move. */
export interface Clock {
  /** The time of day, which may be set back or forward while the process runs. */
  now(): Date;
  /**
   * The steady clock: whole milliseconds since some fixed moment, for measuring durations within this process. It never
   * goes back, even if the time of day is changed.
   */
  steadyMs(): number;
  /**
   * Resolves after this many milliseconds by the steady clock. Rejects with the signal's reason if the signal aborts.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  steadyMs: () => Math.floor(performance.now()),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
};
