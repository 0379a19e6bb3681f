import type { Clock } from '#server/clock.ts';

/** Named sleeps, each of which can be woken. */
export type Sleeper = {
  /** Sleeps until an instant of our clock, until woken, or until everything ends. */
  sleepUntil(name: string, dueMs: number): Promise<void>;
  wake(name: string): void;
  /** Marks the named run as having work to do. */
  rouse(name: string): void;
  leave(name: string): void;
  /** Waits until every run has done its work and sleeps. */
  untilIdle(): Promise<void>;
};

/** `dueMs` is by the steady clock. */
type Run = { isWoken: boolean; dueMs: number | null; alarm: AbortController };

export function buildSleeper(clock: Clock, ending: AbortSignal): Sleeper {
  const runs = new Map<string, Run>();
  const waiting = new Set<() => void>();
  const tell = () => {
    for (const hear of [...waiting]) hear();
    waiting.clear();
  };
  const isBusy = ({ isWoken, dueMs }: Run) => isWoken || dueMs === null || dueMs <= clock.steadyMs();
  const awake = (): Run => ({ isWoken: false, dueMs: null, alarm: new AbortController() });

  return {
    async sleepUntil(name, dueMs) {
      const isWoken = runs.get(name)?.isWoken ?? false;
      const sleepMs = Math.max(0, dueMs - clock.now().getTime());
      const run: Run = { ...awake(), dueMs: clock.steadyMs() + sleepMs };
      // Woken while it was working, so it checks again at once.
      runs.set(name, isWoken ? awake() : run);
      if (isWoken || ending.aborted) return;
      tell();
      const signal = AbortSignal.any([run.alarm.signal, ending]);
      await clock.sleep(sleepMs, signal).catch(() => undefined);
      runs.set(name, awake());
    },
    wake(name) {
      const run = runs.get(name);
      if (!run) return;
      run.isWoken = true;
      run.alarm.abort();
    },
    rouse: (name) => {
      runs.set(name, awake());
    },
    leave: (name) => {
      runs.delete(name);
      tell();
    },
    async untilIdle() {
      while (!ending.aborted && [...runs.values()].some(isBusy)) {
        await new Promise<void>((resolve) => waiting.add(resolve));
      }
    },
  };
}
