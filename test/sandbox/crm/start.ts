import { buildApp } from './app.ts';
import { openBooks } from './books/books.ts';
import { fillBooks } from './books/example/fill.ts';
import type { Product } from './crm.ts';
import type { CrmData } from './example/crm-data.ts';
import { exampleData } from './example/example-data.ts';
import { buildSync } from './sync/build-sync.ts';
import { startRounds } from './sync/start-rounds.ts';

export type CrmOptions = Product & {
  /** By default, any free port. */
  port?: number;
  /** By default, the example data. */
  data?: CrmData;
  /** The CRM's clock; by default the real one. */
  now?: () => Date;
  /** The file of the books; by default they end with the process. New books are filled with the example. */
  booksFile?: string;
  /**
   * Hands changes over automatically, at once and every so often, and reads what happened at Ledgerside. By default, records
   * are handed over only when a user asks.
   */
  syncEveryMs?: number;
  /** What the CRM cannot tell a user at once; by default it goes to standard error. */
  log?: (error: unknown) => void;
};

/** Starts the example CRM on 127.0.0.1. Its `origin` must be one of the workspace's origins in the product. */
export async function startCrm(options: CrmOptions): Promise<{ origin: string; close(): Promise<void> }> {
  const { port = 0, data = exampleData, now = () => new Date(), productUrl, workspace } = options;
  const { booksFile, syncEveryMs, log = (error) => console.error(error) } = options;
  const books = openBooks({ file: booksFile, now });
  if (books.list('suppliers').length === 0) fillBooks(books);
  let origin = '';
  const product = { productUrl, workspace };
  const sync = await buildSync({ ...product, books, now, origin: () => origin });
  const changed = ({ id, name }: { id: string; name: string }) => {
    if (syncEveryMs !== undefined) sync.handOverAll({ id, name }).catch(log);
  };
  const app = await buildApp({ ...product, data, now, books, sync, changed, log });
  origin = await app.listen({ host: '127.0.0.1', port });
  const stop = syncEveryMs === undefined ? () => undefined : startRounds({ sync, log, everyMs: syncEveryMs });
  return {
    origin,
    close: async () => {
      await stop();
      await app.close();
      books.close();
    },
  };
}
