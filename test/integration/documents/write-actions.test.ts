import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { getChoicesRoute } from '#shared/contract/choices.ts';
import type { DocumentAnswer, DocumentKind } from '#shared/contract/document.ts';
import { presets } from '#test/support/people/admin.ts';
import { newDocument, sendDocument } from '#test/support/people/documents.ts';
import type { Visit } from '#test/support/people/visit.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let contactId: string;
beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
  await app.admin.grant({ ben: presets.full, priya: presets.sales, tom: presets.viewer });
  ({ contactId } = await app.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd'));
});
afterAll(() => app.stop());
beforeEach(() => app.advanceSeconds(61));

function open(userId = 'olivia', recordId = '1001') {
  return app.visit({ userId, recordType: 'contact', recordId });
}
const paths = { quote: '/api/quotes', invoice: '/api/invoices', bill: '/api/bills' };

async function add(session: Visit, kind: DocumentKind, change: object = {}): Promise<DocumentAnswer> {
  const { today } = (await session.call(getChoicesRoute)).organisation;
  const account =
    kind === 'bill' ? { accountCode: '400', taxType: 'INPUT' } : { accountCode: '200', taxType: 'OUTPUT' };
  const lines = [{ description: 'Desk', quantity: '2', unitAmount: '10.00', ...account }];
  const body = newDocument(contactId, { date: today, dueDate: today, lines, ...change });
  const answer = await sendDocument(session, { path: paths[kind], key: randomUUID(), body });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer));
  return answer.body.document as DocumentAnswer;
}

function act(session: Visit, { kind, id }: DocumentAnswer, action: string, key: string = randomUUID()) {
  return sendDocument(session, { path: `${paths[kind]}/${id}/actions`, key, body: { action } });
}

