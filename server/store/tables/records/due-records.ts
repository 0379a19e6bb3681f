import { type Kysely, PostgresAdapter, type Selectable, sql, type UpdateObject } from 'kysely';
import { nextTurn } from '#server/next-turn.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import { chunksOf } from '../../in-chunks.ts';
import { inTransaction } from '../../in-transaction.ts';
import type { RecordTable, Schema } from '../../schema.ts';
import type { Instant, Lease } from '../../store.ts';
import { isLeaseFree } from '../lease.ts';
import { holdRecords } from './hold-records.ts';
import { groupByKind, inWorkspace, toRecord } from './record-row.ts';
import type { DueStore, RecordName, RecordRow } from './record-store.ts';

/** This many changes take about 10 ms on SQLite, during which no other request runs. */
const wokenPerTransaction = 500;

export function buildDueRecords(db: Kysely<Schema>): DueStore {
  return {
    takeDue: (where, of) =>
      inTransaction(db, async (transaction) => {
        await holdRecords(transaction, where.workspaceId);
        return takeDue(transaction, where, of);
      }),
    renewLeases: async (owner, until) => {
      const query = db.updateTable('records').set({ lease_until: until }).where('lease_owner', '=', owner);
      return Number((await query.executeTakeFirst()).numUpdatedRows);
    },
    releaseLeases: async (owner) => {
      const free = { lease_owner: null, lease_until: null };
      await db.updateTable('records').set(free).where('lease_owner', '=', owner).execute();
    },
    wake: (where, blockedOn, at) => wake(db, where, { blockedOn, at }),
    listDue: async (now, limit) => {
      const rows = await selectDuePlaces(db, now).limit(limit).execute();
      return rows.map((row) => ({ workspaceId: row.workspace_id, organisationId: row.organisation_id ?? '' }));
    },
    nextDue: async (where, kind) => {
      const pending = inWorkspace(db.selectFrom('records').select('next_try_at'), where);
      const query = kind === undefined ? pending.where(ofAllKinds) : pending.where('kind', '=', kind);
      const next = query.where('next_try_at', 'is not', null).orderBy('next_try_at').limit(1);
      return (await next.executeTakeFirst())?.next_try_at ?? null;
    },
  };
}

/** Always true. The index over all kinds is only used where a query says this. */
const ofAllKinds = sql<boolean>`records.tries >= 0`;

type Taking = Parameters<DueStore['takeDue']>[1];

async function takeDue(db: Kysely<Schema>, where: SyncPlace, taking: Taking): Promise<RecordRow[]> {
  const { kinds, lease, limit } = taking;
  const [first, ...others] = [...new Set(kinds)].map((kind) =>
    db.selectFrom(selectDue(db, where, { kind, lease, limit }).as('due')).selectAll(),
  );
  if (!first) return [];
  // Each kind is read in the order of its own index. A single query over several kinds would sort the whole backlog.
  const due = others.reduce((all, other) => all.unionAll(other), first);
  const ordered = due.orderBy('next_try_at').orderBy('kind').orderBy('record_key').limit(limit);
  const rows = await readInOrder(db, () => ordered.execute());
  await leaseAll(db, rows, lease);
  return rows.map(toRecord);
}

/**
 * Use after the workspace is held, so that the rows are still there. An insertion that meets them finds each by the
 * primary key. An update with a list of keys would be planned by Postgres's statistics, which may be of another time.
 */
async function leaseAll(db: Kysely<Schema>, rows: readonly Selectable<RecordTable>[], lease: Lease): Promise<void> {
  if (rows.length === 0) return;
  const leased = { lease_owner: lease.owner, lease_until: lease.until };
  await db
    .insertInto('records')
    .values(rows.map((row) => ({ ...row, ...leased })))
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'organisation_id', 'kind', 'record_key']).doUpdateSet(leased),
    )
    .execute();
}

/**
 * Postgres trusts its statistics, which know nothing of a backlog that has just arrived. It then reads all of it by any
 * index and sorts it. Without sorting, only the index in the wanted order is left. Use within a transaction.
 */
