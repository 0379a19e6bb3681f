import type { Kysely } from 'kysely';
import type { Schema } from '../schema.ts';

/**
 * Instants. `connectedBefore`: a connection without a check is due if it was made before this. `latest`: no check
 * planned now is later than this. A later one was planned before the clock was set back, so it is due.
 */
export type DueChecks = { now: string; connectedBefore: string; latest: string };

export type CheckStore = {
  /** Running connections that are due for a check. A connection that was never checked is due by its age. */
  listDueChecks(due: DueChecks, limit: number): Promise<string[]>;
  /** Lets one of several processes do the check and sets when the next one is due. */
  claimCheck(workspaceId: string, due: DueChecks, nextAt: string): Promise<boolean>;
  /**
   * Plans a check by `checkAt` and marks a running connection as `doubted`, because Xero refused a call for an unknown
   * reason.
   */
  doubt(workspaceId: string, checkAt: string): Promise<void>;
};

/** Decides which running connections are checked in the background, and which process checks them. */
export function buildConnectionChecks(db: Kysely<Schema>): CheckStore {
  return {
    listDueChecks: async (due, limit) => {
      const rows = await selectDue(db, due)
        .select('workspace_id')
        .orderBy('next_look_at')
        .orderBy('workspace_id')
        .limit(limit)
        .execute();
      return rows.map((row) => row.workspace_id);
    },
    claimCheck: async (workspaceId, due, nextAt) => {
      const claimed = await db
        .updateTable('connections')
        .set({ next_look_at: nextAt, reason: null })
        .where('workspace_id', 'in', selectDue(db, due).select('workspace_id').where('workspace_id', '=', workspaceId))
        // Checked again under the row's lock: a second process finds it taken.
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
    doubt: async (workspaceId, checkAt) => {
      await db
        .updateTable('connections')
        .set({ next_look_at: checkAt, reason: 'doubted' })
        .where('workspace_id', '=', workspaceId)
        .where('status', '=', 'running')
        .where((row) => row.or([row('next_look_at', 'is', null), row('next_look_at', '>', checkAt)]))
        .execute();
    },
  };
}

function selectDue(db: Kysely<Schema>, { now, connectedBefore, latest }: DueChecks) {
  return db
    .selectFrom('connections')
    .where('status', '=', 'running')
    .where((row) =>
      row.or([
        row('next_look_at', '<=', now),
        row('next_look_at', '>', latest),
        row.and([row('next_look_at', 'is', null), row('connected_at', '<=', connectedBefore)]),
      ]),
    );
}
