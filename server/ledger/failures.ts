import { LRUCache } from 'lru-cache';
import type { Clock } from '#server/clock.ts';
import type { AppError } from '#shared/app-error.ts';

/** After a failed load behind somebody's back, nothing is tried again for this long unless a person asks. */
const pauseMs = 30 * 1000;

export type Failures = ReturnType<typeof buildFailures>;

/** Remembers, per process, which contacts could not be loaded in the background and for how long to leave them be. */
export function buildFailures(clock: Pick<Clock, 'steadyMs'>) {
  const known = new LRUCache<string, { failure: AppError; untilMs: number }>({ max: 10_000 });
  const keyOf = (organisationId: string, contactId: string) => `${organisationId}:${contactId}`;
  return {
    note(organisationId: string, contactIds: readonly string[], failure: AppError): void {
      const untilMs = clock.steadyMs() + Math.max(pauseMs, (failure.details.retryAfterSeconds ?? 0) * 1000);
      for (const id of contactIds) known.set(keyOf(organisationId, id), { failure, untilMs });
    },
    forget(organisationId: string, contactIds: readonly string[]): void {
      for (const id of contactIds) known.delete(keyOf(organisationId, id));
    },
    find(organisationId: string, contactIds: readonly string[]): AppError | null {
      const nowMs = clock.steadyMs();
      const found = contactIds.flatMap((id) => known.get(keyOf(organisationId, id)) ?? []);
      return found.find(({ untilMs }) => nowMs < untilMs)?.failure ?? null;
    },
  };
}
