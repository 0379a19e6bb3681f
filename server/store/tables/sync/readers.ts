import type { Kysely, Selectable } from 'kysely';
import type { SyncPlace } from '#server/sync-place.ts';
import { inTransaction } from '../../in-transaction.ts';
import type { Schema } from '../../schema.ts';
import type { Instant, Lease } from '../../store.ts';
import { isLeaseFree } from '../lease.ts';
import type { ReaderChange, ReaderRow, ReaderSaving, ReaderStore } from './reader-store.ts';
import type { ReaderTable } from './sync-tables.ts';

export function buildReaders(db: Kysely<Schema>): ReaderStore {
  return {
    list: async ({ workspaceId, organisationId }) => {
      const rows = await db
        .selectFrom('sync_readers')
        .selectAll()
        .where('workspace_id', '=', workspaceId)
        .where('organisation_id', '=', organisationId)
        .orderBy('resource')
        .execute();
      return rows.map(toReader);
    },
    start: (where, resource, at) => start(db, { where, resource, at }),
    takeLease: (where, resource, taking) => takeLease(db, where, { resource, ...taking }),
    save: (where, resource, saving) => save(db, where, { resource, ...saving }),
    renewLeases: async (owner, until) => {
      const query = db.updateTable('sync_readers').set({ lease_until: until }).where('lease_owner', '=', owner);
      return Number((await query.executeTakeFirst()).numUpdatedRows);
    },
    releaseLeases: async (owner) => {
      const free = { lease_owner: null, lease_until: null };
      await db.updateTable('sync_readers').set(free).where('lease_owner', '=', owner).execute();
    },
    wake: (where, resource, when) =>
      inTransaction(db, (transaction) => wake(transaction, where, { resource, ...when })),
    stop: async (where, resource, nextAt) => {
      await update(db, where, resource).set({ next_at: null }).where('next_at', '=', nextAt).execute();
    },
    listDue: async (now, limit) => {
      const rows = await selectDue(db, now).limit(limit).execute();
      return rows.map((row) => ({ workspaceId: row.workspace_id, organisationId: row.organisation_id }));
    },
  };
}

async function start(
  db: Kysely<Schema>,
  { where, resource, at }: { where: SyncPlace; resource: string; at: Instant },
): Promise<void> {
  await db
    .insertInto('sync_readers')
    .values({
      ...{ workspace_id: where.workspaceId, organisation_id: where.organisationId, resource, next_at: at },
      ...{ cursor_at: null, since: null, read_at: null, tries: 0, set_aside: 0, lease_owner: null, lease_until: null },
    })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'organisation_id', 'resource'])
        .doUpdateSet({ next_at: at })
        .where(({ eb, or }) => or([eb('sync_readers.next_at', 'is', null), eb('sync_readers.next_at', '>', at)])),
    )
    .execute();
}

async function takeLease(
  db: Kysely<Schema>,
  where: SyncPlace,
  { resource, lease, retryAt }: { resource: string; lease: Lease; retryAt: Instant },
): Promise<ReaderRow | undefined> {
  const row = await update(db, where, resource)
    .set({ lease_owner: lease.owner, lease_until: lease.until, next_at: retryAt })
    .where(isLeaseFree(lease))
    .returningAll()
    .executeTakeFirst();
  return row && toReader(row);
}

async function save(
  db: Kysely<Schema>,
  where: SyncPlace,
  { resource, owner, change, next }: ReaderSaving & { resource: string },
): Promise<boolean> {
  const query = update(db, where, resource)
    .set(({ ref }) => ({ resource: ref('resource'), ...toGiven(change) }))
    .where('lease_owner', '=', owner);
  const isOurs = (await query.executeTakeFirst()).numUpdatedRows > 0n;
  if (isOurs && next) {
    await update(db, where, resource).set({ next_at: next.to }).where('next_at', '=', next.from).execute();
  }
  return isOurs;
}

type Waking = { resource: string; at: Instant; everyMs: number };

async function wake(db: Kysely<Schema>, where: SyncPlace, { resource, at, everyMs }: Waking): Promise<Instant | null> {
  // An update first, so that the row is locked and nobody else moves it in between.
  const row = await update(db, where, resource)
    .set(({ ref }) => ({ resource: ref('resource') }))
    .returning(['next_at', 'read_at'])
    .executeTakeFirst();
  if (!row || row.next_at === null) return null;
  const soonest = row.read_at === null ? at : new Date(Date.parse(row.read_at) + everyMs).toISOString();
  // A reading in the future was before the clock was set back.
  const dueAt = soonest > at && row.read_at !== null && row.read_at <= at ? soonest : at;
  if (row.next_at <= dueAt) return row.next_at;
  await update(db, where, resource).set({ next_at: dueAt }).execute();
  return dueAt;
}

/** There are as many rows as organisations that were read. */
function selectDue(db: Kysely<Schema>, now: Instant) {
  return db
    .selectFrom('sync_readers')
    .innerJoin('connections', (join) =>
      join
        .onRef('connections.workspace_id', '=', 'sync_readers.workspace_id')
        .onRef('connections.organisation_id', '=', 'sync_readers.organisation_id'),
    )
    .select(['sync_readers.workspace_id', 'sync_readers.organisation_id'])
    .distinct()
    .where('connections.status', '=', 'running')
    .where('sync_readers.next_at', '<=', now)
    .orderBy('sync_readers.workspace_id')
    .orderBy('sync_readers.organisation_id');
}

function update(db: Kysely<Schema>, { workspaceId, organisationId }: SyncPlace, resource: string) {
  return db
    .updateTable('sync_readers')
    .where('workspace_id', '=', workspaceId)
    .where('organisation_id', '=', organisationId)
    .where('resource', '=', resource);
}

function toGiven({ cursorAt, since, readAt, tries, setAside }: ReaderChange) {
  return {
    ...(cursorAt !== undefined && { cursor_at: cursorAt }),
    ...(since !== undefined && { since }),
    ...(readAt !== undefined && { read_at: readAt }),
    ...(tries !== undefined && { tries }),
    ...(setAside !== undefined && { set_aside: setAside }),
  };
}

function toReader(row: Selectable<ReaderTable>): ReaderRow {
  return {
    ...{ workspaceId: row.workspace_id, organisationId: row.organisation_id, resource: row.resource },
    ...{ cursorAt: row.cursor_at, since: row.since, readAt: row.read_at, nextAt: row.next_at },
    ...{ tries: row.tries, setAside: row.set_aside },
  };
}
