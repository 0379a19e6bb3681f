import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listDocumentsRoute } from '#shared/contract/documents.ts';
import { getViewRoute, type SessionView } from '#shared/contract/session/view.ts';
import type { CompanyView } from '#shared/contract/view.ts';
import { presets } from '#test/support/people/admin.ts';
import { addLinkedPeople, type Person } from '#test/support/people/people.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
  await app.admin.grant({ ben: presets.full, priya: presets.full });
});
afterAll(() => app.stop());
beforeEach(() => app.advanceSeconds(61));

function reach() {
  return { store: app.deps.store, control: app.control, workspaceId: app.workspace.id };
}
function open(people: readonly Person[], userId = 'priya') {
  const contacts = people.map(({ id, name }) => ({ id, name }));
  return app.visit({ userId, recordType: 'company', recordId: '501', claims: { contacts } });
}
function asCompany(view: SessionView | null): CompanyView {
  if (view?.status !== 'company') throw new Error(`no company: ${JSON.stringify(view).slice(0, 300)}`);
  return view;
}
async function countCalls() {
  const names = (await app.control.requests()).map(({ path }) => path.replace('/api.xro/2.0/', ''));
  const count = (name: string) => names.filter((one) => one === name).length;
  return { Invoices: count('Invoices'), Quotes: count('Quotes'), all: names.length };
}

describe('a company of 200 people', () => {
  test('a cold view takes five Invoices calls and all open quotes, a warm none', async () => {
    const people = await addLinkedPeople(reach(), 200);
    await app.control.clearRequests();
    const session = await open(people);
    const cold = await countCalls();
    expect(cold.Invoices).toBe(5);
    expect(cold.Quotes).toBeLessThanOrEqual(4);
    const view = asCompany(session.opened.view);
    expect(view.members).toHaveLength(200);
    expect(view.summary).toMatchObject({
      outstandingInvoices: { count: 200, totals: [{ currency: 'AUD', amount: '2002.00' }] },
      openQuotes: { count: 50, totals: [{ currency: 'AUD', amount: '150.00' }] },
    });
    await app.control.clearRequests();
    await session.call(getViewRoute);
    const page = await session.call(listDocumentsRoute, { query: { kind: 'invoice', page: '4' } });
    expect(page).toMatchObject({ total: 200, pageCount: 4, documents: expect.objectContaining({ length: 50 }) });
    expect((await countCalls()).all).toBe(0);
    const closed = await session.call(listDocumentsRoute, { query: { kind: 'invoice', closed: 'true' } });
    expect(closed.total).toBe(0);
    expect((await countCalls()).Invoices).toBe(5);
  }, 60_000);
});

describe('two users who see different people', () => {
  test('two people see figures of their own people only', async () => {
    const people = await addLinkedPeople(reach(), 5);
    const [mine, theirs] = [people.slice(0, 2), people.slice(1, 5)];
    const [ben, priya] = await Promise.all([open(mine, 'ben'), open(theirs, 'priya')]);
    for (const [session, own] of [
      [ben, mine],
      [priya, theirs],
    ] as const) {
      for (const _ of [1, 2]) {
        const view = asCompany(await session.call(getViewRoute));
        expect(view.members.map(({ contact }) => contact.id).sort()).toEqual(own.map((one) => one.contactId).sort());
        expect(view.summary?.outstandingInvoices).toMatchObject({ count: own.length });
      }
    }
    const stranger = theirs.at(-1);
    const body = JSON.stringify(await ben.call(getViewRoute));
    expect(body).not.toContain(stranger?.contactId);
    expect(body).not.toContain(stranger?.name);
    const listed = await ben.call(listDocumentsRoute, { query: { kind: 'invoice' } });
    expect(listed.total).toBe(2);
    const path = `/api/documents?kind=invoice&contactId=${stranger?.contactId}`;
    expect((await ben.send('GET', path)).status).toBe(404);
  });
});
