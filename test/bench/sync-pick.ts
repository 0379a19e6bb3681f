import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type StoreOptions } from '#server/store/open-store.ts';
import type { Store } from '#server/store/store.ts';
import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import { startPostgres } from '#test/support/programs/postgres.ts';
import type { Figure } from './figure.ts';
import { medianOf, timeEach } from './time-each.ts';

const [few, many] = [1_000, 100_000];
const picked = 50;
const rounds = 25;
const now = Date.UTC(2026, 10, 30, 12);

/** A record is picked from a waiting backlog by an index, so a long backlog costs no more than a short one. */
export async function measurePicking(): Promise<Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ledgerside-bench-'));
  const postgres = await startPostgres();
  try {
    return [
      await measureOn('SQLite', { dataDir, onError: fail }),
      await measureOn('Postgres', { databaseUrl: await postgres.createDatabase(), dataDir, onError: fail }),
    ];
  } finally {
    await postgres.remove();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measureOn(name: string, options: StoreOptions): Promise<Figure> {
  const store = await openStore(options);
  try {
    const [short, long] = [await fillBacklog(store, few), await fillBacklog(store, many)];
    const times: Record<'short' | 'long', number[]> = { short: [], long: [] };
    // Alternating, as other work on the machine must not count for one of them.
    for (let round = 0; round < rounds; round += 1) {
      times.short.push(await timePick(store, short));
      times.long.push(await timePick(store, long));
    }
    const [shortMs, longMs] = [medianOf(times.short), medianOf(times.long)];
    return {
      name: `picking ${picked} records of a backlog of ${many}, ${name}`,
      measured: `${longMs.toFixed(1)} ms`,
      reference: `of ${few}: ${shortMs.toFixed(1)} ms (ratio ${(longMs / shortMs).toFixed(2)})`,
    };
  } finally {
    await store.close();
  }
}

type Place = { workspaceId: string; organisationId: string };

/** Half of the backlog is due. */
export async function fillBacklog({ records }: Store, size: number): Promise<Place> {
  const where = { workspaceId: `backlog-${size}`, organisationId: 'org' };
  for (let start = 0; start < size; start += 500) {
    await records.save(...Array.from({ length: 500 }, (_, index) => toRow(where, start + index)));
  }
  return where;
}

async function timePick({ records }: Store, where: Place): Promise<number> {
  const lease = { owner: 'worker', now: toInstant(0), until: toInstant(5), onlyProcess: null };
  const kinds = ['customers', 'expenses', 'payments'];
  const [ms = Number.NaN] = await timeEach(1, () => records.takeDue(where, { kinds, limit: picked, lease }));
  await records.releaseLeases(lease.owner);
  return ms;
}

function toRow(where: Place, index: number): RecordRow {
  const key = `exp-${index}`;
  return {
    ...{ ...where, kind: 'expenses', key, crmId: key, xeroId: null, origin: 'crm', wanted: 'present' },
    ...{ wantedVersion: 1, sentVersion: null, state: 'waiting', code: 'queued', stateSince: toInstant(-60), tries: 0 },
    nextTryAt: toInstant(index % 2 ? -30 : 30),
    ...{ title: 'Fuel', date: '2026-11-28', amount: '86.40', currency: 'AUD', searched: `${key} fuel`, details: '{}' },
    ...{ memory: '{}', blockedOn: null, runId: null },
  };
}

function toInstant(minutes: number): string {
  return new Date(now + minutes * 60_000).toISOString();
}

function fail(error: unknown): never {
  throw error;
}
