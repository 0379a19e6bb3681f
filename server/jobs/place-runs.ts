import { nextTurn } from '#server/next-turn.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import { toPlaceKey } from './jobs.ts';

/** Xero limits the calls of each organisation, so that places seldom hinder each other. */
export const placesAtOnce = 8;

/** The runs of this process. */
export type PlaceRuns = {
  /**
   * Runs the place: at once, or when fewer places are running, or after the run in progress. Resolves when that run has
   * ended, also if it failed or the process stops. `signal` aborts it.
   */
  run(place: SyncPlace, signal?: AbortSignal): Promise<void>;
  /** Aborts running work and waits for it. What has not begun is dropped. */
  stop(): Promise<void>;
};

type Turn = { signal: AbortSignal | undefined; ended: Promise<void>; end(): void };
type Entry = { place: SyncPlace; next: Turn | undefined; running: AbortController | undefined };

/**
 * Runs each place never twice at the same time, and at most `atOnce` places. `work` must not reject.
 */
export function buildPlaceRuns(
  work: (place: SyncPlace, signal: AbortSignal) => Promise<void>,
  { atOnce }: { atOnce: number },
): PlaceRuns {
  const entries = new Map<string, Entry>();
  /** Places whose turn has come, oldest first. A running place is not among them. */
  const waiting: Entry[] = [];
  const running = new Set<Promise<void>>();
  let isStopped = false;

  const begin = (): void => {
    while (running.size < atOnce) {
      const entry = waiting.shift();
      if (!entry) return;
      const run: Promise<void> = runEntry(entry).then(() => {
        running.delete(run);
        begin();
      });
      running.add(run);
    }
  };
  const runEntry = async (entry: Entry): Promise<void> => {
    const running = new AbortController();
    entry.running = running;
    // Who woke it goes on first. Further wake-ups until then are part of this run.
    await nextTurn();
    const turn = entry.next;
    entry.next = undefined;
    if (turn && !isStopped) await runTurn(entry.place, turn, running);
    entry.running = undefined;
    if (entry.next) waiting.push(entry);
    else entries.delete(toPlaceKey(entry.place));
    turn?.end();
  };
  const runTurn = async (place: SyncPlace, { signal }: Turn, controller: AbortController): Promise<void> => {
    const stopFollowing = follow(signal, controller);
    await work(place, controller.signal);
    stopFollowing();
  };

  return {
    run: async (place, signal) => {
      if (isStopped) return;
      const key = toPlaceKey(place);
      const entry = entries.get(key) ?? { place, next: undefined, running: undefined };
      entries.set(key, entry);
      if (!entry.next) {
        entry.next = buildTurn(signal);
        if (!entry.running) waiting.push(entry);
      }
      const { ended } = entry.next;
      begin();
      await ended;
    },
    stop: async () => {
      isStopped = true;
      waiting.length = 0;
      for (const entry of entries.values()) {
        entry.next?.end();
        entry.next = undefined;
        entry.running?.abort();
      }
      await Promise.all(running);
    },
  };
}

function buildTurn(signal: AbortSignal | undefined): Turn {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { signal, ended, end };
}

/** Aborts the controller with the signal. Returns a function that ends this. */
function follow(signal: AbortSignal | undefined, controller: AbortController): () => void {
  const abort = () => controller.abort();
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort);
  return () => signal?.removeEventListener('abort', abort);
}
