import { repeat } from '#server/repeat.ts';
import type { CallWriteRow } from '#server/store/tables/writes/many-write-store.ts';
import type { Acting } from '#server/use-cases/acting/acting.ts';
import { leaseMs, newOwner, pollMs, toLease } from '../under-lease.ts';

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
    if (writes.length > 0) await whileRenewing(deps, { writes, owner }, work);
    for (const { id } of writes) [waiting, further].map((left) => left.delete(id));
    if (waiting.size === 0) return;
    const stored = await deps.store.writes.findMany(caller.workspaceId, [...waiting]);
    for (const { id, state } of stored) if (state === 'done' || state === 'refused') waiting.delete(id);
  }
}

async function whileRenewing(
  { clock, store, log, config, processId }: Acting['deps'],
  held: HeldWrites,
  work: (held: HeldWrites) => Promise<void>,
): Promise<void> {
  const { owner } = held;
  const ids = held.writes.map(({ id }) => id);
  const stopRenewing = repeat({
    clock,
    everyMs: leaseMs / 3,
    work: () => store.writes.renewLeases(ids, owner, toLease({ clock, config, processId }, owner).until),
    // After losing a lease, nothing more is sent: it is checked again before each sending.
    onError: (error) => log.warn({ err: error }, 'the leases of writes could not be renewed'),
  });
  try {
    await work(held);
  } finally {
    await stopRenewing();
    // The leases expire on their own, and the result of the work matters more.
    await store.writes.releaseLeases(ids, owner).catch((error: unknown) => {
      log.warn({ err: error }, 'the leases of writes could not be released');
    });
  }
}
