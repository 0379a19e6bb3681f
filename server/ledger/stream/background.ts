/** Loads that no request waits for. */
export type Background = {
  /** `work` must not reject. Its calls to Xero end when `signal` aborts. */
  run(work: () => Promise<void>): void;
  signal: AbortSignal;
  /** Aborts calls to Xero that are still running, so that a stopping process need not wait up to a minute. */
  stop(): Promise<void>;
  /** Waits until all loads have ended, including those that started meanwhile. */
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
