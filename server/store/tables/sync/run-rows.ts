import type { Kysely, Selectable } from 'kysely';
import { chunksOf } from '../../in-chunks.ts';
import { inTransaction } from '../../in-transaction.ts';
import type { Schema } from '../../schema.ts';
import type { RunRecordRow, RunStore } from './run-store.ts';
import type { RunRowTable } from './sync-tables.ts';

const rowsPerStatement = 500;

/** The records of a run. */
export function buildRunRows(db: Kysely<Schema>): Pick<RunStore, 'putRows' | 'findRow' | 'listRows' | 'countRows'> {
  return {
    putRows: (runId, rows) => inTransaction(db, (transaction) => putRows(transaction, runId, rows)),
    findRow: async (runId, { kind, key }) => {
      const row = await db
        .selectFrom('run_rows')
        .selectAll()
        .where('run_id', '=', runId)
        .where('kind', '=', kind)
        .where('record_key', '=', key)
        .executeTakeFirst();
      return row && toRecordRow(row);
    },
    listRows: async (runId, { kinds, outcomes, isDone }, { limit, after }) => {
      let query = db.selectFrom('run_rows').selectAll().where('run_id', '=', runId);
      if (kinds) query = query.where('kind', 'in', kinds);
      if (outcomes) query = query.where('outcome', 'in', outcomes);
      if (isDone !== undefined) query = query.where('done', '=', isDone ? 1 : 0);
      if (after) {
        query = query.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('kind', 'record_key'), '>', tuple(after.kind, after.key)),
        );
      }
      return (await query.orderBy('kind').orderBy('record_key').limit(limit).execute()).map(toRecordRow);
    },
    countRows: async (runId) => {
      const rows = await db
        .selectFrom('run_rows')
        .where('run_id', '=', runId)
        .select(['outcome', 'done'])
        .select(({ fn }) => fn.countAll().as('count'))
        .groupBy(['outcome', 'done'])
        .execute();
      return rows.map(({ outcome, done, count }) => ({ outcome, isDone: done === 1, count: Number(count) }));
    },
  };
}

async function putRows(db: Kysely<Schema>, runId: string, rows: readonly RunRecordRow[]): Promise<void> {
  for (const chunk of chunksOf(rows, rowsPerStatement)) {
    await db
      .insertInto('run_rows')
      .values(chunk.map((row) => toTable(runId, row)))
      .onConflict((conflict) =>
        conflict.columns(['run_id', 'kind', 'record_key']).doUpdateSet(({ ref }) => ({
          crm_id: ref('excluded.crm_id'),
          xero_id: ref('excluded.xero_id'),
          outcome: ref('excluded.outcome'),
          done: ref('excluded.done'),
          details: ref('excluded.details'),
        })),
      )
      .execute();
  }
}

function toTable(runId: string, row: RunRecordRow): RunRowTable {
  return {
    run_id: runId,
    kind: row.kind,
    record_key: row.key,
    crm_id: row.crmId,
    xero_id: row.xeroId,
    outcome: row.outcome,
    done: row.isDone ? 1 : 0,
    details: row.details,
  };
}

function toRecordRow(row: Selectable<RunRowTable>): RunRecordRow {
  return {
    kind: row.kind,
    key: row.record_key,
    crmId: row.crm_id,
    xeroId: row.xero_id,
    outcome: row.outcome,
    isDone: row.done === 1,
    details: row.details,
  };
}
