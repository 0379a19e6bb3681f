import type { Kysely } from 'kysely';
import { nextTurn } from '#server/next-turn.ts';
import type { Schema } from '../../schema.ts';
import type { Instant } from '../../store.ts';

/** So many deletions take about 5 ms on SQLite, during which no other request runs. */
const removedPerStatement = 500;
const runsPerRound = 100;

/** Returns how many runs were removed. A run goes last, so that nobody loses its rows when this is interrupted. */
export async function removeRunsBefore(db: Kysely<Schema>, at: Instant): Promise<number> {
  let removed = 0;
  let ids: string[];
  do {
    ids = await listOldRuns(db, at);
    for (const id of ids) {
      await removeRows(db, id);
      await db.deleteFrom('runs').where('id', '=', id).execute();
    }
    removed += ids.length;
  } while (ids.length === runsPerRound);
  return removed;
}

/** The last run of each type stays, however old it is. */
async function listOldRuns(db: Kysely<Schema>, at: Instant): Promise<string[]> {
  const rows = await db
    .selectFrom('runs')
    .select('id')
    .where('status', 'in', ['done', 'cancelled', 'failed'])
    .where('started_at', '<', at)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('runs as later')
          .select('later.id')
          .whereRef('later.workspace_id', '=', 'runs.workspace_id')
          .whereRef('later.organisation_id', '=', 'runs.organisation_id')
          .whereRef('later.type', '=', 'runs.type')
          .whereRef('later.started_at', '>', 'runs.started_at'),
      ),
    )
    .orderBy('started_at')
    .limit(runsPerRound)
    .execute();
  return rows.map(({ id }) => id);
}

async function removeRows(db: Kysely<Schema>, runId: string): Promise<void> {
  let count: number;
  do {
    const rows = await db
      .selectFrom('run_rows')
      .select(['kind', 'record_key'])
      .where('run_id', '=', runId)
      .orderBy('kind')
      .orderBy('record_key')
      .limit(removedPerStatement)
      .execute();
    const [last] = rows.slice(-1);
    count = rows.length;
    if (last) {
      await db
        .deleteFrom('run_rows')
        .where('run_id', '=', runId)
        .where(({ eb, refTuple, tuple }) => eb(refTuple('kind', 'record_key'), '<=', tuple(last.kind, last.record_key)))
        .execute();
    }
    await nextTurn();
  } while (count === removedPerStatement);
}
