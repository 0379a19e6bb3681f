/** `isLast`: no row follows. A block may be empty and still not be the last, if none of its rows could be parsed. */
export type Block<T> = { rows: readonly T[]; total: number; isLast: boolean };

type Merge<T> = {
  /** The number of sorted lists. */
  listCount: number;
  /** Reads one block of a list's rows. Blocks are counted from 1. */
  readBlock(list: number, block: number): Promise<Block<T>>;
  compare(a: T, b: T): number;
  /** Identifies a row. A row already read in an earlier block is skipped. */
  keyOf(row: T): string;
  /** The wanted rows; the first is 0. */
  from: number;
  to: number;
};

/** A list is abandoned after this many blocks in a row without a new row. */
const mostBarrenBlocks = 3;

/**
 * Returns a page of several sorted lists as if they were one, and reads each list only as far as the page needs. Rows
 * are taken from the heads one by one, so every row is on exactly one page, even if a list is sorted slightly
 * differently from `compare`.
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

/** Reads the next block that has a row, or none when the list ends. */
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
