/** Loads that nobody waits for. */
export type Background = {
  /** `work` must not reject. */
  run(work: () => Promise<void>): void;
  /** Waits until all of them have ended, also those that began meanwhile. */
  settle(): Promise<void>;
};

export function buildBackground(): Background {
  const running = new Set<Promise<void>>();
  return {
    run(work) {
      const promise: Promise<void> = work().finally(() => running.delete(promise));
      running.add(promise);
    },
    async settle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
