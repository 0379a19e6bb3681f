import type { Ledgerside, Run, RunRow } from './ledgerside.ts';

/** A run with all its rows. The rows are read page by page. */
export async function findWholeRun(
  ledgerside: Ledgerside,
  id: string,
): Promise<{ run: Run; rows: readonly RunRow[] } | undefined> {
  const run = await ledgerside.findRun(id);
  if (!run) return undefined;
  const rows: RunRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await ledgerside.listRunRows(id, cursor);
    rows.push(...page.rows);
    cursor = page.hasMore ? (page.cursor ?? undefined) : undefined;
  } while (cursor !== undefined);
  return { run, rows };
}
