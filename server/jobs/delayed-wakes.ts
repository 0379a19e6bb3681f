import type { Clock } from '#server/clock.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import { toPlaceKey } from './jobs.ts';

/** Delayed wake-ups of this process, at most one for each place. */
export type DelayedWakes = {
  /** Wakes the place after `afterMs`. An earlier wake-up replaces a later one; a later one changes nothing. */
  add(place: SyncPlace, afterMs: number): void;
  /** Drops the place's wake-up, because one without a delay has replaced it. */
  drop(place: SyncPlace): void;
  stop(): void;
};

/** A wake-up that comes early only reads the due rows once more. Node's timers end after 24 days. */
const mostMs = 24 * 3600 * 1000;

/**
 * Delays are measured by the steady clock, so that a time of day that jumps neither loses nor delays a wake-up. The
 * wake-ups of a process that dies are lost: the due time stands in the rows, and the sweep finds it.
 */
export function buildDelayedWakes(
  clock: Pick<Clock, 'steadyMs' | 'sleep'>,
  wake: (place: SyncPlace) => void,
): DelayedWakes {
  const pending = new Map<string, { dueMs: number; ending: AbortController }>();

  const drop = (place: SyncPlace): void => {
    const key = toPlaceKey(place);
    pending.get(key)?.ending.abort();
    pending.delete(key);
  };
  return {
    add: (place, wantedMs) => {
      const afterMs = Math.min(wantedMs, mostMs);
      const dueMs = clock.steadyMs() + afterMs;
      const known = pending.get(toPlaceKey(place));
      if (known && known.dueMs <= dueMs) return;
      drop(place);
      const ending = new AbortController();
      pending.set(toPlaceKey(place), { dueMs, ending });
      const fire = () => {
        if (ending.signal.aborted) return;
        pending.delete(toPlaceKey(place));
        wake(place);
      };
      clock.sleep(afterMs, ending.signal).then(fire, () => undefined);
    },
    drop,
    stop: () => {
      for (const { ending } of pending.values()) ending.abort();
      pending.clear();
    },
  };
}
