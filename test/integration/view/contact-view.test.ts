import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { getViewRoute, type SessionView } from '#shared/contract/session/view.ts';
import { presets } from '#test/support/people/admin.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
  await app.admin.grant({ ben: presets.sales, priya: presets.full });
});
afterAll(() => app.stop());
beforeEach(async () => {
  await app.control.clearFaults();
  await app.control.clearRequests();
  // A new minute, so that each test has Xero's full limit.
  await app.advanceSeconds(61);
});

const nora = { type: 'contact' as const, id: '1001' };
function openNora(userId = 'priya') {
  return app.visit({ userId, recordType: 'contact', recordId: '1001' });
}

async function callsToXero(): Promise<string[]> {
  return (await app.control.requests()).map(({ method, path }) => `${method} ${path.replace('/api.xro/2.0', '')}`);
}

function known(view: SessionView | null) {
  if (view?.status !== 'linked' || !view.summary) throw new Error(`no figures: ${JSON.stringify(view)}`);
  return view.summary;
}

describe('the story of a contact', () => {
  test('suggests the company’s contact first and marks the same e-mail', async () => {
    await app.admin.link({ type: 'company', id: '501' }, 'Harbour Lights Pty Ltd');
    const { opened } = await openNora();
    expect(opened.view).toMatchObject({
      status: 'unlinked',
      suggestions: [
        { contact: { name: 'Harbour Lights Pty Ltd' }, reason: 'company_link', check: false },
        { contact: { name: 'H. Lights (old)' }, reason: 'same_email', check: true },
      ],
    });
  });

  test('loads the five figures in two calls, then in none', async () => {
    await app.admin.link(nora, 'Harbour Lights Pty Ltd');
    await app.control.clearRequests();
    const session = await openNora();
    const summary = known(session.opened.view);
    expect(summary).toMatchObject({
      outstandingInvoices: { count: 3, totals: [{ currency: 'AUD', amount: '12480.00' }] },
      overdueInvoices: { count: 1, totals: [{ currency: 'AUD', amount: '4200.00' }] },
      openQuotes: { count: 2, totals: [{ currency: 'AUD', amount: '7900.00' }] },
      outstandingBills: { count: 1, totals: [{ currency: 'AUD', amount: '310.00' }] },
      overdueBills: { count: 0, totals: [] },
      drafts: { invoices: { count: 1, totals: [{ currency: 'AUD', amount: '500.00' }] } },
    });
    await session.call(getViewRoute);
    expect(await callsToXero()).toEqual([]);
    await session.call(getViewRoute, { query: { fresh: 'true' } });
    const credits = ['GET /CreditNotes', 'GET /Overpayments', 'GET /Prepayments'];
    expect((await callsToXero()).sort()).toEqual([...credits, 'GET /Invoices', 'GET /Quotes'].sort());
  });

  test('loads unused credit in the background, once in half an hour', async () => {
    const { opened } = await openNora();
    expect(known(opened.view).credit).toEqual({
      invoices: { count: 1, totals: [{ currency: 'AUD', amount: '120.00' }] },
      bills: { count: 0, totals: [] },
    });
    await app.advanceSeconds(31 * 60);
    await app.control.clearRequests();
    await openNora();
    const calls = (await callsToXero()).filter((call) => /Credit|payment/.test(call));
    expect(calls.sort()).toEqual(['GET /CreditNotes', 'GET /Overpayments', 'GET /Prepayments']);
  });

  test('an advance to a supplier is credit, hidden without viewBills', async () => {
    const { organisations } = await app.control.seedInfo();
    const story = organisations.find(({ contacts }) => contacts['Harbour Lights Pty Ltd']);
    const [tenantId, ContactID] = [story?.tenantId ?? '', story?.contacts['Harbour Lights Pty Ltd'] ?? ''];
    const common = { tenantId, Contact: { ContactID }, Status: 'AUTHORISED' as const };
    await app.control.addCreditNote({ ...common, kind: 'Prepayment', Type: 'APPREPAYMENT', Total: 41 });
    await app.control.addCreditNote({ ...common, kind: 'Overpayment', Type: 'APOVERPAYMENT', Total: 2 });
    await app.advanceSeconds(31 * 60);
    await openNora();
    await app.deps.ledger.untilIdle();
    const [priya, ben] = [await openNora(), await openNora('ben')];
    const invoices = { count: 1, totals: [{ currency: 'AUD', amount: '120.00' }] };
    const bills = { count: 2, totals: [{ currency: 'AUD', amount: '43.00' }] };
    expect(known(priya.opened.view).credit).toEqual({ invoices, bills });
    expect(known(ben.opened.view).credit).toEqual({ invoices });
  });

  test('Refresh shows a new credit note, and a second Refresh costs no more', async () => {
    const session = await openNora();
    const { organisations } = await app.control.seedInfo();
    const [{ tenantId, contacts }] = organisations as [(typeof organisations)[number]];
    const ContactID = contacts['Harbour Lights Pty Ltd'] ?? '';
    await app.control.addCreditNote({ tenantId, Contact: { ContactID }, Status: 'AUTHORISED', Total: 30 });
    await session.call(getViewRoute, { query: { fresh: 'true' } });
    await app.deps.ledger.untilIdle();
    const creditCalls = async () => (await callsToXero()).filter((call) => /Credit|payment/.test(call)).length;
    expect(known(await session.call(getViewRoute)).credit?.invoices.totals).toEqual([
      { currency: 'AUD', amount: '150.00' },
    ]);
    expect(await creditCalls()).toBe(3);
    await session.call(getViewRoute, { query: { fresh: 'true' } });
    expect(await creditCalls()).toBe(3);
  });

  test('without viewBills, the answer contains no bill', async () => {
    const { opened, send } = await openNora('ben');
    const { body } = await send('GET', '/api/view');
    for (const text of [JSON.stringify(opened.view), JSON.stringify(body)]) {
      expect(text).toContain('12480.00');
      expect(text).not.toMatch(/310|bill/i);
    }
  });

  test('without changes, the bytes are the same, or 304', async () => {
    const session = await openNora();
    const { opened } = session;
    const read = (etag?: string) =>
      fetch(`${app.origin}/api/view`, {
        headers: { authorization: `Bearer ${opened.session.token}`, ...(etag && { 'if-none-match': etag }) },
      });
    await read();
    const second = await read();
    const etag = second.headers.get('etag') ?? '';
    expect(etag).not.toBe('');
    const again = await read(etag);
    expect([again.status, await again.text()]).toEqual([304, '']);
    // Figures are dated to the second.
    await app.advanceSeconds(1);
    await session.call(getViewRoute, { query: { fresh: 'true' } });
    expect((await read(etag)).status).toBe(200);
  });
});

