import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { getChoicesRoute } from '#shared/contract/choices.ts';
import { presets } from '#test/support/people/admin.ts';
import { newDocument, sendDocument } from '#test/support/people/documents.ts';
import type { Visit } from '#test/support/people/visit.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let contactId: string;
let date: string;
let tenantId: string;
beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
  await app.admin.grant({ ben: presets.full, priya: presets.full });
  ({ contactId } = await app.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd'));
  tenantId = (await app.control.seedInfo()).organisations[0]?.tenantId ?? '';
  date = (await (await open('ben')).call(getChoicesRoute)).organisation.today;
});
afterAll(() => app.stop());
// A new minute, so that each test has Xero's full limit.
beforeEach(() => app.advanceSeconds(61));

function open(userId: string, recordType: 'contact' | 'deal' = 'contact') {
  return app.visit({ userId, recordType, recordId: recordType === 'deal' ? '9001' : '1001' });
}
const billLines = [{ description: 'Paper', quantity: '1', unitAmount: '9.00', accountCode: '400', taxType: 'INPUT' }];
function statuses(answers: readonly { status: number }[]) {
  return answers.map(({ status }) => status).toSorted();
}
function save(session: Visit, path: string, change: object) {
  return sendDocument(session, { path, key: randomUUID(), body: newDocument(contactId, { date, ...change }) });
}

/** Two people press Save at the same moment, each with their own form. */
async function saveTwice(path: string, change: object, recordType: 'contact' | 'deal' = 'contact') {
  const both = await Promise.all(['ben', 'priya'].map((userId) => open(userId, recordType)));
  return Promise.all(both.map((session) => save(session, path, change)));
}

describe('what only one document may reserve', () => {
  test('one of two forms with the same deal line makes an invoice', async () => {
    const answers = await saveTwice('/api/invoices', { fromDealLines: [1, 0] }, 'deal');
    expect(statuses(answers)).toEqual([201, 422]);
    const refused = answers.find(({ status }) => status === 422);
    expect(refused?.body).toMatchObject({
      code: 'preflight_failed',
      errors: [{ path: 'fromDealLines.0' }, { path: 'fromDealLines.1' }],
    });
    const deal = await open('ben', 'deal');
    expect((await deal.call(getChoicesRoute)).deal?.invoiced.map(({ index }) => index)).toEqual([0, 1]);
    expect(await save(deal, '/api/quotes', { fromDealLines: [0, 1] })).toMatchObject({ status: 201 });
  });

  test('a line of an invoice that is being saved is not taken again', async () => {
    const deal = await open('priya', 'deal');
    const { invoiced } = (await deal.call(getChoicesRoute)).deal ?? {};
    for (const { number } of invoiced ?? []) await remove(deal, number);
    await app.control.fault({ kind: 'drop', method: 'PUT', path: '/Invoices$' });
    const request = {
      path: '/api/invoices',
      key: randomUUID(),
      body: newDocument(contactId, { date, fromDealLines: [0] }),
    };
    expect(await sendDocument(deal, request)).toMatchObject({ status: 502 });
    expect((await deal.call(getChoicesRoute)).deal?.invoiced).toEqual([{ index: 0, number: null }]);
    expect(await save(await open('ben', 'deal'), '/api/invoices', { fromDealLines: [0] })).toMatchObject({
      status: 422,
      body: { errors: [{ message: expect.stringContaining('being saved') }] },
    });
    expect(await sendDocument(deal, request)).toMatchObject({ status: 201 });
  });

  test('two people entering the same bill make one', async () => {
    const number = `B-${randomUUID()}`;
    const answers = await saveTwice('/api/bills', { number, lines: billLines });
    expect(statuses(answers)).toEqual([201, 422]);
    const refused = answers.find(({ status }) => status === 422);
    expect(refused?.body).toMatchObject({ errors: [{ path: 'number' }] });
  });

  test('b-1 and B-1 of a supplier are the same bill', async () => {
    const number = `b-${randomUUID()}`;
    const sessions = await Promise.all(['ben', 'priya'].map((userId) => open(userId)));
    const numbers = [number, ` ${number.toUpperCase()}`];
    const answers = await Promise.all(
      sessions.map((session, place) => save(session, '/api/bills', { number: numbers[place], lines: billLines })),
    );
    expect(statuses(answers)).toEqual([201, 422]);
    expect(await countBills(number)).toBe(1);
  });

  test('a bill renumbered in Xero frees its old number', async () => {
    const session = await open('ben');
    const [number, renumbered] = [`B-${randomUUID()}`, `R-${randomUUID()}`];
    const { id } = (await save(session, '/api/bills', { number, lines: billLines })).body.document as { id: string };
    expect(await save(session, '/api/bills', { number, lines: billLines })).toMatchObject({ status: 422 });
    await app.control.updateInvoice({ tenantId, InvoiceID: id, InvoiceNumber: renumbered });
    expect(await save(session, '/api/bills', { number: renumbered, lines: billLines })).toMatchObject({ status: 422 });
    expect(await save(session, '/api/bills', { number, lines: billLines })).toMatchObject({ status: 201 });
  });

  test.each(['VOIDED', 'DELETED'] as const)(
    'an invoice that was %s in Xero frees its line of the deal',
    async (Status) => {
      const deal = await open('ben', 'deal');
      const { invoiced = [] } = (await deal.call(getChoicesRoute)).deal ?? {};
      for (const { number } of invoiced) await remove(deal, number);
      const { document } = (await save(deal, '/api/invoices', { fromDealLines: [1] })).body;
      const { id, number } = document as { id: string; number: string };
      expect((await deal.call(getChoicesRoute)).deal?.invoiced).toEqual([{ index: 1, number }]);
      expect(await save(deal, '/api/invoices', { fromDealLines: [1] })).toMatchObject({ status: 422 });
      await app.control.updateInvoice({ tenantId, InvoiceID: id, Status });
      expect((await deal.call(getChoicesRoute)).deal?.invoiced).toEqual([]);
      expect(await save(deal, '/api/invoices', { fromDealLines: [1] })).toMatchObject({ status: 201 });
    },
  );

  test('a line stays taken when Xero’s list lacks its invoice', async () => {
    const deal = await open('ben', 'deal');
    const { invoiced = [] } = (await deal.call(getChoicesRoute)).deal ?? {};
    for (const { number } of invoiced) await remove(deal, number);
    const { document } = (await save(deal, '/api/invoices', { fromDealLines: [1] })).body;
    const { xero } = app.deps;
    const { listDocumentsById } = xero;
    try {
      xero.listDocumentsById = async () => ({ documents: [], unreadable: [], asOf: app.clock.now().toISOString() });
      const { number } = document as { number: string };
      expect((await deal.call(getChoicesRoute)).deal?.invoiced).toContainEqual({ index: 1, number });
      expect(await save(deal, '/api/invoices', { fromDealLines: [1] })).toMatchObject({ status: 422 });
    } finally {
      Object.assign(xero, { listDocumentsById });
    }
  });

  test('a refused bill frees its number for the corrected form', async () => {
    const session = await open('ben');
    const number = `B-${randomUUID()}`;
    await app.control.fault({ kind: 'status', status: 400, method: 'PUT', path: '/Invoices$' });
    expect((await save(session, '/api/bills', { number, lines: billLines })).status).toBe(422);
    expect(await save(session, '/api/bills', { number, lines: billLines })).toMatchObject({ status: 201 });
  });

  test('two people converting the same quote make one invoice', async () => {
    const session = await open('ben');
    const { body } = await save(session, '/api/quotes', { reference: 'twice' });
    const { id } = body.document as { id: string };
    const act = (by: Visit, action: string) =>
      sendDocument(by, { path: `/api/quotes/${id}/actions`, key: randomUUID(), body: { action } });
    await act(session, 'mark_sent');
    await act(session, 'accept');
    const both = [session, await open('priya')];
    const answers = await Promise.all(both.map((by) => act(by, 'convert_to_invoice')));
    expect(statuses(answers)).toEqual([200, 409]);
  });
});

