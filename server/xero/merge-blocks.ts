export type Block<T> = { rows: readonly T[]; total: number };

type Merge<T> = {
  /** How many sorted lists there are. */
  listCount: number;
  /** Rows of a list, a block at a time, counted from 1. */
  readBlock(list: number, block: number): Promise<Block<T>>;
  compare(a: T, b: T): number;
  /** Rows wanted, the first counted from 0. */
  from: number;
  to: number;
};

/**
 * A page of several sorted lists as if they were one, reading of each only as far as the page reaches. Heads are taken
 * one by one, so that every row stands on exactly one page even where the lists were sorted a little differently from
 * how `compare` does.
 */
export async function mergeBlocks<T>({ listCount, readBlock, compare, from, to }: Merge<T>): Promise<Block<T>> {
  const heads = await Promise.all(
    Array.from({ length: listCount }, async (_, list) => ({
      list,
      ...(await readBlock(list, 1)),
      block: 1,
      at: 0,
      taken: 0,
    })),
  );
  const total = heads.reduce((sum, head) => sum + head.total, 0);
  const rows: T[] = [];
  for (let position = 0; position < to; position += 1) {
    const next = pickFirst(heads, compare);
    if (!next) break;
    if (position >= from) rows.push(next.row);
    await advance(next.head, readBlock);
  }
  return { rows, total };
}

type Head<T> = Block<T> & { list: number; block: number; at: number; taken: number };

function pickFirst<T>(heads: readonly Head<T>[], compare: (a: T, b: T) => number) {
  let first: { head: Head<T>; row: T } | null = null;
  for (const head of heads) {
    const row = head.rows[head.at];
    if (row !== undefined && (first === null || compare(row, first.row) < 0)) first = { head, row };
  }
  return first;
}

async function advance<T>(head: Head<T>, readBlock: Merge<T>['readBlock']): Promise<void> {
  head.at += 1;
  head.taken += 1;
  if (head.at < head.rows.length || head.taken >= head.total) return;
  head.block += 1;
  head.rows = (await readBlock(head.list, head.block)).rows;
  head.at = 0;
}
