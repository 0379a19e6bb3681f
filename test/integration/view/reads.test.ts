import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { getViewRoute } from '#shared/contract/session/view.ts';
import { presets } from '#test/support/people/admin.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
  await app.admin.grant({ priya: presets.full });
  await app.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
  await app.admin.link({ type: 'company', id: '501' }, 'Harbour Lights Pty Ltd');
});
afterAll(() => app.stop());

/** How often each table that a view depends on is read during `work`. */
async function countReads(work: () => Promise<unknown>) {
  const { connections, links, writes, dealDocuments } = app.deps.store;
  const read = {
    connection: [vi.spyOn(connections, 'find')],
    links: [vi.spyOn(links, 'find'), vi.spyOn(links, 'list')],
    unfinishedWrites: [vi.spyOn(writes, 'listUnfinished')],
    chosenDocuments: [vi.spyOn(dealDocuments, 'list')],
  };
  await work();
  const counts = Object.fromEntries(
    Object.entries(read).map(([name, spies]) => [name, spies.reduce((sum, { mock }) => sum + mock.calls.length, 0)]),
  );
  vi.restoreAllMocks();
  return counts;
}

test.each([
  { recordType: 'contact', recordId: '1001', links: 1, chosenDocuments: 0 },
  // An unlinked contact has suggestions, which begin with its company's link.
  { recordType: 'contact', recordId: '1004', links: 2, chosenDocuments: 0 },
  { recordType: 'company', recordId: '501', links: 1, chosenDocuments: 0 },
  { recordType: 'deal', recordId: '9001', links: 1, chosenDocuments: 1 },
])('the view of $recordType $recordId reads each of its facts once', async ({ links, chosenDocuments, ...record }) => {
  const session = await app.visit({ userId: 'priya', ...record });
  const once = { connection: 1, links, unfinishedWrites: 1, chosenDocuments };
  expect(await countReads(() => session.call(getViewRoute, { query: { fresh: 'true' } }))).toEqual(once);
  expect(await countReads(() => session.call(getViewRoute))).toEqual(once);
});
