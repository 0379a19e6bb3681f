import { randomUUID } from 'node:crypto';
import type { Deps } from '#server/deps.ts';
import { repeat } from '#server/repeat.ts';
import type { Lease, WriteRow } from '#server/store/store.ts';
import type { Acting } from '#server/use-cases/acting/acting.ts';

/** How long a dead process blocks a write. A running process renews its lease. */
export const leaseMs = 10_000;
/** How often a lease of another process is looked at again. */
export const pollMs = 500;

/** A write, and the owner name of its lease. */
export type HeldWrite = { write: WriteRow; owner: string };

/**
 * Works on an unfinished write while no other process does. Waits for a valid lease to end, because its holder may have
 * died. Returns undefined when the write was closed or another process still holds it.
 */
export async function underLease<T>(
  { deps, caller }: Pick<Acting, 'deps' | 'caller'>,
  id: string,
  work: (held: HeldWrite) => Promise<T>,
): Promise<T | undefined> {
  const owner = newOwner(deps);
  const write = await takeLease(deps, { workspaceId: caller.workspaceId, id }, owner);
  if (!write) return undefined;
  const stopRenewing = repeat({
    clock: deps.clock,
    everyMs: leaseMs / 3,
    work: () => deps.store.writes.renewLease(id, owner, toLease(deps, owner).until),
    // After losing the lease, nothing more is sent: it is checked again before each sending.
    onError: (error) => deps.log.warn({ err: error }, 'the lease of a write could not be renewed'),
  });
  try {
    return await work({ write, owner });
  } finally {
    await stopRenewing();
    // The lease expires on its own, and the result of the work matters more.
    await deps.store.writes.releaseLease(id, owner).catch((error: unknown) => {
      deps.log.warn({ err: error }, 'the lease of a write could not be released');
    });
  }
}

async function takeLease(
  deps: Deps,
  { workspaceId, id }: Pick<WriteRow, 'workspaceId' | 'id'>,
  owner: string,
): Promise<WriteRow | undefined> {
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const write = await deps.store.writes.takeLease(id, toLease(deps, owner));
    if (write || waitedMs > leaseMs) return write;
    const known = await deps.store.writes.find(workspaceId, id);
    if (known?.state === 'done' || known?.state === 'refused') return undefined;
    await deps.clock.sleep(pollMs);
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
