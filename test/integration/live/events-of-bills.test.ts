import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { getChoicesRoute } from '#shared/contract/choices.ts';
import { chooseDocumentsRoute, mostChosenDocuments } from '#shared/contract/documents.ts';
import { type EventListener, listenToEvents } from '#test/support/network/event-listener.ts';
import { presets } from '#test/support/people/admin.ts';
import { newDocument, sendDocument } from '#test/support/people/documents.ts';
import type { Visit, VisitRequest } from '#test/support/people/visit.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let harbourId = '';
let tenantId = '';
let today = '';
const open: EventListener[] = [];
/** Ben may view bills, Priya may not, and Tom may only add them. */
const access = { ben: presets.full, priya: presets.sales, tom: ['view', 'bills'] as const };

beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
  await app.admin.grant(access);
  ({ contactId: harbourId } = await app.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd'));
  tenantId = (await app.control.seedInfo()).organisations[0]?.tenantId ?? '';
  today = (await (await visit('ben')).call(getChoicesRoute)).organisation.today;
});
afterEach(async () => {
  for (const listener of open.splice(0)) {
    listener.close();
    await listener.over;
  }
  await app.advanceSeconds(61);
});
afterAll(() => app?.stop());

function request(userId: string): VisitRequest {
  return { userId, recordType: 'contact', recordId: '1001' };
}
function visit(userId: string): Promise<Visit> {
  return app.visit(request(userId));
}
async function listen(given: VisitRequest): Promise<EventListener> {
  const { opened } = await app.visit(given);
  const listener = await listenToEvents(app.origin, opened.session.token);
  open.push(listener);
  return listener;
}
function countViews(listener: EventListener) {
  return listener.events().filter(({ name }) => name === 'view').length;
}
const toBill = {
  Contact: {
    get ContactID() {
      return harbourId;
    },
  },
  Type: 'ACCPAY' as const,
  Status: 'AUTHORISED' as const,
};
async function readFresh(userId: string) {
  await (await visit(userId)).send('GET', '/api/view?fresh=true');
  await app.deps.ledger.untilIdle();
}

/** Both hear news of invoices, which arrive after all earlier news. */
async function flush(...listeners: EventListener[]): Promise<number[]> {
  const before = listeners.map(countViews);
  await app.advanceSeconds(2);
  await app.deps.news.announce(
    { organisationId: tenantId },
    { kind: 'figures', contactIds: [harbourId], onlyBills: [] },
  );
  await Promise.all(listeners.map((listener, place) => listener.hear('view', (before[place] ?? 0) + 1)));
  return listeners.map((listener) => countViews(listener) - 1);
}

describe('who may not see bills', () => {
  test('a bill found by a load is news only for people who may view bills', async () => {
    await readFresh('ben');
    const priya = await visit('priya');
    const { asOf: _, ...before } = (await priya.send('GET', '/api/view')).body as { asOf: string };
    const [ben, hers] = [await listen(request('ben')), await listen(request('priya'))];
    await app.control.addInvoice({ tenantId, ...toBill, Total: 71 });
    await readFresh('ben');
    await ben.hear('view');
    expect((await priya.send('GET', '/api/view')).body).toMatchObject(before);
    expect(await flush(ben, hers)).toEqual([1, 0]);
  });

  test('an invoice found by a load is news for both', async () => {
    await readFresh('ben');
    const [ben, hers] = [await listen(request('ben')), await listen(request('priya'))];
    await app.control.addInvoice({ tenantId, Contact: { ContactID: harbourId }, Total: 72, Status: 'AUTHORISED' });
    await readFresh('ben');
    await Promise.all([ben.hear('view'), hers.hear('view')]);
  });

  test('a moved bill is news only for people who may view bills', async () => {
    const { InvoiceID } = await app.control.addInvoice({ tenantId, ...toBill, Total: 73 });
    await readFresh('ben');
    const { contactId: nordlys } = await app.admin.link({ type: 'contact', id: '1004' }, 'Nordlys Trading AS');
    const [ben, hers] = [await listen(request('ben')), await listen(request('priya'))];
    await app.control.updateInvoice({ tenantId, InvoiceID, Contact: { ContactID: nordlys } });
    await app.deps.changes.wake(tenantId);
    await app.advanceSeconds(61);
    await ben.hear('view');
    expect((await flush(ben, hers)).map((count) => count > 0)).toEqual([true, false]);
    await app.admin.unlink({ type: 'contact', id: '1004' });
  });

  test.each([
    ['ACCPAYCREDIT', [true, false]],
    ['ACCRECCREDIT', [true, true]],
  ])('unused credit %s is news for: %j', async (Type, told) => {
    await readFresh('ben');
    await app.advanceSeconds(61);
    const [ben, hers] = [await listen(request('ben')), await listen(request('priya'))];
    await app.control.addCreditNote({ tenantId, Contact: { ContactID: harbourId }, Type, Total: 12 });
    await readFresh('ben');
    await ben.hear('view');
    expect((await flush(ben, hers)).map((count) => count > 0)).toEqual(told);
  });

  test('who adds bills without viewing hears only of their own', async () => {
    const lines = [{ description: 'Oak', quantity: '1', unitAmount: '10.00', accountCode: '400', taxType: 'INPUT' }];
    const save = async (userId: string) => {
      const body = newDocument(harbourId, { date: today, dueDate: today, number: `B-${randomUUID()}`, lines });
      return sendDocument(await visit(userId), { path: '/api/bills', key: randomUUID(), body });
    };
    const tom = await listen(request('tom'));
    expect(await save('ben')).toMatchObject({ status: 201 });
    expect(await flush(tom)).toEqual([0]);
    await app.advanceSeconds(2);
    expect(await save('tom')).toMatchObject({ status: 201 });
    await tom.hear('view', 2);
  });
});

