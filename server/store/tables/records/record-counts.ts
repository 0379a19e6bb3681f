import type { Kysely } from 'kysely';
import type { Schema } from '../../schema.ts';
import { inWorkspace } from './record-row.ts';
import type { RecordCounts } from './record-store.ts';

/** The states that ask for something, or wait for it. */
const openStates = ['problem', 'question', 'waiting'];

export function buildRecordCounts(db: Kysely<Schema>): RecordCounts {
  return {
    countStates: async (where) => {
      const rows = await inWorkspace(db.selectFrom('records'), where)
        .select(['kind', 'state'])
        .select(({ fn }) => fn.countAll().as('count'))
        .groupBy(['kind', 'state'])
        .execute();
      return rows.map((row) => ({ ...row, count: Number(row.count) }));
    },
    countCauses: async (where) => {
      const rows = await inWorkspace(db.selectFrom('records'), where)
        .where('code', 'is not', null)
        .where('state', 'in', openStates)
        .select(['code', 'state', 'kind', 'blocked_on'])
        .select(({ fn }) => fn.countAll().as('count'))
        // In the order of an index, which makes this a single walk through it.
        .groupBy(['code', 'state', 'kind', 'blocked_on'])
        .execute();
      return rows.map(({ blocked_on, code, ...row }) => ({
        ...row,
        code: code ?? '',
        blockedOn: blocked_on,
        count: Number(row.count),
      }));
    },
    countDays: async ({ workspaceId, organisationId }, since) => {
      return db
        .selectFrom('sync_days')
        .select(['kind', 'day', 'state', 'count'])
        .where('workspace_id', '=', workspaceId)
        .where('organisation_id', '=', organisationId)
        .where('day', '>=', since)
        .execute();
    },
  };
}
