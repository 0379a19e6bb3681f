import { type Kysely, PostgresAdapter, type SelectQueryBuilder, sql } from 'kysely';
import { nextTurn } from '#server/next-turn.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import type { Schema } from '../../schema.ts';
import { inWorkspace, toRecord } from './record-row.ts';
import type { RecordFilter, RecordPage, RecordRow } from './record-store.ts';

export type Listing = { workspace: SyncPlace; filter: RecordFilter; page: RecordPage };

/**
 * A filter that no index answers makes SQLite look at every record. It then looks at some at a time, so that other
 * requests run in between.
 */
export async function listRecords(db: Kysely<Schema>, listing: Listing): Promise<RecordRow[]> {
  const { filter, page, workspace } = listing;
  // The index of a state has the codes too.
  const isLong = hasUnindexed(filter) || (filter.codes !== undefined && filter.states === undefined);
  if (!isLong || !isSliced(db, filter)) return listAtOnce(db, listing);
  const rows: RecordRow[] = [];
  await walk(db, { workspace, after: page.after }, async (slice) => {
    const matching = whereFilter(selectSlice(db, workspace, slice), filter).selectAll();
    const found = await inOrder(matching)
      .limit(page.limit - rows.length)
      .execute();
    rows.push(...found.map(toRecord));
    return rows.length < page.limit;
  });
  return rows;
}

export async function countRecords(db: Kysely<Schema>, workspace: SyncPlace, filter: RecordFilter): Promise<number> {
  if (!hasUnindexed(filter) || !isSliced(db, filter)) {
    return countRows(whereFilter(inWorkspace(db.selectFrom('records'), workspace), filter));
  }
  let total = 0;
  await walk(db, { workspace, after: undefined }, async (slice) => {
    total += await countRows(whereFilter(selectSlice(db, workspace, slice), filter));
    return true;
  });
  return total;
}

async function countRows(query: SelectQueryBuilder<Schema, 'records', object>): Promise<number> {
  const { count } = await query.select(({ fn }) => fn.countAll().as('count')).executeTakeFirstOrThrow();
  return Number(count);
}

function hasUnindexed({ search, from, to }: RecordFilter): boolean {
  return Boolean(search || from || to);
}

/** Names are found by the primary key. Postgres works in a process of its own. */
function isSliced(db: Kysely<Schema>, { keys, crmIds }: RecordFilter): boolean {
  return !keys && !crmIds && !(db.getExecutor().adapter instanceof PostgresAdapter);
}

/** Looking at so many rows takes about 5 ms on SQLite, during which no other request runs. */
const rowsPerSlice = 2_000;

type Place = Pick<RecordRow, 'stateSince' | 'kind' | 'key'>;
/** From after one row until another one, which is in it. Both are undefined at the ends of the list. */
type Slice = { after: Place | undefined; last: Place | undefined };

/** Looks at all rows after one, slice by slice in the order of lists, until `look` wants no more. */
async function walk(
  db: Kysely<Schema>,
  { workspace, after }: { workspace: SyncPlace; after: Place | undefined },
  look: (slice: Slice) => Promise<boolean>,
): Promise<void> {
  let slice: Slice = { after, last: await findLast(db, workspace, after) };
  while ((await look(slice)) && slice.last) {
    await nextTurn();
    slice = { after: slice.last, last: await findLast(db, workspace, slice.last) };
  }
}

async function findLast(
  db: Kysely<Schema>,
  workspace: SyncPlace,
  after: Place | undefined,
): Promise<Place | undefined> {
  const rows = whereAfter(inWorkspace(db.selectFrom('records'), workspace), after);
  const places = inOrder(rows).select(['state_since as stateSince', 'kind', 'record_key as key']);
  return places
    .limit(1)
    .offset(rowsPerSlice - 1)
    .executeTakeFirst();
}

/** The limit keeps SQLite from reading these rows by another index, which has them in no order. */
function selectSlice(db: Kysely<Schema>, workspace: SyncPlace, { after, last }: Slice) {
  const rows = whereAfter(inWorkspace(db.selectFrom('records').selectAll(), workspace), after);
  const until = last
    ? rows.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('state_since', 'kind', 'record_key'), '>=', tuple(last.stateSince, last.kind, last.key)),
      )
    : rows;
  return db.selectFrom(inOrder(until).limit(rowsPerSlice).as('records'));
}

function whereAfter<O>(
  query: SelectQueryBuilder<Schema, 'records', O>,
  after: Place | undefined,
): SelectQueryBuilder<Schema, 'records', O> {
  if (!after) return query;
  return query.where(({ eb, refTuple, tuple }) =>
    eb(refTuple('state_since', 'kind', 'record_key'), '<', tuple(after.stateSince, after.kind, after.key)),
  );
}

function inOrder<O>(query: SelectQueryBuilder<Schema, 'records', O>): SelectQueryBuilder<Schema, 'records', O> {
  return query.orderBy('state_since', 'desc').orderBy('kind', 'desc').orderBy('record_key', 'desc');
}

async function listAtOnce(db: Kysely<Schema>, { workspace, filter, page }: Listing): Promise<RecordRow[]> {
  // Each state is read in the order of an index. A single query over several would walk through all other states too.
  const states = filter.states?.map((state) => [state]) ?? [undefined];
  const [first, ...others] = states.map((only) =>
    db.selectFrom(selectPage(db, { workspace, filter: { ...filter, states: only }, page }).as('page')).selectAll(),
  );
  if (!first) return [];
  const rows = others.reduce((all, other) => all.unionAll(other), first);
  const ordered = rows.orderBy('state_since', 'desc').orderBy('kind', 'desc').orderBy('record_key', 'desc');
  return (await ordered.limit(page.limit).execute()).map(toRecord);
}

function selectPage(db: Kysely<Schema>, { workspace, filter, page: { limit, after } }: Listing) {
  let query = whereFilter(inWorkspace(db.selectFrom('records').selectAll(), workspace), filter);
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('state_since', 'kind', 'record_key'), '<', tuple(after.stateSince, after.kind, after.key)),
    );
  }
  return query.orderBy('state_since', 'desc').orderBy('kind', 'desc').orderBy('record_key', 'desc').limit(limit);
}

function whereFilter<O>(
  query: SelectQueryBuilder<Schema, 'records', O>,
  { kinds, states, codes, search, crmIds, keys, blockedOn, from, to }: RecordFilter,
): SelectQueryBuilder<Schema, 'records', O> {
  let filtered = query;
  // The key of a record that the CRM knows is the CRM's id.
  for (const [column, values] of [
    ['kind', kinds],
    ['state', states],
    ['code', codes],
    ['record_key', crmIds],
    ['record_key', keys],
  ] as const) {
    // An empty list in SQL is a syntax error on Postgres.
    if (values) filtered = filtered.where(values.length > 0 ? (eb) => eb(column, 'in', values) : sql<boolean>`1 = 0`);
  }
  if (blockedOn !== undefined) filtered = filtered.where('blocked_on', '=', blockedOn);
  if (from) filtered = filtered.where('date', '>=', from);
  if (to) filtered = filtered.where('date', '<=', to);
  // `replace` takes the text as it is. A pattern would give % and _ a meaning.
  if (search) filtered = filtered.where(sql<boolean>`replace(searched, ${search.toLowerCase()}, '') <> searched`);
  return filtered;
}
