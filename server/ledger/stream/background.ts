/** Loads that nobody waits for. */
export type Background = {
  /** `work` must not reject; what it asks of Xero ends with `signal`. */
  run(work: () => Promise<void>): void;
  signal: AbortSignal;
  /** Ends what still waits for Xero: a process that stops must not wait for a minute's limit to pass. */
  stop(): Promise<void>;
  /** Waits until all of them have ended, also those that began meanwhile. */
  untilIdle(): Promise<void>;
};

export function buildBackground(): Background {
  const running = new Set<Promise<void>>();
  const ending = new AbortController();
  const untilIdle = async () => {
    while (running.size > 0) await Promise.all(running);
  };
  return {
    untilIdle,
    signal: ending.signal,
    stop() {
      ending.abort();
      return untilIdle();
    },
    run(work) {
      const promise: Promise<void> = work().finally(() => running.delete(promise));
      running.add(promise);
    },
  };
}
