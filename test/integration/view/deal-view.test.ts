import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { getChoicesRoute } from '#shared/contract/choices.ts';
import { chooseDocumentsRoute, listDocumentsRoute } from '#shared/contract/documents.ts';
import { getViewRoute, type SessionView } from '#shared/contract/session/view.ts';
import type { DealView } from '#shared/contract/view.ts';
import { presets } from '#test/support/people/admin.ts';
import { newDocument, sendDocument } from '#test/support/people/documents.ts';
import type { Visit } from '#test/support/people/visit.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let contactId: string;
let tenantId: string;
beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
  await app.admin.grant({ ben: presets.sales, priya: presets.full, tom: presets.viewer });
  ({ contactId } = await app.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd'));
  tenantId = (await app.deps.store.connections.find(app.workspace.id))?.organisationId ?? '';
});
afterAll(() => app.stop());
beforeEach(async () => {
  await app.control.clearFaults();
  await app.advanceSeconds(61);
});

function open(userId = 'priya', recordId = '9001') {
  return app.visit({ userId, recordType: 'deal', recordId });
}
async function callsToXero() {
  return (await app.control.requests()).map(({ path }) => path.replace('/api.xro/2.0', ''));
}

function asDeal(view: SessionView | null): DealView {
  if (view?.status !== 'deal') throw new Error(`no deal: ${JSON.stringify(view)}`);
  return view;
}
async function choose(session: Visit, body: unknown) {
  return asDeal((await session.call(chooseDocumentsRoute, { body })).view);
}
async function read(session: Visit, query = {}) {
  return asDeal(await session.call(getViewRoute, { query }));
}

function addQuote(Total: number, change = {}) {
  return app.control.addQuote({ tenantId, Contact: { ContactID: contactId }, Total, Status: 'SENT', ...change });
}

