import type { Kysely } from 'kysely';
import { chunksOf } from '../../in-chunks.ts';
import { inTransaction } from '../../in-transaction.ts';
import type { Schema, WriteTable } from '../../schema.ts';
import { isLeaseFree, releaseLease } from '../lease.ts';
import type { CallWriteRow, ManyWriteStore } from './many-write-store.ts';
import {
  beginWrite,
  closeWrite,
  noReservations,
  readOfRecords,
  toWrite,
  unfinishedStates,
  updateUnfinished,
} from './writes.ts';

/** Far below the most parameters that a statement may have (SQLite 32,766, Postgres 65,535). */
const perStatement = 500;

export function buildManyWrites(db: Kysely<Schema>): ManyWriteStore {
  return { ...buildEnds(db), ...buildLeasesOfMany(db), ...buildListsOfMany(db) };
}

function buildEnds(db: Kysely<Schema>): Pick<ManyWriteStore, 'beginMany' | 'closeMany'> {
  return {
    beginMany: async (rows) => {
      const begun = await oneByOne(db, rows, {
        toOrder: ({ writeKey }) => writeKey,
        work: (transaction, row) => beginWrite(transaction, row, noReservations),
      });
      return rows.flatMap((row) => begun.get(row) ?? []);
    },
    closeMany: async (closings) => {
      const closed = await oneByOne(db, closings, {
        toOrder: ({ id }) => id,
        work: (transaction, { id, closing }) => closeWrite(transaction, id, closing),
      });
      return [...closed].flatMap(([{ id }, isClosed]) => (isClosed ? [id] : []));
    },
  };
}

type Leases = 'takeLeases' | 'renewLeases' | 'releaseLeases' | 'markManySent' | 'markUnsent';

function buildLeasesOfMany(db: Kysely<Schema>): Pick<ManyWriteStore, Leases> {
  return {
    takeLeases: async (ids, lease) => {
      const taken = await oneById(db, ids, (transaction, id) =>
        updateUnfinished(transaction, id)
          .set({ lease_owner: lease.owner, lease_until: lease.until })
          .where(isLeaseFree(lease))
          .returningAll()
          .executeTakeFirst(),
      );
      return [...taken.values()].flatMap((row) => (row ? [toCallWrite(row)] : []));
    },
    renewLeases: async (ids, owner, until) => {
      await oneById(db, ids, (transaction, id) => {
        const query = transaction.updateTable('writes').set({ lease_until: until }).where('id', '=', id);
        return query.where('lease_owner', '=', owner).execute();
      });
    },
    releaseLeases: async (ids, owner) => {
      await oneById(db, ids, (transaction, id) => releaseLease(transaction, 'writes', { id, owner }));
    },
    markManySent: async (ids, { key, lease: { owner, now, until } }) => {
      const marked = await oneById(db, ids, (transaction, id) =>
        updateUnfinished(transaction, id)
          .set({ sent_at: now, sent_in: key, lease_until: until })
          .where('lease_owner', '=', owner)
          .returning('id')
          .executeTakeFirst(),
      );
      return [...marked.values()].flatMap((row) => row?.id ?? []);
    },
    markUnsent: async (ids, owner) => {
      await oneById(db, ids, (transaction, id) => {
        const query = updateUnfinished(transaction, id).set({ sent_at: null, sent_in: null });
        return query.where('lease_owner', '=', owner).execute();
      });
    },
  };
}

type Lists = 'findLatestMany' | 'findMany' | 'listSentIn' | 'listOfRecords';

function buildListsOfMany(db: Kysely<Schema>): Pick<ManyWriteStore, Lists> {
  return {
    findLatestMany: (workspaceId, organisationId, writeKeys) =>
      inChunks(writeKeys, (keys) => selectLatest(db, { workspaceId, organisationId, keys })),
    findMany: (workspaceId, ids) =>
      inChunks(ids, async (chunk) => {
        const query = db.selectFrom('writes').selectAll().where('id', 'in', chunk);
        return (await query.where('workspace_id', '=', workspaceId).execute()).map(toWrite);
      }),
    listSentIn: (workspaceId, calls) =>
      inChunks(calls, async (chunk) => {
        const query = db.selectFrom('writes').selectAll().where('sent_in', 'in', chunk);
        const open = query.where('workspace_id', '=', workspaceId).where('state', 'in', unfinishedStates);
        return (await open.execute()).map(toCallWrite);
      }),
    listOfRecords: (workspaceId, organisationId, records) =>
      readOfRecords(db, { workspaceId, organisationId, records }),
  };
}

type OfKeys = { workspaceId: string; organisationId: string; keys: readonly string[] };

/** The latest attempts are found in the index, as there may be hundreds of attempts with long requests. */
async function selectLatest(
  db: Kysely<Schema>,
  { workspaceId, organisationId, keys }: OfKeys,
): Promise<CallWriteRow[]> {
  const latest = db
    .selectFrom('writes')
    .select(['form_key', ({ fn }) => fn.max('attempt').as('attempt')])
    .where('workspace_id', '=', workspaceId)
    .where('organisation_id', '=', organisationId)
    .where('form_key', 'in', keys)
    .groupBy('form_key')
    .as('latest');
  const rows = await db
    .selectFrom('writes')
    .innerJoin(latest, (join) =>
      join.onRef('latest.form_key', '=', 'writes.form_key').onRef('latest.attempt', '=', 'writes.attempt'),
    )
    .selectAll('writes')
    .where('writes.workspace_id', '=', workspaceId)
    .where('writes.organisation_id', '=', organisationId)
    .execute();
  return rows.map(toCallWrite);
}

function toCallWrite(row: WriteTable): CallWriteRow {
  return { ...toWrite(row), sentIn: row.sent_in };
}

/** Each value once. No values: no question. */
async function inChunks<Row>(
  values: readonly string[],
  ask: (chunk: readonly string[]) => Promise<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const chunk of chunksOf([...new Set(values)], perStatement)) rows.push(...(await ask(chunk)));
  return rows;
}

type Work<Item, Result> = {
  toOrder(item: Item): string;
  work(transaction: Kysely<Schema>, item: Item): Promise<Result>;
};

/**
 * One statement a row, in one order everywhere. Postgres locks the rows of one statement in an order of its own, in
 * which two processes could wait for each other.
 */
async function oneByOne<Item, Result>(
  db: Kysely<Schema>,
  items: readonly Item[],
  { toOrder, work }: Work<Item, Result>,
): Promise<Map<Item, Result>> {
  if (items.length === 0) return new Map();
  const ordered = items.toSorted((a, b) => (toOrder(a) < toOrder(b) ? -1 : 1));
  return inTransaction(db, async (transaction) => {
    const results = new Map<Item, Result>();
    for (const item of ordered) results.set(item, await work(transaction, item));
    return results;
  });
}

function oneById<Result>(
  db: Kysely<Schema>,
  ids: readonly string[],
  work: (transaction: Kysely<Schema>, id: string) => Promise<Result>,
): Promise<Map<string, Result>> {
  return oneByOne(db, [...new Set(ids)], { toOrder: (id) => id, work });
}
