/** `isLast`: no row stands behind it. It may hold none itself and not be the last, where none of its rows could be read. */
export type Block<T> = { rows: readonly T[]; total: number; isLast: boolean };

type Merge<T> = {
  /** How many sorted lists there are. */
  listCount: number;
  /** Rows of a list, a block at a time, counted from 1. */
  readBlock(list: number, block: number): Promise<Block<T>>;
  compare(a: T, b: T): number;
  /** Tells rows apart: one that came in an earlier block is passed over. */
  keyOf(row: T): string;
  /** Rows wanted, the first counted from 0. */
  from: number;
  to: number;
};

/** A list is given up after so many blocks in a row without a row that is new. */
const mostBarrenBlocks = 3;

/**
 * A page of several sorted lists as if they were one, reading of each only as far as the page reaches. Heads are taken
 * one by one, so that every row stands on exactly one page even where the lists were sorted a little differently from
 * how `compare` does.
 */
export async function mergeBlocks<T>(merge: Merge<T>): Promise<{ rows: readonly T[]; total: number }> {
  const { listCount, compare, from, to } = merge;
  const heads = await Promise.all(Array.from({ length: listCount }, (_, list) => startHead(merge, list)));
  const total = heads.reduce((sum, head) => sum + head.total, 0);
  const rows: T[] = [];
  for (let position = 0; position < to; position += 1) {
    const next = pickFirst(heads, compare);
    if (!next) break;
    if (position >= from) rows.push(next.row);
    await advance(next.head, merge);
  }
  return { rows, total };
}

type Head<T> = Block<T> & { list: number; block: number; at: number; seen: Set<string> };

async function startHead<T>(merge: Merge<T>, list: number): Promise<Head<T>> {
  const head: Head<T> = { list, rows: [], total: 0, isLast: false, block: 0, at: 0, seen: new Set() };
  await readOn(head, merge);
  return head;
}

function pickFirst<T>(heads: readonly Head<T>[], compare: (a: T, b: T) => number) {
  let first: { head: Head<T>; row: T } | null = null;
  for (const head of heads) {
    const row = head.rows[head.at];
    if (row !== undefined && (first === null || compare(row, first.row) < 0)) first = { head, row };
  }
  return first;
}

async function advance<T>(head: Head<T>, merge: Merge<T>): Promise<void> {
  head.at += 1;
  if (head.at >= head.rows.length) await readOn(head, merge);
}

/** The next block that has a row; none where the list ends. */
async function readOn<T>(head: Head<T>, { readBlock, keyOf }: Merge<T>): Promise<void> {
  head.at = 0;
  head.rows = [];
  for (let barren = 0; barren < mostBarrenBlocks && head.rows.length === 0 && !head.isLast; barren += 1) {
    head.block += 1;
    const { rows, total, isLast } = await readBlock(head.list, head.block);
    if (head.block === 1) head.total = total;
    head.isLast = isLast;
    head.rows = rows.filter((row) => !head.seen.has(keyOf(row)));
    for (const row of head.rows) head.seen.add(keyOf(row));
  }
}
