import { randomUUID } from 'node:crypto';
import type { Job } from '#server/schedule.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import type { OpenJobs } from './backends.ts';

export function newPlace(): SyncPlace {
  return { workspaceId: 'fieldnote', organisationId: randomUUID() };
}

/** Runs that a test holds and ends, and what it saw of them. */
export type Runs = {
  run(place: SyncPlace, signal: AbortSignal): Promise<void>;
  /** How often runs of the place have begun. */
  countOf(place: SyncPlace): number;
  /** The most runs of one place at the same time. */
  mostAtOnce(): number;
  /** The next run of this place waits until `letGo`, or until its signal aborts. */
  hold(place: SyncPlace): { letGo(): void; signal(): AbortSignal | undefined };
  untilBegun(place: SyncPlace, count: number): Promise<void>;
};

type Held = { letGo(): void; signal(): AbortSignal | undefined; wait(signal: AbortSignal): Promise<void> };

export function buildRuns(): Runs {
  const counts = new Map<string, number>();
  const now = new Map<string, number>();
  const holds = new Map<string, Held>();
  let most = 0;
  const countOf = ({ organisationId }: SyncPlace) => counts.get(organisationId) ?? 0;
  return {
    run: async ({ organisationId }, signal) => {
      counts.set(organisationId, (counts.get(organisationId) ?? 0) + 1);
      now.set(organisationId, (now.get(organisationId) ?? 0) + 1);
      most = Math.max(most, now.get(organisationId) ?? 0);
      const held = holds.get(organisationId);
      holds.delete(organisationId);
      await held?.wait(signal);
      now.set(organisationId, (now.get(organisationId) ?? 0) - 1);
    },
    countOf,
    mostAtOnce: () => most,
    hold: ({ organisationId }) => {
      const held = buildHeld();
      holds.set(organisationId, held);
      return held;
    },
    untilBegun: (place, count) => waitUntil(() => countOf(place) >= count, `run ${count} of the place`),
  };
}

function buildHeld(): Held {
  let seen: AbortSignal | undefined;
  let letGo = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return {
    letGo: () => letGo(),
    signal: () => seen,
    wait: (signal) => {
      seen = signal;
      signal.addEventListener('abort', letGo);
      return released;
    },
  };
}

/** Starts with these runs. Returns a way to wait until everything that was woken before has run. */
export function startRuns(
  { jobs }: Pick<OpenJobs, 'jobs'>,
  intervals: readonly Job[] = [],
): Runs & { untilIdle(): Promise<void> } {
  const runs = buildRuns();
  jobs.start({ run: runs.run, intervals });
  const untilIdle = async () => {
    // Wake-ups run in their order: when the last one has run, the earlier ones have begun.
    const last = newPlace();
    jobs.wake(last);
    await runs.untilBegun(last, 1);
  };
  return { ...runs, untilIdle };
}
