import { isFull, type Pagination } from '#server/xero/answers/pagination.ts';
import type { UnreadableDocument } from '../document-header.ts';

/** What changed since a moment. Each row appears once, as last read. */
export type ChangedRows<Row> = {
  rows: Row[];
  /** The readable members of rows that could not be parsed. */
  unreadable: UnreadableDocument[];
  /** Xero's clock before the first page; null when Xero sent none. */
  asOf: string | null;
  /** False when there is more than we read this way, or more than can be read. */
  isWhole: boolean;
  /** Xero repeated a page, so no more can be read. */
  isRepeated?: boolean;
};

/** Rows in the order of their change; empty when nothing changed. */
export type ChangePage<Row> = {
  rows: Row[];
  /** The readable members of rows that could not be parsed. */
  unreadable?: UnreadableDocument[];
  /** Identifies every row that Xero sent. Absent when all rows were parsed. */
  rowKeys?: string[];
  pagination?: Pagination | null;
  asOf: string | null;
};

type RowReading<Row> = {
  readPage(at: { since: string; page: number }): Promise<ChangePage<Row>>;
  /** The page size asked of Xero. */
  pageSize: number;
  /** An instant, truncated to the second as Xero does. */
  since: string;
  mostCalls: number;
};

/** How often to read again after rows were shifted. After that, the result is discarded. */
const mostRereads = 3;

/** Rows read from one moment on. Numbered when several pages start at the same moment. */
type Block = { since: string; ids: Set<string>; pages: Set<string>; isNumbered: boolean };

/**
 * Reads all rows that changed since a moment. After a full page, reading continues from the time of its last row,
 * because rows that change meanwhile move to the end and would shift numbered pages. Pages are numbered only when more
 * rows than fit on a page changed in the same second. If a row from numbered pages is met again with another time, it
 * moved away and may have shifted other rows past the reader, so reading restarts from that block. A repeated numbered
 * page ends the reading, because the rows of the others cannot be known.
 */
export async function readChanges<Row extends { id: string; updatedAt: string }>(
  reading: RowReading<Row>,
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
    if (moved.length === 0 && isRepeated(blocks, page)) {
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

/** A parsed row, or the readable members of one that could not be parsed. */
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

/** A block begins with no pages, and an empty page ends the reading, so neither counts as repeated. */
function isRepeated([block]: readonly Block[], { rowKeys }: Page<unknown>): boolean {
  return block?.pages.has(rowKeys.join()) === true;
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

/** A row without an id is identified by everything else that is known of it. */
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

/** The start of the earliest numbered block, newest first, that contained one of these rows. */
function findTorn(blocks: readonly Block[], moved: readonly string[]): string | undefined {
  return blocks.findLast(({ ids, isNumbered }) => isNumbered && moved.some((id) => ids.has(id)))?.since;
}

function earlier(first: string | undefined, second: string | undefined): string | undefined {
  return first === undefined || (second !== undefined && second < first) ? second : first;
}

/** Later than every instant as text. */
const never = '~';

/** A row whose time could not be parsed counts as later. */
function pickLater<Row extends { updatedAt: string }>(
  known: ChangedRow<Row> | undefined,
  one: ChangedRow<Row>,
): ChangedRow<Row> {
  if (known === undefined) return one;
  return (timeOf(known) ?? '') > (timeOf(one) ?? never) ? known : one;
}

function split<Row>(known: ReadonlyMap<string, ChangedRow<Row>>): Pick<ChangedRows<Row>, 'rows' | 'unreadable'> {
  const all = [...known.values()];
  return {
    rows: all.flatMap(({ row }) => (row ? [row] : [])),
    unreadable: all.flatMap(({ unreadable }) => unreadable ?? []),
  };
}

function findLastTime<Row extends { updatedAt: string }>({ rows }: Page<Row>): string | null {
  const times = rows.flatMap((row) => timeOf(row) ?? []);
  return times.toSorted().at(-1) ?? null;
}

/**
 * Continues from one second before the last row, so that rows of the same second are found whether "since" is inclusive
 * or not.
 */
function continueFrom(at: { since: string; page: number }, lastUpdatedAt: string | null) {
  const since = lastUpdatedAt === null ? at.since : toSecond(lastUpdatedAt, -1);
  return since > at.since ? { since, page: 1 } : { since: at.since, page: at.page + 1 };
}

function toSecond(instant: string, moveSeconds: number): string {
  return new Date((Math.floor(Date.parse(instant) / 1000) + moveSeconds) * 1000).toISOString();
}
