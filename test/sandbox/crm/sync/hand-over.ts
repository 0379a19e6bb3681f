import type { Books } from '../books/books.ts';
import { kinds } from '../books/kinds/kinds.ts';
import type { Row } from '../books/row.ts';
import type { HandedRecord, HandedResult, Ledgerside } from './ledgerside.ts';

/** The API's own limit. */
const batchSize = 500;

export type Handed = { taken: number; refused: number };

/**
 * Hands every row whose newest version Ledgerside does not have over, and notes what it says of each. Rejects when
 * Ledgerside does not answer. What it took until then stays noted, and the rest goes next time.
 */
export async function handOver(
  { books, ledgerside, origin }: { books: Books; ledgerside: Ledgerside; origin: string },
  rows: readonly Row[],
): Promise<Handed> {
  const counts = { taken: 0, refused: 0 };
  const note = (row: Row, result: HandedResult) => {
    counts[noteResult(books, row, result) ? 'taken' : 'refused'] += 1;
  };
  const present = rows.filter(({ isDeleted }) => !isDeleted);
  for (let start = 0; start < present.length; start += batchSize) {
    const batch = present.slice(start, start + batchSize);
    const results = await ledgerside.putMany(batch.map((row) => toHanded(books, row, origin)));
    books.inTransaction(() => {
      for (const [index, row] of batch.entries()) note(row, getResult(results[index]));
    });
  }
  for (const row of rows.filter(({ isDeleted }) => isDeleted)) {
    note(row, await ledgerside.remove({ kind: row.kind, crmId: row.id, version: row.version }));
  }
  return counts;
}

export function listAllToHand(books: Books): Row[] {
  return Object.values(kinds).flatMap(({ name }) => books.listToHand(name));
}

function toHanded(books: Books, row: Row, origin: string): HandedRecord {
  const { kind, id, version } = row;
  return { kind, crmId: id, version, data: { ...kinds[kind].toData(row, books), url: `${origin}/${kind}/${id}` } };
}

function getResult(result: HandedResult | undefined): HandedResult {
  if (!result) throw new Error('Ledgerside answered fewer results than there were records');
  return result;
}

/** False when it was refused. A refused version is not sent again, as the same version gets the same answer. */
function noteResult(books: Books, row: Row, { record, refusal }: HandedResult): boolean {
  if (refusal?.newerVersion !== undefined) {
    // The CRM's clock went back. The next round sends it with a version above the newer one.
    books.raiseVersion(row, refusal.newerVersion);
    return false;
  }
  books.markHanded(row);
  if (record) books.noteSync(row.kind, row.id, record);
  if (refusal) books.noteSync(row.kind, row.id, toRefused(row, refusal.message));
  return !refusal;
}

function toRefused({ sync }: Row, message: string) {
  const none = { xeroKind: null, xeroId: null, xeroNumber: null, xeroUrl: null, syncedAt: null };
  return { ...none, ...sync, state: 'refused', message };
}
