import type { Repositories } from '#server/store/store.ts';

/** In the fragment of a document's Url, or in its query where the CRM uses fragments for its own pages. */
const markPattern = /[?&#]ledgerside=([\da-f-]{32,36})(?![\da-f-])/i;
const recordMark = /^[\da-f]{32}$/;

/** Who sent a bill to Xero: the mark in its Url; null for a bill that nobody sent. */
export function readMark(page: string | null): string | null {
  return markPattern.exec(page ?? '')?.[1]?.toLowerCase() ?? null;
}

/**
 * Whether sync made the bill, by its mark alone: it counts before our own answer has arrived, and after a copy of the
 * database was put back that knows nothing of it. A bill of the form in the widget carries the id of its write instead.
 */
export function isMarkedBySync(page: string | null): boolean {
  const mark = readMark(page);
  return mark !== null && recordMark.test(mark);
}

/** The pages of bills that earlier releases made for purchase orders. They carry the id of their write. */
export async function findOrderBills(
  { writes }: Pick<Repositories, 'writes'>,
  workspaceId: string,
  pages: readonly (string | null)[],
): Promise<ReadonlySet<string>> {
  const marks = pages.flatMap((page) => readMark(page) ?? []).filter((mark) => !recordMark.test(mark));
  if (marks.length === 0) return new Set();
  const found = await writes.findMany(workspaceId, marks);
  return new Set(found.filter(({ kind }) => kind.startsWith('sync:')).map(({ id }) => id));
}