describe('freshness', () => {
  test('after five minutes, answers at once and reloads in the background', async () => {
    const { tenantId, contactId } = await findHarbourLights();
    const draft = { tenantId, Contact: { ContactID: contactId }, Type: 'ACCREC' as const, Total: 100 };
    const invoice = await app.control.addInvoice({ ...draft, Status: 'AUTHORISED', DueDate: '2099-01-01' });
    await app.advanceSeconds(301);
    const session = await openNora();
    const first = session.opened.view;
    expect(first).toMatchObject({ status: 'linked', stale: true });
    expect(known(first).outstandingInvoices.count).toBe(3);
    await app.deps.ledger.untilIdle();
    const second = await session.call(getViewRoute);
    expect(second).toMatchObject({ status: 'linked', stale: false });
    expect(known(second).outstandingInvoices.count).toBe(4);
    await app.control.updateInvoice({ tenantId, InvoiceID: invoice.InvoiceID, Status: 'VOIDED' });
    await session.call(getViewRoute, { query: { fresh: 'true' } });
  });
});

async function findHarbourLights(): Promise<{ tenantId: string; contactId: string }> {
  const connection = await app.deps.store.connections.find(app.workspace.id);
  const tenantId = connection?.organisationId ?? '';
  const link = await app.deps.store.links.find(app.workspace.id, tenantId, nora);
  return { tenantId, contactId: link?.contactId ?? '' };
}

describe('failure', () => {
  const faults = [
    [{ kind: 'status', status: 400 }, 'xero_rejected'],
    [{ kind: 'status', status: 403 }, 'xero_forbidden'],
    [{ kind: 'status', status: 404 }, 'xero_not_found'],
    [{ kind: 'status', status: 500 }, 'xero_unavailable'],
    [{ kind: 'status', status: 503 }, 'xero_unavailable'],
    [{ kind: 'hang' }, 'xero_timeout'],
    [{ kind: 'drop' }, 'xero_unreachable'],
    [{ kind: 'html' }, 'xero_invalid_answer'],
    [{ kind: 'truncate' }, 'xero_invalid_answer'],
  ] as const;

  test.each(faults)('when Xero meets Refresh with %j, figures stay with code %s', async (fault, code) => {
    const session = await openNora();
    await app.control.fault({ ...fault, path: '/Invoices', times: 20 });
    const view = await session.call(getViewRoute, { query: { fresh: 'true' } });
    expect(view).toMatchObject({ status: 'linked', stale: true, error: { code } });
    expect(known(view).outstandingInvoices.totals).toEqual([{ currency: 'AUD', amount: '12480.00' }]);
    await app.control.clearFaults();
    const after = await session.call(getViewRoute, { query: { fresh: 'true' } });
    expect(after).toMatchObject({ status: 'linked', stale: false });
    expect(after).not.toHaveProperty('error');
  });

  test('without figures, a failure gives a null summary and the reason', async () => {
    const fresh = await app.visit({ userId: 'priya', recordType: 'contact', recordId: '1004' });
    expect(fresh.opened.view?.status).toBe('unlinked');
    await app.control.fault({ kind: 'status', status: 500, path: '/Invoices', times: 20 });
    const { contacts } = (await fresh.send('GET', '/api/contacts?search=Nordlys')).body as {
      contacts: { id: string }[];
    };
    const answer = await fresh.send('PUT', '/api/link', { contactId: contacts[0]?.id });
    expect(answer.body).toMatchObject({
      view: { status: 'linked', summary: null, asOf: null, stale: true, error: { code: 'xero_unavailable' } },
    });
  });

  test('says how long Xero asks to wait', async () => {
    const session = await openNora();
    await app.control.fault({
      kind: 'status',
      status: 429,
      problem: 'minute',
      retryAfterSeconds: 32,
      path: '/Invoices',
    });
    const view = await session.call(getViewRoute, { query: { fresh: 'true' } });
    expect(view).toMatchObject({ status: 'linked', error: { code: 'xero_rate_limited', retryAfterSeconds: 32 } });
    await app.advanceSeconds(33);
    expect(await session.call(getViewRoute, { query: { fresh: 'true' } })).not.toHaveProperty('error');
  });
});
