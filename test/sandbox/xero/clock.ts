/** Xero's clock. It runs like ours and can be set from outside. */
export type XeroClock = {
  /** Milliseconds since the epoch. */
  now(): number;
  set(now: number): void;
  advance(seconds: number): void;
};

export function createClock(): XeroClock {
  let offsetMs = 0;
  return {
    now: () => Date.now() + offsetMs,
    set: (now) => {
      offsetMs = now - Date.now();
    },
    advance: (seconds) => {
      offsetMs += seconds * 1000;
    },
  };
}
