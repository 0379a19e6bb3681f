import { randomUUID } from 'node:crypto';
import type { Deps } from '../../deps.ts';
import type { Lease, WriteRow } from '../../store/store.ts';
import type { Writing } from './writing.ts';

/** How long a process that died keeps others from a write; a living one renews it. */
const leaseMs = 10_000;
const pollMs = 500;

/**
 * Works on an unfinished write that nobody else works on, over all processes. A lease that runs is waited for, as its
 * holder may have died. Answers undefined when the write had its end, or is still somebody else's.
 */
export async function underLease<T>(
  { deps }: Pick<Writing, 'deps'>,
  id: string,
  work: (write: WriteRow) => Promise<T>,
): Promise<T | undefined> {
  const owner = randomUUID();
  const write = await takeLease(deps, id, owner);
  if (!write) return undefined;
  const renewal = setInterval(() => {
    const until = toLease(deps, owner).until;
    // Losing it is no harm: both send the same bytes under the same key.
    deps.store.writes.renewLease(id, owner, until).catch((error: unknown) => {
      deps.log.warn({ err: error }, 'the lease of a write could not be renewed');
    });
  }, leaseMs / 3).unref();
  try {
    return await work(write);
  } finally {
    clearInterval(renewal);
    await deps.store.writes.releaseLease(id, owner);
  }
}

async function takeLease(deps: Deps, id: string, owner: string): Promise<WriteRow | undefined> {
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const write = await deps.store.writes.takeLease(id, toLease(deps, owner));
    if (write || waitedMs > leaseMs) return write;
    await deps.clock.sleep(pollMs);
  }
}

/** Without Redis there is one process only (it holds a lock for that), so that a lease it did not take is a dead one's. */
export function toLease({ clock, config }: Pick<Deps, 'clock' | 'config'>, owner: string): Lease {
  const now = clock.now();
  const until = new Date(now.getTime() + leaseMs).toISOString();
  return { owner, now: now.toISOString(), until, isOnlyProcess: config.redisUrl === undefined };
}
