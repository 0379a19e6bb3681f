import type { CallWriteRow } from '#server/store/tables/writes/many-write-store.ts';
import type { Acting } from '#server/use-cases/acting/acting.ts';
import { leaseMs, newOwner, pollMs, toLease, whileRenewing } from '../leases.ts';

/** Open writes, and the owner name of their leases. */
type HeldWrites = { writes: readonly CallWriteRow[]; owner: string };

/**
 * Works on unfinished writes while no other process does. Those that are free come first. The others are waited for
 * while nothing is held, so that two processes never wait for each other. `along`: taken if they are free, and not
 * waited for. Returns when all are dealt with or closed, or another process still holds the rest.
 */
export async function underLeases(
  { deps, caller }: Pick<Acting, 'deps' | 'caller'>,
  { ids, along = [] }: { ids: readonly string[]; along?: readonly string[] },
  work: (held: HeldWrites) => Promise<void>,
): Promise<void> {
  const waiting = new Set(ids);
  const further = new Set(along);
  for (let waitedMs = 0; waiting.size > 0 && waitedMs <= leaseMs; waitedMs += pollMs) {
    if (waitedMs > 0) await deps.clock.sleep(pollMs);
    const owner = newOwner(deps);
    const writes = await deps.store.writes.takeLeases([...waiting, ...further], toLease(deps, owner));
    const taken = writes.map(({ id }) => id);
    const renew = (until: string) => deps.store.writes.renewLeases(taken, owner, until);
    const release = () => deps.store.writes.releaseLeases(taken, owner);
    if (taken.length > 0) {
      await whileRenewing(deps, { of: 'writes', owner, renew, release }, () => work({ writes, owner }));
    }
    for (const id of taken) [waiting, further].map((left) => left.delete(id));
    if (waiting.size === 0) return;
    const stored = await deps.store.writes.findMany(caller.workspaceId, [...waiting]);
    for (const { id, state } of stored) if (state === 'done' || state === 'refused') waiting.delete(id);
  }
}