describe('the ladder', () => {
  test('approves and e-mails once, however often it is saved', async () => {
    const session = await open();
    const { today } = (await session.call(getChoicesRoute)).organisation;
    const body = newDocument(contactId, { date: today, dueDate: today, finish: 'approve_and_email' });
    const request = { path: '/api/invoices', key: randomUUID(), body };
    const sent = (await app.control.emails()).length;
    expect(await sendDocument(session, request)).toMatchObject({ status: 201, body: { warnings: [] } });
    expect(await sendDocument(session, request)).toMatchObject({ body: { document: { status: 'AUTHORISED' } } });
    expect((await app.control.emails()).length).toBe(sent + 1);
  });

  test('does not send an e-mail again after a lost answer', async () => {
    const session = await open();
    const { today } = (await session.call(getChoicesRoute)).organisation;
    const body = newDocument(contactId, { date: today, dueDate: today, finish: 'approve_and_email' });
    const request = { path: '/api/invoices', key: randomUUID(), body };
    await app.control.fault({ kind: 'drop', method: 'POST', path: '/Email$' });
    const sent = (await app.control.emails()).length;
    expect(await sendDocument(session, request)).toMatchObject({ status: 201, body: { warnings: ['email_unknown'] } });
    await app.advanceSeconds(600);
    const later = await open();
    expect(await sendDocument(later, request)).toMatchObject({ status: 201, body: { warnings: ['email_unknown'] } });
    expect((await app.control.emails()).length).toBe(sent);
    const { document } = (await sendDocument(later, request)).body as { document: DocumentAnswer };
    expect(await act(later, document, 'email')).toMatchObject({ status: 200 });
    expect((await app.control.emails()).length).toBe(sent + 1);
    expect(await sendDocument(later, request)).toMatchObject({ status: 201, body: { warnings: [] } });
  });

  test('a refused e-mail leaves the invoice and returns Xero’s message', async () => {
    const session = await open();
    const { today } = (await session.call(getChoicesRoute)).organisation;
    const body = newDocument(contactId, { date: today, dueDate: today, finish: 'approve_and_email' });
    const texts = ['Daily email limit reached', 'Try again tomorrow'];
    const Elements = [{ ValidationErrors: texts.map((Message) => ({ Message })) }];
    const refusal = {
      ErrorNumber: 10,
      Type: 'ValidationException',
      Message: 'A validation exception occurred',
      Elements,
    };
    await app.control.fault({ kind: 'status', status: 400, method: 'POST', path: '/Email$', body: refusal });
    const request = { path: '/api/invoices', key: randomUUID(), body };
    expect(await sendDocument(session, request)).toMatchObject({
      status: 201,
      body: { document: { status: 'AUTHORISED' }, warnings: ['email_failed'], emailRefusal: texts },
    });
    // The first answer contains the refusal. A repetition says only that the e-mail was not sent.
    const again = await sendDocument(session, request);
    expect(again.body).toMatchObject({ warnings: ['email_failed'] });
    expect(again.body).not.toHaveProperty('emailRefusal');
  });

  test('a salesperson may submit but not approve or void', async () => {
    const session = await open('ben');
    const { today } = (await session.call(getChoicesRoute)).organisation;
    const body = newDocument(contactId, { date: today, dueDate: today, finish: 'approve' });
    expect(await sendDocument(session, { path: '/api/invoices', key: randomUUID(), body })).toMatchObject({
      status: 403,
    });
    const draft = await add(session, 'invoice');
    expect(await act(session, draft, 'submit')).toMatchObject({
      status: 200,
      body: { document: { status: 'SUBMITTED' } },
    });
    expect(await act(session, draft, 'approve')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });
});

describe('actions', () => {
  test('deletes a draft once per key; a new key is refused', async () => {
    const session = await open('ben');
    const draft = await add(session, 'bill', { number: randomUUID() });
    const key = randomUUID();
    expect(await act(session, draft, 'delete', key)).toMatchObject({ body: { document: { status: 'DELETED' } } });
    expect(await act(session, draft, 'delete', key)).toMatchObject({ body: { document: { status: 'DELETED' } } });
    expect(await act(session, draft, 'delete')).toMatchObject({ status: 409, body: { code: 'action_not_allowed' } });
  });

  test('an unpaid invoice with CIS can be voided, a paid one cannot', async () => {
    const session = await open();
    const tenantId = (await app.control.seedInfo()).organisations[0]?.tenantId ?? '';
    const add = () =>
      app.control.addInvoice({ tenantId, Contact: { ContactID: contactId }, Total: 1200, CISDeduction: 200 });
    const actionsOf = async (id: string) =>
      (await session.send('GET', `/api/documents/invoice/${id}`)).body as { amountDue: string; actions: string[] };
    const voidIt = (id: string) =>
      sendDocument(session, { path: `/api/invoices/${id}/actions`, key: randomUUID(), body: { action: 'void' } });
    const { InvoiceID: id } = await add();
    expect(await actionsOf(id)).toMatchObject({ amountDue: '1000.00', actions: ['email', 'void'] });
    expect(await voidIt(id)).toMatchObject({ status: 200, body: { document: { status: 'VOIDED' } } });
    const { InvoiceID: paid } = await add();
    await app.control.updateInvoice({ tenantId, InvoiceID: paid, pay: 400 });
    expect(await actionsOf(paid)).toMatchObject({ amountDue: '600.00', actions: ['email'] });
    expect(await voidIt(paid)).toMatchObject({ status: 409, body: { code: 'action_not_allowed' } });
  });

  test('after a lost answer, the same action finds that it is done', async () => {
    const session = await open();
    const draft = await add(session, 'invoice', { finish: 'approve' });
    const key = randomUUID();
    await app.control.fault({ kind: 'lose-answer', method: 'POST', path: '/Invoices/' });
    expect(await act(session, draft, 'void', key)).toMatchObject({ status: 502 });
    expect(await act(session, draft, 'void', key)).toMatchObject({
      status: 200,
      body: { document: { status: 'VOIDED' } },
    });
  });

  test.each([
    ['void', 404],
    ['email', 409],
    ['email', 400],
  ] as const)('after a done %s answered with %i, the same action finds it done', async (action, status) => {
    const session = await open();
    const { today } = (await session.call(getChoicesRoute)).organisation;
    const invoice = await add(session, 'invoice', { finish: 'approve', dueDate: today });
    const [key, sent] = [randomUUID(), (await app.control.emails()).length];
    const body = '<html><body>Not here</body></html>';
    await app.control.fault({ kind: 'late-status', status, body, method: 'POST', path: '/Invoices/' });
    expect(await act(session, invoice, action, key)).toMatchObject({
      status: 502,
      body: { code: 'xero_invalid_answer', write: { state: 'pending' } },
    });
    await app.control.forgetKeys();
    await app.control.clearRequests();
    expect(await act(session, invoice, action, key)).toMatchObject({ status: 200 });
    expect((await app.control.requests()).filter(({ method }) => method !== 'GET')).toEqual([]);
    expect((await app.control.emails()).length).toBe(sent + (action === 'email' ? 1 : 0));
  });

  test('a sent e-mail that was answered with 404 is not sent again', async () => {
    const session = await open();
    const { today } = (await session.call(getChoicesRoute)).organisation;
    const body = newDocument(contactId, { date: today, dueDate: today, finish: 'approve_and_email' });
    const request = { path: '/api/invoices', key: randomUUID(), body };
    const html = '<html><body>Not here</body></html>';
    await app.control.fault({ kind: 'late-status', status: 404, body: html, method: 'POST', path: '/Email$' });
    const sent = (await app.control.emails()).length;
    expect(await sendDocument(session, request)).toMatchObject({ status: 201, body: { warnings: ['email_unknown'] } });
    expect(await sendDocument(session, request)).toMatchObject({ status: 201, body: { warnings: [] } });
    expect((await app.control.emails()).length).toBe(sent + 1);
  });

  test('converts an accepted quote into one draft with the same total', async () => {
    const session = await open('ben');
    const quote = await add(session, 'quote');
    await act(session, quote, 'mark_sent');
    expect(await act(session, quote, 'accept')).toMatchObject({ body: { document: { status: 'ACCEPTED' } } });
    const key = randomUUID();
    await app.control.fault({ kind: 'lose-answer', method: 'PUT', path: '/Invoices$' });
    expect(await act(session, quote, 'convert_to_invoice', key)).toMatchObject({ status: 502 });
    expect(await act(session, quote, 'convert_to_invoice', key)).toMatchObject({
      status: 200,
      body: {
        document: { kind: 'invoice', status: 'DRAFT', total: quote.total, reference: quote.number },
        warnings: [],
      },
    });
    expect(await act(session, quote, 'convert_to_invoice')).toMatchObject({
      status: 409,
      body: { document: { status: 'INVOICED' } },
    });
  });
});

describe('files', () => {
  test('attaching twice leaves one file; PDF and online address work', async () => {
    const session = await open();
    const { id } = await add(session, 'invoice', { finish: 'approve' });
    const file = Buffer.from('%PDF-1.4 a receipt');
    for (const _ of [1, 2]) {
      const answer = await session.send('PUT', `/api/invoices/${id}/attachments/receipt.pdf`, file, {
        'content-type': 'application/pdf',
      });
      expect(answer).toMatchObject({ status: 200, body: { fileName: 'receipt.pdf', bytes: file.length } });
    }
    const attached = await app.control.attachments(id);
    expect(attached).toMatchObject([{ fileName: 'receipt.pdf', size: file.length, base64: file.toString('base64') }]);
    const pdf = await session.send('GET', `/api/invoices/${id}/pdf`);
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(await session.send('GET', `/api/invoices/${id}/online-invoice`)).toMatchObject({
      status: 200,
      body: { url: expect.stringMatching(/^http/) },
    });
  });

  test('refuses large, empty or badly named files before calling Xero', async () => {
    const session = await open();
    const { id } = await add(session, 'invoice');
    await app.control.clearRequests();
    const put = (name: string, bytes: Buffer) => session.send('PUT', `/api/invoices/${id}/attachments/${name}`, bytes);
    expect((await put('big.pdf', Buffer.alloc(10 * 1024 * 1024 + 1))).status).toBe(413);
    expect((await put('none.pdf', Buffer.alloc(0))).status).toBe(400);
    expect((await put('a%3Fb.pdf', Buffer.from('x'))).status).toBe(400);
    expect(await app.control.requests()).toEqual([]);
  });
});

describe('rights', () => {
  test('a missing right is 403, a foreign document or contact 404', async () => {
    const admin = await open();
    const [bill, invoice] = [await add(admin, 'bill', { number: randomUUID() }), await add(admin, 'invoice')];
    const sales = await open('priya');
    expect(await act(sales, bill, 'delete')).toMatchObject({ status: 403 });
    expect((await sales.send('GET', `/api/bills/${bill.id}/pdf`)).status).toBe(403);
    const viewer = await open('tom');
    expect((await viewer.send('GET', '/api/choices')).status).toBe(403);
    expect((await viewer.send('PUT', `/api/invoices/${invoice.id}/attachments/a.txt`, Buffer.from('x'))).status).toBe(
      403,
    );
    const elsewhere = await open('olivia', '1004');
    expect(await act(elsewhere, invoice, 'delete')).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await elsewhere.send('GET', `/api/invoices/${invoice.id}/pdf`)).status).toBe(404);
    expect((await elsewhere.send('GET', `/api/choices?contactId=${contactId}`)).status).toBe(404);
    const body = newDocument(contactId);
    const foreign = await sendDocument(elsewhere, { path: '/api/invoices', key: randomUUID(), body });
    expect(foreign).toMatchObject({ status: 404 });
    // An invoice's id under the path of bills is not found.
    expect((await admin.send('GET', `/api/bills/${invoice.id}/pdf`)).status).toBe(404);
    expect((await admin.send('POST', `/api/writes/${randomUUID()}/resolve`, { action: 'retry' })).status).toBe(404);
  });

  test('refuses a missing or odd key', async () => {
    const session = await open();
    const body = newDocument(contactId);
    expect((await session.send('POST', '/api/invoices', body)).status).toBe(400);
    expect((await sendDocument(session, { path: '/api/invoices', key: 'short', body })).status).toBe(400);
  });
});

