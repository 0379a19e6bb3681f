import { type Kysely, type Migration, Migrator } from 'kysely';
import type { Dialect } from './database.ts';
import { buildFirstMigration } from './migrations/0001-first.ts';
import { buildWriteStepsMigration } from './migrations/0002-write-steps.ts';
import { buildWriteClaimsMigration } from './migrations/0003-write-claims.ts';
import { buildLooksAndAuditMigration } from './migrations/0004-looks-and-audit.ts';
import { buildArchivedContactsMigration } from './migrations/0005-archived-contacts.ts';
import { buildGenerationsMigration } from './migrations/0006-generations.ts';
import type { Schema } from './schema.ts';

/** Names sort in the order they run in; a migration that has been released is never edited. */
const migrationsFor = (dialect: Dialect): Record<string, Migration> => ({
  '0001-first': buildFirstMigration(dialect),
  '0002-write-steps': buildWriteStepsMigration(),
  '0003-write-claims': buildWriteClaimsMigration(),
  '0004-looks-and-audit': buildLooksAndAuditMigration(),
  '0005-archived-contacts': buildArchivedContactsMigration(),
  '0006-generations': buildGenerationsMigration(),
});

/** Brings the tables up to date; of processes that start together one does it and the others wait for it. */
export const migrate = async (db: Kysely<Schema>, dialect: Dialect): Promise<void> => {
  const provider = { getMigrations: async () => migrationsFor(dialect) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error !== undefined) throw error;
};
