import { randomUUID } from 'node:crypto';
import type { Deps } from '#server/deps.ts';
import { repeat } from '#server/repeat.ts';
import type { Lease } from '#server/store/store.ts';

/** How long a dead process blocks what it works on. A running process renews its leases. */
export const leaseMs = 10_000;
/** How often a lease of another process is looked at again. */
export const pollMs = 500;

/** Leases that a process holds. `of`: what they are of, for the log. */
type HeldLeases = {
  of: 'a write' | 'writes' | 'records' | 'readers';
  owner: string;
  renew(until: string): Promise<unknown>;
  release(): Promise<unknown>;
};

/** Renews the leases during the work, and releases them afterwards. */
export async function whileRenewing<T>(
  deps: Pick<Deps, 'clock' | 'config' | 'processId' | 'log'>,
  { of, owner, renew, release }: HeldLeases,
  work: () => Promise<T>,
): Promise<T> {
  const stopRenewing = repeat({
    clock: deps.clock,
    everyMs: leaseMs / 3,
    work: () => renew(toLease(deps, owner).until),
    // After losing a lease, nothing more is sent: it is checked again before each sending.
    onError: (error) => deps.log.warn({ err: error, of }, 'leases could not be renewed'),
  });
  try {
    return await work();
  } finally {
    await stopRenewing();
    // The leases expire on their own, and the result of the work matters more.
    await release().catch((error: unknown) => deps.log.warn({ err: error, of }, 'leases could not be released'));
  }
}

/** Begins with the process's name, so that a lease tells which process it belongs to. */
export function newOwner({ processId }: Pick<Deps, 'processId'>): string {
  return `${processId}/${randomUUID()}`;
}

/**
 * Without Redis there is only one process (a lock ensures that), so any other process's lease belongs to a dead one.
 */
export function toLease(
  { clock, config, processId }: Pick<Deps, 'clock' | 'config' | 'processId'>,
  owner: string,
): Lease {
  const now = clock.now();
  const until = new Date(now.getTime() + leaseMs).toISOString();
  return { owner, now: now.toISOString(), until, onlyProcess: config.redisUrl === undefined ? `${processId}/` : null };
}
