import type { Deps } from '#server/deps.ts';
import type { WriteRow } from '#server/store/store.ts';
import type { Acting } from '#server/use-cases/acting/acting.ts';
import { leaseMs, newOwner, pollMs, toLease, whileRenewing } from './leases.ts';

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
  const { writes } = deps.store;
  const renew = (until: string) => writes.renewLease(id, owner, until);
  const release = () => writes.releaseLease(id, owner);
  return whileRenewing(deps, { of: 'a write', owner, renew, release }, () => work({ write, owner }));
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
