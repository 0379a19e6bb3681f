import type { Books } from '../books/books.ts';
import type { KindName } from '../books/kinds/kind.ts';
import type { Product } from '../crm.ts';
import { type Handed, handOver, listAllToHand } from './hand-over.ts';
import type { OpenLedgerside, Person } from './ledgerside.ts';
import { readChanges } from './read-changes.ts';
import { runAlone } from './run-alone.ts';

/** Where Ledgerside announces changes. */
export const webhookPath = '/hooks/ledgerside';

/** The CRM's side of the sync. */
export type Sync = {
  /** Hands everything over that Ledgerside does not have yet. */
  handOverAll(person?: Person): Promise<Handed>;
  /** Hands these records over, also those that Ledgerside has. */
  handOverChosen(chosen: { kind: KindName; ids: readonly string[] }, person: Person): Promise<Handed>;
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
    handOverChosen: ({ kind, ids }, person) => {
      const rows = ids.flatMap((id) => books.find(kind, id) ?? []);
      return handOver(open(person), rows);
    },
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