test('discarding during another’s retry returns what the retry made', async () => {
  const [ben, priya] = [await open('ben'), await open('priya')];
  const body = newDocument(contactId, { date, reference: 'given up' });
  const request = { path: '/api/invoices', key: randomUUID(), body };
  await app.control.fault({ kind: 'drop', method: 'PUT', path: '/Invoices$' });
  const { write } = (await sendDocument(ben, request)).body as { write: { id: string } };
  // Long enough to discard it, except that it was just sent again.
  await app.advanceSeconds(120);
  const { xero, store } = app.deps;
  const { createDocument } = xero;
  const { takeLease } = store.writes;
  const isSending = newGate();
  const isDecided = newGate();
  try {
    xero.createDocument = async (...call) => {
      isSending.open();
      await isDecided.opened;
      return createDocument(...call);
    };
    const repeated = sendDocument(ben, request);
    await isSending.opened;
    store.writes.takeLease = async (...call) => {
      const row = await takeLease(...call);
      if (!row) isDecided.open();
      return row;
    };
    const givenUp = priya
      .send('POST', `/api/writes/${write.id}/resolve`, { action: 'discard' })
      .finally(() => isDecided.open());
    const [saved, answer] = await Promise.all([repeated, givenUp]);
    expect(saved).toMatchObject({ status: 201 });
    expect(answer).toMatchObject({ status: 200, body: { created: { document: saved.body.document } } });
  } finally {
    Object.assign(xero, { createDocument });
    Object.assign(store.writes, { takeLease });
  }
});

async function countBills(number: string): Promise<number> {
  const { bills } = await app.control.documents({ tenantId, contactId });
  return bills.filter(({ InvoiceNumber }) => InvoiceNumber.trim().toLowerCase() === number.toLowerCase()).length;
}

async function remove(session: Visit, number: string | null): Promise<void> {
  const { body } = await session.send('GET', `/api/documents?kind=invoice&search=${number}`);
  const [found] = (body as { documents: { id: string }[] }).documents;
  const path = `/api/invoices/${found?.id}/actions`;
  await sendDocument(session, { path, key: randomUUID(), body: { action: 'delete' } });
}

function newGate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
