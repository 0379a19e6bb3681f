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

/** How often a block of rows that moved while it was read is read once more. */
const mostRereads = 3;

/**
 * All rows that changed since a moment. A full page continues from the time of its last row, because whatever changes
 * meanwhile moves to the end and would shift numbered pages. Only where more rows than a page holds changed in the same
 * second are pages numbered; there, a row met twice says that the others were shifted, and the block is read again.
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
  let block = new Set<string>();
  let [isTorn, rereads] = [false, 0];
  for (let call = 0; call < mostCalls; call += 1) {
    const page = await readPage(at);
    if (asOf === undefined) asOf = page.asOf;
    isTorn ||= at.page > 1 && page.rows.some(({ id }) => block.has(id));
    for (const row of page.rows) {
      rows.set(row.id, pickLater(rows.get(row.id), row));
      block.add(row.id);
    }
    const last = page.rows.length < pageSize ? undefined : page.rows.at(-1);
    const next = isTorn && rereads < mostRereads ? { ...at, page: 1 } : last && continueFrom(at, last.updatedAt);
    if (!next) return { rows: [...rows.values()], asOf: asOf ?? null, isWhole: true };
    if (next.page === 1) {
      rereads = next.since === at.since ? rereads + 1 : 0;
      [block, isTorn] = [new Set(), false];
    }
    at = next;
  }
  return { rows: [...rows.values()], asOf: asOf ?? null, isWhole: false };
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
