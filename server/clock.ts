import { setTimeout as sleep } from 'node:timers/promises';

/** The only source of time; tests pass one they can move. */
export interface Clock {
  /** The time of day, which somebody may set back or forward while the process runs. */
  now(): Date;
  /**
   * Whole milliseconds since some moment, for how long something takes within this process: it never goes back, whatever is
   * done to the time of day.
   */
  steadyMs(): number;
  /** Ends when so many milliseconds have passed, by the steady time; rejects with the signal's reason when that ends it. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  steadyMs: () => Math.floor(performance.now()),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
};