describe('the story of a deal', () => {
  test('two chosen quotes move the bar without a call', async () => {
    const [first, second] = [await addQuote(18000), await addQuote(12000)];
    const person = await app.visit({ userId: 'priya', recordType: 'contact', recordId: '1001' });
    await person.call(getViewRoute, { query: { fresh: 'true' } });
    const session = await open();
    const listed = await session.call(listDocumentsRoute, { query: { kind: 'quote' } });
    expect(listed.documents.map(({ id }) => id)).toEqual(expect.arrayContaining([first.QuoteID, second.QuoteID]));
    expect(listed.documents.every(({ isSuggested, isChosen }) => isSuggested && !isChosen)).toBe(true);
    await app.control.clearRequests();
    const add = [first, second].map(({ QuoteID }) => ({ kind: 'quote', id: QuoteID }));
    const view = await choose(session, { add: [...add, ...add] });
    expect(view.bar).toMatchObject({
      value: { currency: 'AUD', amount: '42000.00' },
      quoted: { amount: { currency: 'AUD', amount: '30000.00' }, others: [] },
      invoiced: { amount: { amount: '0.00' } },
      notYetInvoiced: { amount: '42000.00' },
    });
    expect(view).toMatchObject({ stale: false, summary: { openQuotes: { count: 2 }, credit: null } });
    // Chosen at the same instant, they are in the order of their ids.
    const ids = add.map(({ id }) => id).toSorted();
    expect(view.chosen.map(({ id, isCounted }) => [id, isCounted])).toEqual(ids.map((id) => [id, true]));
    expect(await read(session)).toEqual(view);
    expect(await callsToXero()).toEqual([]);
    const again = await session.call(listDocumentsRoute, { query: { kind: 'quote' } });
    const chosen = again.documents.filter(({ isChosen }) => isChosen);
    expect(chosen.map(({ id }) => id).sort()).toEqual(add.map(({ id }) => id).sort());
  });

  test('a document deleted in Xero is shown as such and does not count', async () => {
    const session = await open();
    const gone = (await read(session)).chosen.find(({ total }) => total === '18000.00');
    await app.control.updateQuote({ tenantId, QuoteID: gone?.id ?? '', Status: 'DELETED' });
    const view = await read(session, { fresh: 'true' });
    const shown = view.chosen.find(({ id }) => id === gone?.id);
    expect(shown).toMatchObject({ status: 'DELETED', isCounted: false });
    expect(view.bar?.quoted.amount.amount).toBe('12000.00');
    expect(view.summary).toMatchObject({ openQuotes: { count: 1 } });
    const dropped = await choose(session, { remove: [{ kind: 'quote', id: gone?.id }] });
    expect(dropped.chosen).toHaveLength(1);
    const [act] = await app.deps.store.audit.list(app.workspace.id, { limit: 1 });
    expect(act).toMatchObject({ action: 'drop_document', documentId: gone?.id, userId: 'priya' });
  });

  test('an invoice made from the deal is chosen, and paid is net', async () => {
    const session = await open();
    const { organisation } = await session.call(getChoicesRoute);
    const body = newDocument(contactId, { date: organisation.today, dueDate: organisation.today });
    const made = await sendDocument(session, { path: '/api/invoices', key: randomUUID(), body });
    const { document } = made.body as { document: { id: string } };
    const view = await read(session);
    expect(view.chosen.at(-1)).toMatchObject({ id: document.id, kind: 'invoice', status: 'DRAFT' });
    expect(view.bar).toMatchObject({
      invoiced: { amount: { amount: '112.55' } },
      paid: { amount: { amount: '0.00' } },
    });

    await app.control.updateInvoice({ tenantId, InvoiceID: document.id, Status: 'AUTHORISED' });
    await app.control.updateInvoice({ tenantId, InvoiceID: document.id, pay: 61.9 });
    // 61.90 of 123.81, times 112.55.
    expect((await read(session, { fresh: 'true' })).bar?.paid.amount).toEqual({ currency: 'AUD', amount: '56.27' });
    await app.control.updateInvoice({ tenantId, InvoiceID: document.id, pay: 61.91 });
    expect((await read(session, { fresh: 'true' })).bar?.paid.amount.amount).toBe('112.55');
    const listed = await session.call(listDocumentsRoute, { query: { kind: 'invoice' } });
    expect(listed.documents.find(({ id }) => id === document.id)).toMatchObject({ status: 'PAID', isChosen: true });
  });

  test('an invoice settled by a credit note is credited, not paid', async () => {
    const owed = { tenantId, Contact: { ContactID: contactId }, Status: 'AUTHORISED' as const };
    const invoice = await app.control.addInvoice({ ...owed, Type: 'ACCREC', Total: 300 });
    const session = await open('priya', '9002');
    const add = [{ kind: 'invoice', id: invoice.InvoiceID }];
    expect((await choose(session, { add })).bar).not.toHaveProperty('credited');
    const applyTo = { InvoiceID: invoice.InvoiceID, Amount: 120 };
    await app.control.addCreditNote({ ...owed, Total: 120, applyTo });
    await app.control.updateInvoice({ tenantId, InvoiceID: invoice.InvoiceID, pay: 30 });
    const part = await read(session, { fresh: 'true' });
    expect(part.bar).toMatchObject({
      paid: { amount: { amount: '30.00' } },
      credited: { amount: { amount: '120.00' } },
    });
    await app.control.addCreditNote({ ...owed, Total: 150, applyTo: { ...applyTo, Amount: 150 } });
    const whole = await read(session, { fresh: 'true' });
    expect(whole.chosen).toMatchObject([{ status: 'PAID', amountDue: '0.00' }]);
    expect(whole.bar).toMatchObject({
      paid: { amount: { amount: '30.00' } },
      credited: { amount: { currency: 'AUD', amount: '270.00' }, others: [] },
    });
    await choose(session, { remove: add });
  });

  test('a chosen invoice shows days overdue, a quote that it expired', async () => {
    const owed = { ...{ tenantId, Contact: { ContactID: contactId } }, Total: 40, Date: '2026-01-01' };
    const invoice = await app.control.addInvoice({
      ...owed,
      Type: 'ACCREC',
      Status: 'AUTHORISED',
      DueDate: '2026-02-01',
    });
    const quote = await addQuote(5, { Date: '2026-01-01', ExpiryDate: '2026-02-01' });
    const session = await open('priya', '9002');
    const add = [
      { kind: 'invoice', id: invoice.InvoiceID },
      { kind: 'quote', id: quote.QuoteID },
    ];
    const view = await choose(session, { add });
    const { organisation } = await session.call(getChoicesRoute);
    const days = (Date.parse(organisation.today) - Date.parse('2026-02-01')) / 86_400_000;
    const shown = (id: string) => view.chosen.find((one) => one.id === id);
    expect(shown(invoice.InvoiceID)).toMatchObject({ daysLate: days, isExpired: false });
    expect(shown(quote.QuoteID)).toMatchObject({ daysLate: null, isExpired: true });
    expect(view.bar?.includesTax).toBe(false);
    await choose(session, { remove: add });
  });

  test('lists documents in other currencies separately', async () => {
    const usd = await addQuote(500, { CurrencyCode: 'USD', CurrencyRate: 0.65 });
    const session = await open();
    const view = await choose(session, { add: [{ kind: 'quote', id: usd.QuoteID }] });
    expect(view.bar?.quoted).toMatchObject({
      amount: { amount: '12000.00' },
      others: [{ currency: 'USD', amount: '500.00' }],
    });
    await choose(session, { remove: [{ kind: 'quote', id: usd.QuoteID }] });
  });
});

describe('a deal without a value', () => {
  const openWith = (deal: unknown) =>
    app.visit({ userId: 'priya', recordType: 'deal', recordId: '9002', claims: { deal } });

  test.each([
    [null, 'AUD', null],
    [{ value: null, currency: null, lines: null }, 'AUD', null],
    [{ value: null, currency: 'USD' }, 'USD', 'USD'],
  ])('with claim %j, documents add up in %s without a made-up value', async (claim, code, told) => {
    const quote = await addQuote(500, { CurrencyCode: code });
    const session = await openWith(claim);
    const add = [{ kind: 'quote', id: quote.QuoteID }];
    const { bar } = await choose(session, { add });
    const stage = (amount: string) => ({ amount: { currency: code, amount }, others: [] });
    expect(bar).toEqual({
      ...{ includesTax: false, quoted: stage('500.00'), invoiced: stage('0.00'), paid: stage('0.00') },
    });
    const { deal } = await session.call(getChoicesRoute);
    expect(deal).toEqual({ currency: told, lines: [], invoiced: [] });
    await choose(session, { remove: add });
  });
});