async function readInOrder<Rows>(db: Kysely<Schema>, read: () => Promise<Rows>): Promise<Rows> {
  if (!(db.getExecutor().adapter instanceof PostgresAdapter)) return read();
  await sql`select set_config('enable_sort', 'off', true)`.execute(db);
  const rows = await read();
  await sql`select set_config('enable_sort', 'on', true)`.execute(db);
  return rows;
}

function selectDue(
  db: Kysely<Schema>,
  where: SyncPlace,
  { kind, lease, limit }: { kind: string; lease: Lease; limit: number },
) {
  return inWorkspace(db.selectFrom('records').selectAll(), where)
    .where('kind', '=', kind)
    .where('next_try_at', '<=', lease.now)
    .where(({ eb, or }) => or([isLeaseFree(lease), eb('lease_owner', '=', lease.owner)]))
    .orderBy('next_try_at')
    .limit(limit);
}

/** Use after the workspace is held, so that the records are still those that were read. */
async function updateMany(
  db: Kysely<Schema>,
  many: { where: SyncPlace; names: readonly RecordName[]; change: UpdateObject<Schema, 'records'> },
): Promise<void> {
  for (const { kind, keys } of groupByKind(many.names)) {
    await db
      .updateTable('records')
      .set(many.change)
      .where('workspace_id', '=', many.where.workspaceId)
      .where('organisation_id', '=', many.where.organisationId)
      .where('kind', '=', kind)
      .where('record_key', 'in', keys)
      .execute();
  }
}

type Waking = { blockedOn: readonly string[]; at: Instant };

async function wake(db: Kysely<Schema>, where: SyncPlace, { blockedOn, at }: Waking): Promise<number> {
  let woken = 0;
  for (const chunk of chunksOf([...new Set(blockedOn)], wokenPerTransaction)) {
    for (const isWithoutTime of [true, false]) {
      let count: number;
      do {
        count = await inTransaction(db, async (transaction) => {
          await holdRecords(transaction, where.workspaceId);
          return wakeSome(transaction, where, { blockedOn: chunk, at, isWithoutTime });
        });
        woken += count;
        await nextTurn();
      } while (count === wokenPerTransaction);
    }
  }
  return woken;
}

/** The two cases of `isWithoutTime` are two ranges of one index. Together they would be none. */
async function wakeSome(
  db: Kysely<Schema>,
  where: SyncPlace,
  { blockedOn, at, isWithoutTime }: Waking & { isWithoutTime: boolean },
): Promise<number> {
  const held = inWorkspace(db.selectFrom('records').select(['kind', 'record_key as key']), where)
    .where('blocked_on', 'in', blockedOn)
    .where((eb) => (isWithoutTime ? eb('next_try_at', 'is', null) : eb('next_try_at', '>', at)));
  const names = await held.limit(wokenPerTransaction).execute();
  await updateMany(db, { where, names, change: { next_try_at: at } });
  return names.length;
}

/** Looks at one record of each connected organisation. */
function selectDuePlaces(db: Kysely<Schema>, now: Instant) {
  const places = db
    .selectFrom('connections')
    .where('organisation_id', 'is not', null)
    .select(['workspace_id', 'organisation_id'])
    .select(sql<number>`case when status = 'running' then 0 else 1 end`.as('rank'))
    .select((eb) =>
      eb
        .selectFrom('records')
        .whereRef('records.workspace_id', '=', 'connections.workspace_id')
        .whereRef('records.organisation_id', '=', 'connections.organisation_id')
        .where('records.next_try_at', 'is not', null)
        .where(ofAllKinds)
        .select('records.next_try_at')
        .orderBy('records.next_try_at')
        .limit(1)
        .as('next'),
    );
  return db
    .selectFrom(places.as('places'))
    .select(['workspace_id', 'organisation_id'])
    .where('next', '<=', now)
    .orderBy('rank')
    .orderBy('next')
    .orderBy('workspace_id');
}
