import type { Clock } from '#server/clock.ts';
import { AppError } from '#shared/app-error.ts';

const windowMs = 60_000;

export type MinuteBudget = {
  /** Counts something that a workspace does. Rejects with too_many_requests. */
  take(workspaceId: string, cost: number): void;
};

/** Limits what each workspace may do per minute in this process, so that none takes it from the others. */
export function buildMinuteBudget({ clock, most }: { clock: Pick<Clock, 'now'>; most: number }): MinuteBudget {
  const taken = new Map<string, number>();
  let current = 0;
  return {
    take(workspaceId, cost) {
      const nowMs = clock.now().getTime();
      const window = Math.floor(nowMs / windowMs);
      if (window !== current) taken.clear();
      current = window;
      const before = taken.get(workspaceId) ?? 0;
      // What costs more than the whole budget is accepted when it is the first of its minute.
      if (before > 0 && before + cost > most) {
        throw new AppError('too_many_requests', {
          retryAfterSeconds: Math.ceil((windowMs - (nowMs % windowMs)) / 1000),
        });
      }
      taken.set(workspaceId, before + cost);
    },
  };
}
