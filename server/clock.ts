import { setTimeout as sleep } from 'node:timers/promises';

/** The only source of time; tests pass one they can move. */
export interface Clock {
  now(): Date;
  /** Ends when so many milliseconds have passed on this clock; rejects with the signal's reason when that ends it. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
};
