import { isFull, type Pagination } from '#server/xero/answers/pagination.ts';
import type { UnreadableDocument } from '../document-header.ts';

/** What changed since a moment, each row once as it was read last. */
export type ChangedRows<Row> = {
  rows: Row[];
  /** Of those that could not be read, what could be. */
  unreadable: UnreadableDocument[];
  /** Xero's clock before the first page; null where it did not tell. */
  asOf: string | null;
  /** False: there is more than anybody should read this way, or than can be. */
  isWhole: boolean;
  /** Xero answered a page again in the place of another, so that no more can be read. */
  isRepeated?: boolean;
};

/** Rows in the order of their change, none where nothing changed. */
export type ChangePage<Row> = {
  rows: Row[];
  /** Of rows that could not be read. */
  unreadable?: UnreadableDocument[];
  /** Tell all the rows apart that Xero sent; absent where all of them were read. */
  rowKeys?: string[];
  pagination?: Pagination | null;
  asOf: string | null;
};

type Reading<Row> = {
  readPage(at: { since: string; page: number }): Promise<ChangePage<Row>>;
  /** As asked of Xero. */
  pageSize: number;
  /** An instant; read to the second, as Xero does. */
  since: string;
  mostCalls: number;
};

/** How often rows that others were shifted by are read once more; then nothing that was read is believed. */
const mostRereads = 3;

/** Rows read from one moment on; numbered where a page of them was not the first. */
type Block = { since: string; ids: Set<string>; pages: Set<string>; isNumbered: boolean };

/**
 * All rows that changed since a moment. A full page continues from the time of its last row, because whatever changes
 * meanwhile moves to the end and would shift numbered pages. Only where more rows than a page holds changed in the same
 * second are pages numbered; there, a row that is met again with another time says that it moved away and may have
 * shifted others past the reader, however much later it is met: all is read again from where it was. A numbered page
 * that was there before ends the reading: what stands on the others cannot be known.
 */
export async function readChanges<Row extends { id: string; updatedAt: string }>(
  reading: Reading<Row>,
): Promise<ChangedRows<Row>> {
  const { pageSize } = reading;
  const known = new Map<string, ChangedRow<Row>>();
  let asOf: string | null | undefined;
  let at = { since: toSecond(reading.since, 0), page: 1 };
  let blocks = [startBlock(at.since)];
  let [torn, rereads] = [undefined as string | undefined, 0];
  for (let call = 0; call < reading.mostCalls; call += 1) {
    const page = toPage(await reading.readPage(at));
    if (asOf === undefined) asOf = page.asOf;
    const moved = listMoved(known, page);
    if (at.page > 1 && moved.length === 0 && isRepeated(blocks, page)) {
      return { ...split(known), asOf: asOf ?? null, isWhole: false, isRepeated: true };
    }
    torn = earlier(torn, findTorn(blocks, moved));
    takePage(known, blocks, page);
    if (isFull({ ...page, rowCount: page.rowKeys.length }, pageSize)) {
      const next = continueFrom(at, findLastTime(page));
      blocks = next.page > 1 ? numberFirst(blocks) : [startBlock(next.since), ...blocks];
      at = next;
    } else if (torn === undefined) {
      return { ...split(known), asOf: asOf ?? null, isWhole: true };
    } else {
      if (rereads === mostRereads) break;
      rereads += 1;
      at = { since: torn, page: 1 };
      [blocks, torn] = [[startBlock(torn)], undefined];
    }
  }
  return { ...split(known), asOf: asOf ?? null, isWhole: false };
}

/** A row that could be read, or what could be read of it. */
type ChangedRow<Row> = { row: Row; unreadable?: undefined } | { row?: undefined; unreadable: UnreadableDocument };
type Page<Row> = { rows: ChangedRow<Row>[]; rowKeys: string[]; pagination: Pagination | null; asOf: string | null };

