import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type StoreOptions } from '#server/store/open-store.ts';
import type { Store } from '#server/store/store.ts';
import { startPostgres } from '#test/support/programs/postgres.ts';

/** One database per test file. Tests use workspace ids of their own. */
export type StoreBackend = {
  name: string;
  /** Creates an empty database. Stores opened with these options share it, as processes do. */
  start(): Promise<{ options: StoreOptions; stop(): Promise<void> }>;
};

/** What a suite can use in its tests. */
export type StoreContext = {
  store(): Store;
  /** Opens a second store on the same database, like another process. Closed with the test file. */
  openAnother(): Promise<Store>;
  options(): StoreOptions;
};

function failOnStray(error: unknown): never {
  throw error;
}

const allBackends: readonly StoreBackend[] = [
  {
    name: 'SQLite',
    start: async () => {
      const dataDir = await mkdtemp(join(tmpdir(), 'ledgerside-store-'));
      return {
        options: { dataDir, onError: failOnStray },
        stop: () => rm(dataDir, { recursive: true, force: true }),
      };
    },
  },
  {
    name: 'Postgres',
    start: async () => {
      const postgres = await startPostgres();
      const databaseUrl = await postgres.createDatabase();
      let isStopping = false;
      // A stopping server reports this to connections that it has not closed yet.
      const onError = (error: unknown) => (isStopping ? undefined : failOnStray(error));
      const stop = () => {
        isStopping = true;
        return postgres.remove();
      };
      return { options: { databaseUrl, dataDir: tmpdir(), onError }, stop };
    },
  },
];

/** `STORE_BACKEND=SQLite` runs the suites on that backend only, as a mutation run does many times. */
export const storeBackends = allBackends.filter(({ name }) => [undefined, name].includes(process.env.STORE_BACKEND));

/** Opens and closes stores for one backend. Call it within `describe`. */
export function openStores(options: StoreOptions) {
  const stores: Store[] = [];
  return {
    open: async (): Promise<Store> => {
      const store = await openStore(options);
      stores.push(store);
      return store;
    },
    closeAll: async (): Promise<void> => {
      await Promise.all(stores.map((store) => store.close()));
    },
  };
}
