import type { Kysely } from 'kysely';
import type { Schema } from '../schema.ts';

/**
 * `connectedBefore`: since when a connection that was never looked at has been left alone. `latest`: no look that is
 * planned now is later; one that is was planned before the clock was set back, and is due. Instants.
 */
export type DueLooks = { now: string; connectedBefore: string; latest: string };

export type LookStore = {
  /** Running connections that are due for a look; one never looked at is due by when it was made. */
  listDueLooks(due: DueLooks, limit: number): Promise<string[]>;
  /** Of several processes one gets the look, and says when the next one is due. */
  claimLook(workspaceId: string, due: DueLooks, nextAt: string): Promise<boolean>;
  /** Xero refused a call and nobody could say why: a running connection is looked at by `lookAt`, as `doubted`. */
  doubt(workspaceId: string, lookAt: string): Promise<void>;
};

/** Which running connections Xero is asked about behind everybody's back, and which process asks. */
export const buildLooks = (db: Kysely<Schema>): LookStore => ({
  listDueLooks: async (due, limit) => {
    const rows = await selectDue(db, due)
      .select('workspace_id')
      .orderBy('next_look_at')
      .orderBy('workspace_id')
      .limit(limit)
      .execute();
    return rows.map((row) => row.workspace_id);
  },
  claimLook: async (workspaceId, due, nextAt) => {
    const claimed = await db
      .updateTable('connections')
      .set({ next_look_at: nextAt, reason: null })
      .where('workspace_id', 'in', selectDue(db, due).select('workspace_id').where('workspace_id', '=', workspaceId))
      // Read again under the row's lock: of two processes the second finds it taken.
      .where((row) =>
        row.or([
          row('next_look_at', 'is', null),
          row('next_look_at', '<=', due.now),
          row('next_look_at', '>', due.latest),
        ]),
      )
      .executeTakeFirst();
    return claimed.numUpdatedRows > 0n;
  },
  doubt: async (workspaceId, lookAt) => {
    await db
      .updateTable('connections')
      .set({ next_look_at: lookAt, reason: 'doubted' })
      .where('workspace_id', '=', workspaceId)
      .where('status', '=', 'running')
      .where((row) => row.or([row('next_look_at', 'is', null), row('next_look_at', '>', lookAt)]))
      .execute();
  },
});

const selectDue = (db: Kysely<Schema>, { now, connectedBefore, latest }: DueLooks) =>
  db
    .selectFrom('connections')
    .where('status', '=', 'running')
    .where((row) =>
      row.or([
        row('next_look_at', '<=', now),
        row('next_look_at', '>', latest),
        row.and([row('next_look_at', 'is', null), row('connected_at', '<=', connectedBefore)]),
      ]),
    );
