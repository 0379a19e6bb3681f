import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { getChoicesRoute } from '#shared/contract/choices.ts';
import { presets } from '#test/support/people/admin.ts';
import { newDocument, sendDocument } from '#test/support/people/documents.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let contactId: string;
beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
  await app.admin.grant({ ben: presets.full });
  ({ contactId } = await app.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd'));
});
afterAll(() => app.stop());
// A new minute, so that each test has Xero's full limit.
beforeEach(() => app.advanceSeconds(61));

test('reads each list once in ten minutes, but the contact each time', async () => {
  const session = await app.visit({ userId: 'ben', recordType: 'contact', recordId: '1001' });
  await app.control.clearRequests();
  const [first] = await Promise.all([1, 2, 3].map(() => session.call(getChoicesRoute, { query: { contactId } })));
  const asked = async () => (await app.control.requests()).map(({ path }) => path.split('/')[3] ?? '').toSorted();
  const lists = ['Accounts', 'BrandingThemes', 'Currencies', 'Items', 'Organisation', 'TaxRates', 'TrackingCategories'];
  expect((await asked()).filter((path) => path !== 'Contacts')).toEqual(lists);
  expect(first?.accounts.map(({ code }) => code)).toContain('200');
  // Archived in Xero.
  expect(first?.accounts.map(({ code }) => code)).not.toContain('477');
  expect(first?.contact).toMatchObject({ id: contactId, name: 'Harbour Lights Pty Ltd', isArchived: false });
  expect(first?.deal).toBeNull();
  await app.control.clearRequests();
  await session.call(getChoicesRoute);
  expect(await asked()).toEqual([]);
});

test('a deal’s line that was invoiced is marked and not taken again', async () => {
  const deal = await app.visit({ userId: 'ben', recordType: 'deal', recordId: '9001' });
  const before = await deal.call(getChoicesRoute, { query: { contactId } });
  expect(before.deal?.lines.map(({ quantity }) => quantity)).toEqual(['12', '10']);
  const date = before.organisation.today;
  const save = (fromDealLines: number[]) =>
    sendDocument(deal, {
      path: '/api/invoices',
      key: randomUUID(),
      body: newDocument(contactId, { date, fromDealLines }),
    });
  const saved = await save([0]);
  expect(saved).toMatchObject({ status: 201 });
  const { id, number } = saved.body.document as { id: string; number: string };
  expect((await deal.call(getChoicesRoute)).deal?.invoiced).toEqual([{ index: 0, number }]);
  expect(await save([1, 0])).toMatchObject({ status: 422, body: { errors: [{ path: 'fromDealLines.1' }] } });
  const path = `/api/invoices/${id}/actions`;
  expect(await sendDocument(deal, { path, key: randomUUID(), body: { action: 'delete' } })).toMatchObject({
    status: 200,
  });
  expect((await deal.call(getChoicesRoute)).deal?.invoiced).toEqual([]);
});
