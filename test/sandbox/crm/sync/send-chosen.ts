import type { Books } from '../books/books.ts';
import { type Handed, handOver } from './hand-over.ts';
import type { Ledgerside, RunRequest } from './ledgerside.ts';

/** `run`: the run that sends them. Null when no record was taken, or when Xero is not connected yet. */
export type Sent = Handed & { run: string | null; isConnected: boolean };

/**
 * Hands the chosen records over and asks Ledgerside to send them now, as the rules may leave them to a person. Records
 * that Ledgerside did not take are left out. Rejects when it does not answer.
 */
export async function sendChosen(
  open: { books: Books; ledgerside: Ledgerside; origin: string },
  { kind, ids, isTrial }: RunRequest,
): Promise<Sent> {
  const { books, ledgerside } = open;
  const handed = await handOver(
    open,
    ids.flatMap((id) => books.find(kind, id) ?? []),
  );
  const taken = ids.filter((id) => isTaken(books.find(kind, id)));
  if (taken.length === 0) return { ...handed, run: null, isConnected: true };
  const started = await ledgerside.startRun({ kind, ids: taken, isTrial });
  return started === 'not_connected'
    ? { ...handed, run: null, isConnected: false }
    : { ...handed, run: started.runId, isConnected: true };
}

function isTaken(row: ReturnType<Books['find']>): boolean {
  return row !== undefined && row.handedVersion === row.version && row.sync?.state !== 'refused';
}
