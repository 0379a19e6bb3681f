import { type Kysely, type Migration, Migrator, sql } from 'kysely';
import type { Dialect } from './database.ts';
import { buildFirstMigration } from './migrations/0001-first.ts';
import { buildWriteStepsMigration } from './migrations/0002-write-steps.ts';
import { buildWriteClaimsMigration } from './migrations/0003-write-claims.ts';
import { buildLooksAndAuditMigration } from './migrations/0004-looks-and-audit.ts';
import { buildArchivedContactsMigration } from './migrations/0005-archived-contacts.ts';
import { buildGenerationsMigration } from './migrations/0006-generations.ts';
import { buildRecordsMigration } from './migrations/0007-records.ts';
import { buildSyncMigration } from './migrations/0008-sync.ts';
import { buildWriteCallsMigration } from './migrations/0009-write-calls.ts';
import { buildPendingRecordsMigration } from './migrations/0010-pending-records.ts';
import { buildReadersMigration } from './migrations/0011-readers.ts';
import type { Schema } from './schema.ts';

/** Migrations run in the order of their names. A released migration is never edited. */
function migrationsFor(dialect: Dialect): Record<string, Migration> {
  return {
    '0001-first': buildFirstMigration(dialect),
    '0002-write-steps': buildWriteStepsMigration(),
    '0003-write-claims': buildWriteClaimsMigration(),
    '0004-looks-and-audit': buildLooksAndAuditMigration(),
    '0005-archived-contacts': buildArchivedContactsMigration(),
    '0006-generations': buildGenerationsMigration(),
    '0007-records': buildRecordsMigration(dialect),
    '0008-sync': buildSyncMigration(),
    '0009-write-calls': buildWriteCallsMigration(),
    '0010-pending-records': buildPendingRecordsMigration(),
    '0011-readers': buildReadersMigration(),
  };
}

/**
 * Brings the tables up to date. When several processes start together, one migrates and the others wait. Rejects with a
 * plain message if a newer release has already migrated the database, because this release could misread it.
 */
export async function migrate(db: Kysely<Schema>, dialect: Dialect): Promise<void> {
  const migrations = migrationsFor(dialect);
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const newer = findUnknownMigration(await listApplied(db).catch(() => []));
  throw newer === undefined ? error : new Error(newerReleaseWords(newer), { cause: error });
}

/** Finds an applied migration that this release does not have. */
export function findUnknownMigration(applied: readonly string[]): string | undefined {
  const known = Object.keys(migrationsFor('sqlite'));
  return applied.find((name) => !known.includes(name));
}

export function newerReleaseWords(migration: string): string {
  return (
    `a newer release of Ledgerside has used it and changed its tables (${migration}), which this release cannot read. ` +
    'Start that release or a later one, or restore a backup from before the upgrade.'
  );
}

async function listApplied(db: Kysely<Schema>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}
