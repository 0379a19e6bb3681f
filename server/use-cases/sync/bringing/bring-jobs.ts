import type { Deps } from '#server/deps.ts';
import type { Job } from '#server/schedule.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import { readRules } from '../settings/read-rules.ts';
import { findBillRule } from './bill-rule.ts';
import { billResource } from './read-bills.ts';

type BringDeps = Pick<Deps, 'store' | 'clock' | 'jobs'>;

/** More than this at once would hold up the sweep; the next one finds the others. */
const placesPerSweep = 1_000;
/** Our own sendings cause webhooks too. */
const webhookEveryMs = 60_000;

/** Wakes every place whose reader is due. It makes up for wake-ups that were lost. */
export function buildReadersSweep({ store, clock, jobs }: BringDeps): Job {
  return {
    name: 'sweep readers',
    everyMs: 60_000,
    isDueAtStart: true,
    work: async () => {
      const due = await store.readers.listDue(clock.now().toISOString(), placesPerSweep);
      for (const place of due) jobs.wake(place);
    },
  };
}

/** Xero told of documents that changed. Bills that come automatically are read at once, but not more than once a minute. */
export async function wakeReaders({ store, clock, jobs }: BringDeps, where: SyncPlace): Promise<void> {
  const rule = findBillRule(await readRules(store, where));
  if (rule?.when !== 'automatic') return;
  const now = clock.now();
  const at = await store.readers.wake(where, billResource, { at: now.toISOString(), everyMs: webhookEveryMs });
  if (at !== null) jobs.wake(where, { afterMs: Math.max(Date.parse(at) - now.getTime(), 0) });
}

/** When a reader of the organisation is due; null when none is, or while Xero is not connected with it. */
export async function findNextReading({ store }: Pick<Deps, 'store'>, where: SyncPlace): Promise<string | null> {
  const readers = await store.readers.list(where);
  if (readers.length === 0 || !(await isReadable(store, where))) return null;
  return readers.flatMap(({ nextAt }) => nextAt ?? []).toSorted()[0] ?? null;
}

/** Until it is connected again, what is due stays due. */
export async function isReadable(
  { connections }: Pick<Deps['store'], 'connections'>,
  where: SyncPlace,
): Promise<boolean> {
  const connection = await connections.find(where.workspaceId);
  return connection?.status === 'running' && connection.organisationId === where.organisationId;
}