describe('a deal as bytes', () => {
  const ask = (session: Visit, etag: string | null = null) =>
    fetch(`${app.origin}/api/view`, {
      headers: {
        authorization: `Bearer ${session.opened.session.token}`,
        ...(etag && { 'if-none-match': etag }),
      },
    });

  test('without changes, the bytes are the same, or 304', async () => {
    const session = await open('priya', '9002');
    const quote = await addQuote(700);
    await choose(session, { add: [{ kind: 'quote', id: quote.QuoteID }] });
    const first = await ask(session);
    const etag = first.headers.get('etag');
    expect(etag).toMatch(/^"/);
    const [body, second] = [await first.text(), await ask(session)];
    expect([second.headers.get('etag'), await second.text()]).toEqual([etag, body]);
    expect((await ask(session, etag)).status).toBe(304);
  });

  test('a new choice, document, day or CRM value changes the bytes', async () => {
    const session = await open('priya', '9002');
    const tags = [await readTag(session)];
    const [bill] = (await session.call(listDocumentsRoute, { query: { kind: 'bill' } })).documents;
    const add = [{ kind: 'bill', id: bill?.id }];
    await choose(session, { add });
    tags.push(await readTag(session));
    const other = await app.visit({
      ...{ userId: 'priya', recordType: 'deal', recordId: '9002' },
      claims: { deal: { value: '1.00', currency: 'AUD' } },
    });
    tags.push(await readTag(other));
    // Ben may not view bills.
    tags.push(await readTag(await open('ben', '9002')));
    const quote = (await read(session)).chosen.find(({ kind }) => kind === 'quote');
    await app.control.updateQuote({ tenantId, QuoteID: quote?.id ?? '', Status: 'ACCEPTED' });
    await read(session, { fresh: 'true' });
    tags.push(await readTag(session));
    expect(tags.every((tag) => tag !== null)).toBe(true);
    expect(new Set(tags).size).toBe(tags.length);
    await choose(session, { remove: [...add, { kind: 'quote', id: quote?.id }] });
  });

  const readTag = async (session: Visit) => (await ask(session)).headers.get('etag');
});

describe('who may choose', () => {
  test('who may only view gets 403, and bills are hidden without viewBills', async () => {
    const bill = await app.control.addInvoice({
      ...{ tenantId, Contact: { ContactID: contactId }, Type: 'ACCPAY', Total: 321.09, Status: 'AUTHORISED' },
    });
    const add = [{ kind: 'bill', id: bill.InvoiceID }];
    for (const user of ['tom', 'ben']) {
      expect((await (await open(user)).send('PUT', '/api/deal/documents', { add })).status).toBe(403);
    }
    const view = await choose(await open(), { add });
    expect(view.chosen).toContainEqual(expect.objectContaining({ kind: 'bill', total: '321.09' }));
    const hidden = asDeal((await open('ben')).opened.view);
    // With its point, because ids contain any three digits now and then.
    expect(JSON.stringify(hidden)).not.toContain('321.09');
    expect(hidden.bar).toEqual(view.bar);
  });

  test('a foreign, wrong or unknown document is 404 and not chosen', async () => {
    const other = await app.control.addContact({ tenantId, Name: `Stranger ${randomUUID()}` });
    const foreign = await app.control.addQuote({ tenantId, Contact: { ContactID: other.ContactID }, Total: 9 });
    const mine = await addQuote(1);
    const session = await open();
    const before = (await read(session)).chosen;
    for (const place of [
      { kind: 'quote', id: foreign.QuoteID },
      { kind: 'invoice', id: mine.QuoteID },
      { kind: 'quote', id: randomUUID() },
    ]) {
      const answer = await session.send('PUT', '/api/deal/documents', {
        add: [{ kind: 'quote', id: mine.QuoteID }, place],
      });
      expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
    expect((await read(session)).chosen).toEqual(before);
  });

  test('an unknown chosen document and a failure give no figures', async () => {
    const session = await open('priya', '9002');
    const { organisationId = '', workspaceId = '' } = (await app.deps.store.connections.find(app.workspace.id)) ?? {};
    const deal = { workspaceId, organisationId: organisationId ?? '', dealId: '9002' };
    const row = { ...deal, kind: 'invoice' as const, documentId: randomUUID(), chosenBy: 'x', chosenAt: '2026-01-01' };
    await app.deps.store.dealDocuments.change(deal, { add: [row], remove: [] });
    await app.control.fault({ kind: 'status', status: 500, path: '/Invoices', times: 20 });
    expect(await read(session)).toMatchObject({ summary: null, stale: true, error: { code: 'xero_unavailable' } });
    await app.control.clearFaults();
    expect(await read(session, { fresh: 'true' })).toMatchObject({ chosen: [], stale: false });
  });
});