describe('preflight', () => {
  test('reports each wrong field and sends nothing', async () => {
    const session = await open();
    const number = randomUUID();
    await add(session, 'bill', { number });
    await app.control.clearRequests();
    const lines = [{ description: 'Desk', quantity: '1', unitAmount: '1', accountCode: '999', taxType: 'OUTPUT' }];
    const body = newDocument(contactId, { number, lines, currency: 'CHF' });
    const answer = await sendDocument(session, { path: '/api/bills', key: randomUUID(), body });
    expect(answer).toMatchObject({ status: 422, body: { code: 'preflight_failed' } });
    const errors = answer.body.errors as { path: string }[];
    expect(errors.map(({ path }) => path)).toEqual(['currency', 'number', 'lines.0.accountCode']);
    expect((await app.control.requests()).filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test('shows Xero’s messages at fields; a corrected form is the next attempt', async () => {
    const session = await open();
    const first = await add(session, 'invoice');
    const { today } = (await session.call(getChoicesRoute)).organisation;
    const key = randomUUID();
    const body = newDocument(contactId, { date: today, number: first.number });
    const refused = await sendDocument(session, { path: '/api/invoices', key, body });
    expect(refused).toMatchObject({ status: 422, body: { code: 'xero_rejected', errors: [{ path: 'number' }] } });
    const corrected = { ...body, number: `N-${randomUUID()}` };
    expect(await sendDocument(session, { path: '/api/invoices', key, body: corrected })).toMatchObject({ status: 201 });
  });
});