describe('bills chosen for a deal', () => {
  const deal = (userId: string): VisitRequest => ({
    ...{ userId, recordType: 'deal', recordId: '9001' },
    claims: { contacts: [{ id: '1001', name: 'Nora', role: 'primary' }] },
  });
  const choose = async (userId: string, kind: 'invoice' | 'bill', id: string) =>
    (await app.visit(deal(userId))).send('PUT', chooseDocumentsRoute.path, { add: [{ kind, id }] });
  const fill = (kind: 'invoice' | 'bill', count: number) =>
    app.deps.store.dealDocuments.change(
      { workspaceId: app.workspace.id, organisationId: tenantId, dealId: '9001' },
      {
        add: Array.from({ length: count }, () => ({
          ...{ workspaceId: app.workspace.id, organisationId: tenantId, dealId: '9001', kind },
          ...{ documentId: randomUUID(), chosenBy: 'ben', chosenAt: '2026-11-01T00:00:00.000Z' },
        })),
        remove: [],
      },
    );

  test('a chosen bill of another contact is no news without viewBills', async () => {
    const { contactId: nordlys } = await app.admin.link({ type: 'contact', id: '1001' }, 'Nordlys Trading AS');
    const { InvoiceID } = await app.control.addInvoice({
      ...{ tenantId, ...toBill, Contact: { ContactID: nordlys }, Total: 74 },
    });
    await readFresh('ben');
    expect((await choose('ben', 'bill', InvoiceID)).status).toBe(200);
    await app.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
    const [ben, hers] = [await listen(deal('ben')), await listen(deal('priya'))];
    await app.deps.news.announce(
      { organisationId: tenantId },
      { kind: 'figures', contactIds: [nordlys], onlyBills: [] },
    );
    await ben.hear('view');
    expect(await flush(ben, hers)).toEqual([1, 0]);
  });

  test('bills at their limit do not stop others’ choices, invoices do', async () => {
    const draft = { tenantId, Contact: { ContactID: harbourId }, Status: 'AUTHORISED' as const, Total: 75 };
    const [first, second] = [await app.control.addInvoice(draft), await app.control.addInvoice(draft)];
    const bill = await app.control.addInvoice({ ...draft, Type: 'ACCPAY' });
    await fill('bill', mostChosenDocuments - 1);
    expect((await choose('priya', 'invoice', first.InvoiceID)).status).toBe(200);
    const refused = await choose('ben', 'bill', bill.InvoiceID);
    expect(refused).toMatchObject({ status: 400, body: { detail: `A deal has at most 200 bills` } });
    await fill('invoice', mostChosenDocuments - 1);
    expect(await choose('priya', 'invoice', second.InvoiceID)).toMatchObject({
      status: 400,
      body: { detail: 'A deal has at most 200 quotes and invoices' },
    });
    // A document that is already chosen does not count twice.
    expect((await choose('priya', 'invoice', first.InvoiceID)).status).toBe(200);
  });
});
