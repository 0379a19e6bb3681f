/** What changed since a moment, each row once as it was read last. */
export type ChangedRows<Row> = {
  rows: Row[];
  /** Xero's clock before the first page; null where it did not tell. */
  asOf: string | null;
  /** False: there is more than anybody should read this way. */
  isWhole: boolean;
};

/** Rows in the order of their change, none where nothing changed. */
export type ChangePage<Row> = { rows: Row[]; asOf: string | null };

type Reading<Row> = {
  readPage(at: { since: string; page: number }): Promise<ChangePage<Row>>;
  pageSize: number;
  /** An instant; read to the second, as Xero does. */
  since: string;
  mostCalls: number;
};

/** How often rows that others were shifted by are read once more; then nothing that was read is believed. */
const mostRereads = 3;

/** Rows read from one moment on; numbered where a page of them was not the first. */
type Block = { since: string; ids: Set<string>; isNumbered: boolean };

/**
 * All rows that changed since a moment. A full page continues from the time of its last row, because whatever changes
 * meanwhile moves to the end and would shift numbered pages. Only where more rows than a page holds changed in the same
 * second are pages numbered; there, a row that is met again with another time says that it moved away and may have
 * shifted others past the reader, however much later it is met: all is read again from where it was.
 */
export async function readChanges<Row extends { id: string; updatedAt: string }>({
  readPage,
  pageSize,
  since,
  mostCalls,
}: Reading<Row>): Promise<ChangedRows<Row>> {
  const rows = new Map<string, Row>();
  let asOf: string | null | undefined;
  let at = { since: toSecond(since, 0), page: 1 };
  let blocks = [startBlock(at.since)];
  let [torn, rereads] = [undefined as string | undefined, 0];
  for (let call = 0; call < mostCalls; call += 1) {
    const page = await readPage(at);
    if (asOf === undefined) asOf = page.asOf;
    const moved = page.rows.filter((row) => hasMoved(rows.get(row.id), row));
    torn = earlier(torn, findTorn(blocks, moved));
    for (const row of page.rows) {
      rows.set(row.id, pickLater(rows.get(row.id), row));
      blocks[0]?.ids.add(row.id);
    }
    const last = page.rows.length < pageSize ? undefined : page.rows.at(-1);
    if (last) {
      const next = continueFrom(at, last.updatedAt);
      blocks = next.page > 1 ? numberFirst(blocks) : [startBlock(next.since), ...blocks];
      at = next;
    } else if (torn === undefined) {
      return { rows: [...rows.values()], asOf: asOf ?? null, isWhole: true };
    } else {
      if (rereads === mostRereads) break;
      rereads += 1;
      at = { since: torn, page: 1 };
      [blocks, torn] = [[startBlock(torn)], undefined];
    }
  }
  return { rows: [...rows.values()], asOf: asOf ?? null, isWhole: false };
}

function startBlock(since: string): Block {
  return { since, ids: new Set(), isNumbered: false };
}

function numberFirst([first, ...others]: Block[]): Block[] {
  return first ? [{ ...first, isNumbered: true }, ...others] : [];
}

/** The earliest of the numbered blocks, newest first, that one of these rows was in. */
function findTorn(blocks: readonly Block[], moved: readonly { id: string }[]): string | undefined {
  return blocks.findLast(({ ids, isNumbered }) => isNumbered && moved.some(({ id }) => ids.has(id)))?.since;
}

function earlier(first: string | undefined, second: string | undefined): string | undefined {
  return first === undefined || (second !== undefined && second < first) ? second : first;
}

function hasMoved(known: { updatedAt: string } | undefined, row: { updatedAt: string }): boolean {
  return known !== undefined && known.updatedAt !== row.updatedAt;
}

function pickLater<Row extends { updatedAt: string }>(known: Row | undefined, row: Row): Row {
  return known && known.updatedAt > row.updatedAt ? known : row;
}

/** From a second before the last row, so that neither way of reading "since" leaves out its neighbours. */
function continueFrom(at: { since: string; page: number }, lastUpdatedAt: string): { since: string; page: number } {
  const since = toSecond(lastUpdatedAt, -1);
  return since > at.since ? { since, page: 1 } : { since: at.since, page: at.page + 1 };
}

function toSecond(instant: string, moveSeconds: number): string {
  return new Date((Math.floor(Date.parse(instant) / 1000) + moveSeconds) * 1000).toISOString();
}
