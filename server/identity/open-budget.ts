import type { Clock } from '#server/clock.ts';
import type { Config } from '#server/config.ts';
import { buildMinuteBudget } from './minute-budget.ts';

/** Allows what this many offices may open, each behind one address. The busiest CRM shares the server with others. */
const addressesPerWorkspace = 20;
/**
 * A larger token counts as several opens, one per part of this size, because its claims are kept as long as its
 * session.
 */
const bytesPerOpen = 16 * 1024;

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
  const budget = buildMinuteBudget({ clock, most: opensPerAddress * addressesPerWorkspace });
  return { take: (workspaceId, tokenBytes) => budget.take(workspaceId, Math.ceil(tokenBytes / bytesPerOpen)) };
}
