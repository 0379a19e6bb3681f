import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import type { Schema, WriteStepTable } from '../../schema.ts';
import type { Store, WriteRow, WriteStepRow } from '../../store.ts';
import { isLeaseFree, releaseLease } from '../lease.ts';

/** Steps whose outcome is unknown. The other states are final. */
const unfinishedStates = ['pending', 'undecided'];

export function buildWriteSteps(
  db: Kysely<Schema>,
  findWrite: (id: string) => Promise<WriteRow | undefined>,
): Store['steps'] {
  return {
    list: async (writeId) => {
      const rows = await db.selectFrom('write_steps').selectAll().where('write_id', '=', writeId).execute();
      return rows.map(toStep);
    },
    listPending: async ({ after, before, ahead }, limit) => {
      const rows = await db
        .selectFrom('write_steps')
        .selectAll()
        .where('state', '=', 'pending')
        .where('created_at', '>=', after)
        .where((row) => row.or([row('created_at', '<', before), row('created_at', '>', ahead)]))
        .orderBy('created_at')
        .orderBy('id')
        .limit(limit)
        .execute();
      const found = await Promise.all(
        rows.map(async (row) => ({ step: toStep(row), write: await findWrite(row.write_id) })),
      );
      return found.flatMap(({ step, write }) => (write ? [{ step, write }] : []));
    },
    takeLease: async (id, lease) => {
      const row = await updateUnfinished(db, id)
        .set({ lease_owner: lease.owner, lease_until: lease.until })
        .where(isLeaseFree(lease))
        .returningAll()
        .executeTakeFirst();
      return row && toStep(row);
    },
    releaseLease: (id, owner) => releaseLease(db, 'write_steps', { id, owner }),
    markSent: async (id, { owner, now, until }) => {
      const query = updateUnfinished(db, id)
        .set({ sent_at: sql<string>`coalesce(sent_at, ${now})`, lease_until: until })
        .where('lease_owner', '=', owner);
      return (await query.executeTakeFirst()).numUpdatedRows > 0n;
    },
    close: async (id, state, at) => {
      await updateUnfinished(db, id).set({ state, settled_at: at }).execute();
    },
  };
}

function updateUnfinished(db: Kysely<Schema>, id: string) {
  return db.updateTable('write_steps').where('id', '=', id).where('state', 'in', unfinishedStates);
}

export function toStepRow(step: WriteStepRow): WriteStepTable {
  return {
    id: step.id,
    write_id: step.writeId,
    name: step.name,
    state: step.state,
    request: step.request,
    created_at: step.createdAt,
    sent_at: step.sentAt,
    settled_at: step.closedAt,
    lease_owner: null,
    lease_until: null,
  };
}

const nameSchema = z.enum(['history', 'email', 'mark_invoiced']);
const stateSchema = z.enum(['pending', 'done', 'changed', 'failed', 'undecided']);

function toStep(row: WriteStepTable): WriteStepRow {
  return {
    id: row.id,
    writeId: row.write_id,
    name: nameSchema.parse(row.name),
    state: stateSchema.parse(row.state),
    request: row.request,
    createdAt: row.created_at,
    sentAt: row.sent_at,
    closedAt: row.settled_at,
  };
}
