import type { Clock } from '#server/clock.ts';
import type { Config } from '#server/config.ts';
import { AppError } from '#shared/app-error.ts';

/** Allows what this many offices may open, each behind one address. The busiest CRM shares the server with others. */
const addressesPerWorkspace = 20;
/**
 * A larger token counts as several opens, one per part of this size, because its claims are kept as long as its
 * session.
 */
const bytesPerOpen = 16 * 1024;
const windowMs = 60_000;

export type OpenBudget = {
  /** Counts one open with a valid token of this workspace. Rejects with too_many_requests. */
  take(workspaceId: string, tokenBytes: number): void;
};

/**
 * Limits how many sessions a workspace may start per minute in each process, so that no workspace fills the memory of
 * the others.
 */
export function buildOpenBudget({
  clock,
  inbound: { opensPerAddress },
}: {
  clock: Pick<Clock, 'now'>;
  inbound: Config['inbound'];
}): OpenBudget {
  const most = opensPerAddress * addressesPerWorkspace;
  const taken = new Map<string, number>();
  let current = 0;
  return {
    take(workspaceId, tokenBytes) {
      const nowMs = clock.now().getTime();
      const window = Math.floor(nowMs / windowMs);
      if (window !== current) taken.clear();
      current = window;
      const before = taken.get(workspaceId) ?? 0;
      const cost = Math.ceil(tokenBytes / bytesPerOpen);
      // A token that costs more than the whole budget is accepted when it is the first of its minute.
      if (before > 0 && before + cost > most) {
        throw new AppError('too_many_requests', {
          retryAfterSeconds: Math.ceil((windowMs - (nowMs % windowMs)) / 1000),
        });
      }
      taken.set(workspaceId, before + cost);
    },
  };
}
