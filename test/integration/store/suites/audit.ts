import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import Libsql from 'libsql';
import { Client } from 'pg';
import { describe, expect, test } from 'vitest';
import type { Store } from '#server/store/store.ts';
import type { AuditRow } from '#server/store/tables/audit-store.ts';
import type { StoreContext } from './backends.ts';
import { at, newAudit } from './rows.ts';

export function auditSuite({ store, options }: StoreContext): void {
  /** Directly in the database, as somebody with its password could. */
  const runStatement = async (statement: string): Promise<void> => {
    const { databaseUrl, dataDir } = options();
    if (databaseUrl === undefined) {
      const sqlite = new Libsql(join(dataDir, 'ledgerside.db'));
      try {
        sqlite.exec(statement);
      } finally {
        sqlite.close();
      }
      return;
    }
    const client = new Client(databaseUrl);
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };

  describe('audit', () => {
    test('pages of any size add up to the whole list, newest first', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 12 }),
          fc.integer({ min: 1, max: 5 }),
          async (minutes, limit) => {
            const workspaceId = randomUUID();
            const rows = minutes.map((minute) => newAudit({ workspaceId, at: at(minute) }));
            for (const row of rows) await store().audit.append(row);
            const expected = rows.toSorted((a, b) => (a.at + a.id < b.at + b.id ? 1 : -1));
            expect(await readInPages(store(), workspaceId, limit)).toEqual(expected);
          },
        ),
        { numRuns: 15 },
      );
    });

    test('another workspace’s row id reveals nothing', async () => {
      const [mine, foreign] = [newAudit(), newAudit()];
      await store().audit.append(mine);
      await store().audit.append(foreign);
      expect(await store().audit.list(mine.workspaceId, { limit: 10, before: foreign.id })).toEqual([]);
    });

    test('a row may have no record', async () => {
      const row = newAudit({ record: null, contactId: null, organisationId: null });
      await store().audit.append(row);
      expect(await store().audit.list(row.workspaceId, { limit: 10 })).toEqual([row]);
    });

    test('the database refuses to change or remove rows', async () => {
      const row = newAudit();
      await store().audit.append(row);
      const replacing =
        options().databaseUrl === undefined
          ? `insert or replace into audit (id, workspace_id, organisation_id, at, user_id, user_name, action,
             record_type, record_id, contact_id, document_id, outcome, request_id) select id, workspace_id, organisation_id, at, 'x', user_name, action,
             record_type, record_id, contact_id, document_id, outcome, request_id from audit where id = '${row.id}'`
          : 'truncate audit';
      for (const statement of [
        `update audit set outcome = 'nothing happened' where id = '${row.id}'`,
        `delete from audit where id = '${row.id}'`,
        replacing,
      ]) {
        await expect(runStatement(statement)).rejects.toThrow('audit is append only');
      }
      expect(await store().audit.list(row.workspaceId, { limit: 10 })).toEqual([row]);
    });
  });
}

export function narrowedAuditSuite({ store }: StoreContext): void {
  describe('audit, narrowed', () => {
    test('pages for a person and an action contain only those', async () => {
      const workspaceId = randomUUID();
      const rows = [0, 1, 2, 3, 4, 5].map((minute) =>
        newAudit({
          workspaceId,
          at: at(minute),
          userId: minute % 2 ? 'u-1' : 'u-2',
          action: minute < 3 ? 'link' : 'unlink',
        }),
      );
      for (const row of rows) await store().audit.append(row);
      const read = async (filter: { userId?: string; action?: string }) =>
        (await store().audit.list(workspaceId, { ...filter, limit: 10 })).map((row) =>
          rows.indexOf(rows.find(({ id }) => id === row.id) ?? row),
        );
      expect(await read({ userId: 'u-1' })).toEqual([5, 3, 1]);
      expect(await read({ action: 'link' })).toEqual([2, 1, 0]);
      expect(await read({ userId: 'u-2', action: 'unlink' })).toEqual([4]);
      const page = { userId: 'u-1', limit: 1, before: rows[5]?.id ?? '' };
      expect(await store().audit.list(workspaceId, page)).toEqual([rows[3]]);
    });

    test('lists each person once, by their latest name', async () => {
      const workspaceId = randomUUID();
      const people = [
        { userId: 'u-1', userName: 'Sam Seller', at: at(0) },
        { userId: 'u-1', userName: 'Sam Wed', at: at(9) },
        { userId: 'u-2', userName: 'Ada Admin', at: at(5) },
      ];
      for (const person of people) await store().audit.append(newAudit({ workspaceId, ...person }));
      await store().audit.append(newAudit({ userId: 'u-1', userName: 'Of another workspace', at: at(9) }));
      expect(await store().audit.listUsers(workspaceId)).toEqual([
        { id: 'u-2', name: 'Ada Admin' },
        { id: 'u-1', name: 'Sam Wed' },
      ]);
    });
  });
}

async function readInPages(store: Store, workspaceId: string, limit: number): Promise<AuditRow[]> {
  const rows: AuditRow[] = [];
  for (;;) {
    const last = rows.at(-1);
    const page = await store.audit.list(workspaceId, last === undefined ? { limit } : { limit, before: last.id });
    if (page.length === 0) return rows;
    rows.push(...page);
  }
}
