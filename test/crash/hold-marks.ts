import { Client } from 'pg';
import { waitUntil } from '#test/support/wait-until.ts';

/** Holds back the next mark "sent now" until released, so that a process can be suspended just after it. */
export type HeldMarks = {
  hold(): Promise<void>;
  /** Resolves when a mark is waiting. */
  waitForOne(): Promise<void>;
  letGo(): Promise<void>;
  close(): Promise<void>;
};

const lockKey = 4711;

/** A trigger that waits for a Postgres lock, which is held from here. */
export async function openHeldMarks(databaseUrl: string): Promise<HeldMarks> {
  const client = new Client(databaseUrl);
  await client.connect();
  await client.query(`
    create function hold_marks() returns trigger language plpgsql as $$
    begin perform pg_advisory_xact_lock_shared(${lockKey}); return new; end $$;
    create trigger hold_marks before update of sent_at on writes for each row
      when (new.sent_at is distinct from old.sent_at) execute function hold_marks();`);
  const isWaiting = async (): Promise<boolean> => {
    const waiting = `select 1 from pg_locks where locktype = 'advisory' and objid = ${lockKey} and not granted`;
    return ((await client.query(waiting)).rowCount ?? 0) > 0;
  };
  return {
    hold: async () => {
      await client.query(`select pg_advisory_lock(${lockKey})`);
    },
    waitForOne: () => waitUntil(isWaiting, 'a write to be marked as sent'),
    letGo: async () => {
      await client.query(`select pg_advisory_unlock(${lockKey})`);
    },
    close: () => client.end(),
  };
}
