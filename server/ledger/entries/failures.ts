import { LRUCache } from 'lru-cache';
import type { Clock } from '#server/clock.ts';
import type { AppError } from '#shared/app-error.ts';

/** After a failed background load, wait this long before the next one. A person's request does not wait. */
const pauseMs = 30 * 1000;
/**
 * An answer that could not be parsed is likely to be the same next time, so each failure in a row doubles the pause, up
 * to this limit.
 */
const longestPauseMs = 10 * 60 * 1000;

type Known = { failure: AppError; untilMs: number; count: number };

export type Failures = ReturnType<typeof buildFailures>;

/** Remembers, per process, which contacts could not be loaded and how long to wait before trying again. */
export function buildFailures(clock: Pick<Clock, 'steadyMs'>) {
  const known = new LRUCache<string, Known>({ max: 10_000 });
  const keyOf = (organisationId: string, contactId: string) => `${organisationId}:${contactId}`;
  const find = (organisationId: string, contactIds: readonly string[]): AppError | null => {
    const nowMs = clock.steadyMs();
    const found = contactIds.flatMap((id) => known.get(keyOf(organisationId, id)) ?? []);
    return found.find(({ untilMs }) => nowMs < untilMs)?.failure ?? null;
  };
  const note = (organisationId: string, contactIds: readonly string[], failure: AppError): void => {
    for (const id of contactIds) {
      const key = keyOf(organisationId, id);
      const before = known.get(key);
      const count = isUnreadable(failure) && before && isUnreadable(before.failure) ? before.count + 1 : 1;
      known.set(key, { failure, untilMs: clock.steadyMs() + toPauseMs(failure, count), count });
    }
  };
  return {
    note,
    /** For a load that a person waited for. Other failures are not recorded, as they may be over by the next view. */
    noteUnreadable(organisationId: string, contactIds: readonly string[], failure: AppError): void {
      if (isUnreadable(failure)) note(organisationId, contactIds, failure);
    },
    /** Finds a recent answer that could not be parsed. Asking again on every view would only cost calls. */
    findUnreadable(organisationId: string, contactIds: readonly string[]): AppError | null {
      const failure = find(organisationId, contactIds);
      return failure && isUnreadable(failure) ? failure : null;
    },
    forget(organisationId: string, contactIds: readonly string[]): void {
      for (const id of contactIds) known.delete(keyOf(organisationId, id));
    },
    find,
  };
}

function isUnreadable({ code }: AppError): boolean {
  return code === 'xero_invalid_answer';
}

function toPauseMs({ details }: AppError, count: number): number {
  const growingMs = Math.min(longestPauseMs, pauseMs * 2 ** (count - 1));
  return Math.max(growingMs, (details.retryAfterSeconds ?? 0) * 1000);
}
