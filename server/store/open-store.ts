import { type Kysely, sql } from 'kysely';
import { AppError } from '#shared/app-error.ts';
import type { Database, ErrorListener } from './database.ts';
import { distrustCopy } from './distrust-copy.ts';
import { inTransaction } from './in-transaction.ts';
import { migrate } from './migrate.ts';
import { openPostgresDatabase } from './postgres/database.ts';
import type { Schema } from './schema.ts';
import { openSqliteDatabase } from './sqlite/database.ts';
import type { Repositories, Store } from './store.ts';
import { buildAccess } from './tables/access.ts';
import { buildAudit } from './tables/audit.ts';
import { buildConnectionTable } from './tables/connections.ts';
import { buildDealDocuments } from './tables/deal-documents.ts';
import { buildDefaults } from './tables/defaults.ts';
import { buildLinks } from './tables/links.ts';
import { buildOneTime } from './tables/one-time.ts';
import { buildRecords } from './tables/records/records.ts';
import { buildSealedTexts } from './tables/sealed-texts.ts';
import { buildSessionTable } from './tables/sessions.ts';
import { buildChanges } from './tables/sync/changes.ts';
import { buildReaders } from './tables/sync/readers.ts';
import { buildRuns } from './tables/sync/runs.ts';
import { buildSyncMapping, buildSyncRules } from './tables/sync/settings.ts';
import { buildWebhooks } from './tables/sync/webhooks.ts';
import { buildWorkspaces } from './tables/workspaces.ts';
import { buildManyWrites } from './tables/writes/many-writes.ts';
import { buildWriteSteps } from './tables/writes/write-steps.ts';
import { buildWrites, findWrite } from './tables/writes/writes.ts';

export type StoreOptions = {
  /** `postgres://…` or `postgresql://…`. Without it, SQLite in `{dataDir}/ledgerside.db`. */
  databaseUrl?: string | undefined;
  dataDir: string;
  /** Receives errors that belong to no call, such as an idle connection that broke. */
  onError: ErrorListener;
};

/**
 * Opens the database and brings its tables up to date. Rejects with `unavailable` and the cause if that fails. So does
 * every call of the store while the database is unavailable or busy.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const database = await openDatabase(options);
  const { db } = database;
  return {
    ...buildRepositories(db),
    ...buildUpkeep(database),
    // SQLite runs in this thread: more would hold up other requests for over 6 ms. On Postgres others go on.
    rowsTogether: database.dialect === 'sqlite' ? 70 : 125,
    together: (work) => inTransaction(db, (transaction) => work(buildRepositories(transaction))),
  };
}

async function openDatabase({ databaseUrl, dataDir, onError }: StoreOptions): Promise<Database> {
  try {
    if (databaseUrl !== undefined) return await openPostgresDatabase(databaseUrl, onError);
    return await openMigratedSqlite(dataDir);
  } catch (error) {
    const cause = error instanceof AppError ? error.cause : error;
    const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
    const name = databaseUrl === undefined ? 'SQLite database' : 'Postgres database';
    throw new AppError('unavailable', { detail: `The ${name} could not be opened: ${reason}`, cause });
  }
}

async function openMigratedSqlite(dataDir: string): Promise<Database> {
  const database = openSqliteDatabase(dataDir);
  try {
    await migrate(database.db, database.dialect);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

function buildRepositories(db: Kysely<Schema>): Repositories {
  return {
    workspaces: buildWorkspaces(db),
    connections: buildConnectionTable(db),
    sessions: buildSessionTable(db),
    oneTime: buildOneTime(db),
    links: buildLinks(db),
    dealDocuments: buildDealDocuments(db),
    access: buildAccess(db),
    defaults: buildDefaults(db),
    writes: { ...buildWrites(db), ...buildManyWrites(db) },
    steps: buildWriteSteps(db, (id) => findWrite(db, id)),
    audit: buildAudit(db),
    records: buildRecords(db),
    syncRules: buildSyncRules(db),
    syncMapping: buildSyncMapping(db),
    runs: buildRuns(db),
    changes: buildChanges(db),
    webhooks: buildWebhooks(db),
    readers: buildReaders(db),
    sealed: buildSealedTexts(db),
  };
}

function buildUpkeep({
  db,
  holdProcessLock,
  close,
}: Database): Pick<Store, 'removeExpired' | 'distrustCopy' | 'holdProcessLock' | 'ping' | 'close'> {
  return {
    removeExpired: async ({ used, asked }) => {
      await db.deleteFrom('sessions').where('expires_at', '<', used).execute();
      await db.deleteFrom('one_time').where('kind', '=', 'jti').where('expires_at', '<', used).execute();
      await db.deleteFrom('one_time').where('expires_at', '<', asked).execute();
    },
    distrustCopy: (at) => distrustCopy(db, at),
    holdProcessLock,
    ping: async () => {
      await sql`select 1`.execute(db);
    },
    close,
  };
}
