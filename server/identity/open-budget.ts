import type { Clock } from '#server/clock.ts';
import type { Config } from '#server/config.ts';
import { AppError } from '#shared/app-error.ts';

/** As many as one address may open, times so many offices; the busiest CRM is one neighbour of several. */
const addressesPerWorkspace = 20;
/** A token beyond this counts once more for each such part: what it brings is kept for as long as its session. */
const bytesPerOpen = 16 * 1024;
const windowMs = 60_000;

export type OpenBudget = {
  /** Counts one open of a workspace whose token was found good; rejects with too_many_requests. */
  take(workspaceId: string, tokenBytes: number): void;
};

/** How many sessions a workspace may start a minute, in each process: no workspace fills the memory of the others. */
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
      // One that is larger than all of it is let in alone.
      if (before > 0 && before + cost > most) {
        throw new AppError('too_many_requests', {
          retryAfterSeconds: Math.ceil((windowMs - (nowMs % windowMs)) / 1000),
        });
      }
      taken.set(workspaceId, before + cost);
    },
  };
}
