import type { Clock } from '#server/clock.ts';

export type MovingClock = Clock & { advanceSeconds(seconds: number): void };

/** Runs with the real clock until it is moved; nothing has to sleep. */
export function buildMovingClock(): MovingClock {
  let offsetMs = 0;
  return {
    now: () => new Date(Date.now() + offsetMs),
    advanceSeconds: (seconds) => {
      offsetMs += seconds * 1000;
    },
  };
}
