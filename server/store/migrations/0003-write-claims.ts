import type { Kysely, Migration } from 'kysely';

/**
 * Adds names that only one write at a time may hold: a line of a deal, a supplier's number, a quote being converted.
 */
export function buildWriteClaimsMigration(): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      await db.schema
        .createTable('write_claims')
        .addColumn('organisation_id', 'text', (column) => column.notNull())
        .addColumn('claim', 'text', (column) => column.notNull())
        .addColumn('write_id', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('write_claims_pk', ['organisation_id', 'claim'])
        .execute();
      await db.schema.createIndex('write_claims_by_write').on('write_claims').column('write_id').execute();
    },
  };
}
