import type { Job } from '#server/schedule.ts';
import type { SyncPlace } from '#server/sync-place.ts';

/** The work of one place never runs twice at the same time. */
export type Work = {
  /**
   * Does what is due in this place. The signal aborts when the process stops, or when another process has taken over:
   * then nothing more may be begun.
   */
  run(place: SyncPlace, signal: AbortSignal): Promise<void>;
  /** Each runs in one process at a time. */
  intervals: readonly Job[];
};

/**
 * Wakes the work of a place. It carries no data: what is due, and when, stands in the rows of the store. A lost wake-up
 * costs at most the time until the next sweep of due rows. Two implementations share one test suite: in one process,
 * and BullMQ over several.
 */
export interface Jobs {
  /**
   * Runs the place's work soon, or after `afterMs`. Of several wake-ups of one place the earliest counts. A wake-up
   * during a run makes it run once more afterwards. Never rejects, and never waits for Redis.
   */
  wake(place: SyncPlace, how?: { afterMs?: number }): void;
  /** Begins to work. Earlier wake-ups are kept until then. In a process that does not work, it does nothing. */
  start(work: Work): void;
  /** Begins nothing more, aborts the signals, and waits for running work. */
  stop(): Promise<void>;
}

export type JobEnd = {
  /** `place`, or the name of an interval. */
  job: string;
  isFailed: boolean;
  durationMs: number;
};

export function toPlaceKey({ workspaceId, organisationId }: SyncPlace): string {
  return `${workspaceId}:${organisationId}`;
}
