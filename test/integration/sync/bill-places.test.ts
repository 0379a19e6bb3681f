import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { storeBills } from '#server/use-cases/sync/bringing/store-bills.ts';
import { type BillDesk, openBillDesk } from '#test/support/people/bill-desk.ts';
import { startPostgres, type TestPostgres } from '#test/support/programs/postgres.ts';
import { startApp } from '#test/support/world/app.ts';

let postgres: TestPostgres;
let desk: BillDesk;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.remove());

async function connect(index: number): Promise<void> {
  const { organisations } = await desk.app.control.seedInfo();
  await desk.app.admin.disconnect();
  await desk.app.admin.connect({ organisations: [organisations[index]?.tenantId ?? ''] });
}

describe.each(['SQLite', 'Postgres'])('bills, on %s', (database) => {
  beforeEach(async () => {
    const databaseUrl = database === 'Postgres' ? await postgres.createDatabase() : undefined;
    desk = await openBillDesk(await startApp({ databaseUrl }));
  });
  afterEach(() => desk.app.stop());

  test('bills of an organisation that was replaced do not reach the CRM, and come when it is back', async () => {
    const { deps } = desk.app;
    const id = await desk.enter();
    const caller = { ...desk.where, priority: 'sync' as const };
    const read = await deps.xero.listBillsSince(caller, {
      since: '2020-01-01T00:00:00Z',
      from: '2030-01-01',
      mostCalls: 3,
    });
    expect(read.bills.map((bill) => bill.id)).toEqual([id]);
    await connect(1);
    await expect(storeBills(deps, read, { where: desk.where })).rejects.toMatchObject({ code: 'not_connected' });
    await desk.app.advanceSeconds(1800);
    await desk.app.advanceSeconds(60);
    expect(await desk.come()).toEqual([]);
    await connect(0);
    await desk.until(async () => (await desk.come()).length > 0, 'the bill');
    expect(await desk.come()).toEqual([id]);
  });

  test('what two processes read at once comes once, and an older reading changes nothing', async () => {
    const { deps } = desk.app;
    const id = await desk.enter();
    const caller = { ...desk.where, priority: 'sync' as const };
    const asked = { since: '2020-01-01T00:00:00Z', from: '2030-01-01', mostCalls: 3 };
    const older = await deps.xero.listBillsSince(caller, asked);
    await desk.app.advanceSeconds(5);
    await desk.edit(id, { DueDate: '2030-07-01' });
    const newer = await deps.xero.listBillsSince(caller, asked);
    await Promise.all([newer, older, newer].map((read) => storeBills(deps, read, { where: desk.where })));
    await storeBills(deps, older, { where: desk.where });
    const told = (await desk.feed()).map(({ type, data }) => [type, 'bill' in data ? data.bill?.dueDate : null]);
    expect(told).toEqual([['new', '2030-07-01']]);
  });
});
