import type { Books } from '../books/books.ts';
import type { Product } from '../crm.ts';
import { findWholeRun } from './find-whole-run.ts';
import { type Handed, handOver, listAllToHand } from './hand-over.ts';
import type { OpenLedgerside, Person, Run, RunRequest, RunRow } from './ledgerside.ts';
import { readChanges } from './read-changes.ts';
import { runAlone } from './run-alone.ts';
import { type Sent, sendChosen } from './send-chosen.ts';

/** Where Ledgerside announces changes. */
export const webhookPath = '/hooks/ledgerside';

/** The CRM's side of the sync. */
export type Sync = {
  /** Hands everything over that Ledgerside does not have yet. */
  handOverAll(person?: Person): Promise<Handed>;
  /** Hands these records over, also those that Ledgerside has, and sends them to Xero now, or only tries it. */
  sendChosen(chosen: RunRequest, person: Person): Promise<Sent>;
  /** A run with what it did with each record, or would do. Undefined when there is none. */
  findRun(id: string): Promise<{ run: Run; rows: readonly RunRow[] } | undefined>;
  /** Notes what happened at Ledgerside since the last time. One reading at a time. */
  readChanges(): Promise<void>;
  /** Asks Ledgerside to tell this CRM of changes, unless that was done. */
  askForWebhook(): Promise<void>;
};

type Parts = Product & { books: Books; now: () => Date; origin: () => string };

/** The client is checked on its own, against types that are generated from the API's description. */
const clientFile: string = new URL('../client/open-ledgerside.ts', import.meta.url).href;

export async function buildSync(parts: Parts): Promise<Sync> {
  const { openLedgerside }: { openLedgerside: OpenLedgerside } = await import(clientFile);
  const { books } = parts;
  const open = (person?: Person) => ({
    ...{ books, origin: parts.origin() },
    ledgerside: openLedgerside({ ...parts, person }),
  });
  return {
    handOverAll: (person) => handOver(open(person), listAllToHand(books)),
    sendChosen: (chosen, person) => sendChosen(open(person), chosen),
    findRun: (id) => findWholeRun(open().ledgerside, id),
    readChanges: runAlone(() => readChanges(books, open().ledgerside)),
    askForWebhook: async () => {
      const url = parts.origin() + webhookPath;
      if (books.findKept('webhookUrl') === url) return;
      const secret = await open().ledgerside.setWebhook(url);
      books.inTransaction(() => {
        books.keep('webhookSecret', secret);
        books.keep('webhookUrl', url);
      });
    },
  };
}