function toPage<Row extends { id: string }>({ rows, unreadable = [], ...page }: ChangePage<Row>): Page<Row> {
  return {
    rows: [...rows.map((row) => ({ row })), ...unreadable.map((one) => ({ unreadable: one }))],
    rowKeys: page.rowKeys ?? rows.map(({ id }) => id),
    pagination: page.pagination ?? null,
    asOf: page.asOf,
  };
}

function startBlock(since: string): Block {
  return { since, ids: new Set(), pages: new Set(), isNumbered: false };
}

function numberFirst([first, ...others]: Block[]): Block[] {
  return first ? [{ ...first, isNumbered: true }, ...others] : [];
}

function isRepeated([block]: readonly Block[], { rowKeys }: Page<unknown>): boolean {
  return rowKeys.length > 0 && block?.pages.has(rowKeys.join()) === true;
}

function takePage<Row extends { id: string; updatedAt: string }>(
  known: Map<string, ChangedRow<Row>>,
  [block]: readonly Block[],
  page: Page<Row>,
): void {
  block?.pages.add(page.rowKeys.join());
  for (const one of page.rows) {
    const id = idOf(one);
    known.set(id, pickLater(known.get(id), one));
    block?.ids.add(id);
  }
}

/** One without an id is told by all that is known of it. */
function idOf({ row, unreadable }: ChangedRow<{ id: string }>): string {
  return row?.id ?? unreadable?.id ?? JSON.stringify(unreadable);
}

function timeOf({ row, unreadable }: ChangedRow<{ updatedAt: string }>): string | null {
  return row?.updatedAt ?? unreadable?.updatedAt ?? null;
}

/** Ids of rows that were met before with another time. */
function listMoved<Row extends { id: string; updatedAt: string }>(
  known: ReadonlyMap<string, ChangedRow<Row>>,
  { rows }: Page<Row>,
): string[] {
  return rows.flatMap((one) => {
    const before = known.get(idOf(one));
    return before && timeOf(before) !== timeOf(one) ? [idOf(one)] : [];
  });
}

/** The earliest of the numbered blocks, newest first, that one of these rows was in. */
function findTorn(blocks: readonly Block[], moved: readonly string[]): string | undefined {
  return blocks.findLast(({ ids, isNumbered }) => isNumbered && moved.some((id) => ids.has(id)))?.since;
}

function earlier(first: string | undefined, second: string | undefined): string | undefined {
  return first === undefined || (second !== undefined && second < first) ? second : first;
}

/** One whose time cannot be read counts as the later one. */
function pickLater<Row extends { updatedAt: string }>(
  known: ChangedRow<Row> | undefined,
  one: ChangedRow<Row>,
): ChangedRow<Row> {
  const [before, now] = [known && timeOf(known), timeOf(one)];
  return known && before && now && before > now ? known : one;
}

function split<Row>(known: ReadonlyMap<string, ChangedRow<Row>>): Pick<ChangedRows<Row>, 'rows' | 'unreadable'> {
  const all = [...known.values()];
  return {
    rows: all.flatMap(({ row }) => (row ? [row] : [])),
    unreadable: all.flatMap(({ unreadable }) => unreadable ?? []),
  };
}

function findLastTime<Row extends { updatedAt: string }>({ rows }: Page<Row>): string | null {
  return rows.map(timeOf).reduce((last, time) => (last === null || (time !== null && time > last) ? time : last), null);
}

/** From a second before the last row, so that neither way of reading "since" leaves out its neighbours. */
function continueFrom(at: { since: string; page: number }, lastUpdatedAt: string | null) {
  const since = lastUpdatedAt === null ? at.since : toSecond(lastUpdatedAt, -1);
  return since > at.since ? { since, page: 1 } : { since: at.since, page: at.page + 1 };
}

function toSecond(instant: string, moveSeconds: number): string {
  return new Date((Math.floor(Date.parse(instant) / 1000) + moveSeconds) * 1000).toISOString();
}
