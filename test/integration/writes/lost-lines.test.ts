import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { getChoicesRoute } from '#shared/contract/choices.ts';
import { presets } from '#test/support/people/admin.ts';
import { newDocument, sendDocument } from '#test/support/people/documents.ts';
import type { Visit } from '#test/support/people/visit.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let contactId: string;
let date: string;
beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
  await app.admin.grant({ ben: presets.full });
  ({ contactId } = await app.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd'));
  date = (await (await open('9001')).call(getChoicesRoute)).organisation.today;
});
afterAll(() => app.stop());
beforeEach(() => app.advanceSeconds(61));

const dealLines = [
  { description: 'Annual plan', quantity: '2', unitAmount: '1450' },
  { description: 'Setup', quantity: '1', unitAmount: '800.50' },
  { description: 'Training', quantity: '3', unitAmount: '120' },
];
/** Each test has a deal of its own, because lost writes must not hold another test's lines. */
function open(dealId: string, userId = 'ben'): Promise<Visit> {
  const record = { type: 'deal', id: dealId, name: `Deal ${dealId}`, url: `${app.crmOrigin}/deals/${dealId}` };
  const contacts = [{ id: '1001', name: 'Nora Lindqvist', role: 'primary' }];
  const deal = { value: '4060.50', currency: 'AUD', lines: dealLines };
  return app.visit({ userId, recordType: 'deal', recordId: '9001', claims: { record, contacts, deal } });
}

const coded = { accountCode: '200', taxType: 'OUTPUT' };
function linesOf(indices: readonly number[], more: object[] = []) {
  return [...indices.map((index) => ({ ...dealLines[index], ...coded })), ...more];
}
function save(session: Visit, fromDealLines: number[], lines: object[] = linesOf(fromDealLines)) {
  return sendDocument(session, {
    path: '/api/invoices',
    key: randomUUID(),
    body: newDocument(contactId, { date, dueDate: date, fromDealLines, lines }),
  });
}

/** Deletes what was saved since, as a restore from an older backup does. */
function loseWrites(parts: readonly string[] = ['write_steps', 'write_claims', 'deal_documents', 'writes']): void {
  const sqlite = new Libsql(join(app.deps.config.dataDir, 'ledgerside.db'));
  for (const table of parts) sqlite.exec(`delete from ${table}`);
  sqlite.close();
}

function refusedLines({ status, body }: Awaited<ReturnType<typeof save>>) {
  return status === 422 ? (body.errors as { path: string; message: string }[]).map(({ path }) => path) : status;
}

describe('a line of a deal whose invoice the store has lost', () => {
  test('invoicing it again is refused; the deal’s other lines are free', async () => {
    const first = await save(await open('7001'), [0]);
    expect(first).toMatchObject({ status: 201 });
    loseWrites();
    const again = await save(await open('7001'), [0, 1]);
    expect(refusedLines(again)).toEqual(['fromDealLines.0']);
    expect(JSON.stringify(again.body)).toContain((first.body.document as { number: string }).number);
    expect(await save(await open('7001'), [1, 2])).toMatchObject({ status: 201 });
  });

  test('a line changed before saving may be any line of the deal', async () => {
    const changed = { ...dealLines[1], description: 'Setup, half of it', unitAmount: '400.25', ...coded };
    expect(await save(await open('7002'), [0, 1], linesOf([0], [changed]))).toMatchObject({ status: 201 });
    loseWrites();
    expect(refusedLines(await save(await open('7002'), [1]))).toEqual(['fromDealLines.0']);
    expect(refusedLines(await save(await open('7002'), [2]))).toEqual(['fromDealLines.0']);
    // Typed lines do not come from the deal.
    expect(await save(await open('7002'), [], linesOf([2]))).toMatchObject({ status: 201 });
  });

  test('the same line on another deal’s lost invoice is free', async () => {
    expect(await save(await open('7003'), [2])).toMatchObject({ status: 201 });
    loseWrites();
    expect(await save(await open('7003b'), [2])).toMatchObject({ status: 201 });
  });

  test('when that invoice was voided or deleted in Xero, then the line is free', async () => {
    const { body } = await save(await open('7004'), [1]);
    loseWrites();
    const { id } = body.document as { id: string };
    const tenantId = (await app.control.seedInfo()).organisations[0]?.tenantId ?? '';
    await app.control.updateInvoice({ tenantId, InvoiceID: id, Status: 'DELETED' });
    expect(await save(await open('7004'), [1])).toMatchObject({ status: 201 });
  });

  test('if only the reservation is lost, the write names its lines', async () => {
    const session = await open('7005');
    const edited = [{ description: 'All of it, as agreed', quantity: '1', unitAmount: '99', ...coded }];
    expect(await save(session, [0], edited)).toMatchObject({ status: 201 });
    loseWrites(['write_claims']);
    const again = await save(await open('7005'), [0]);
    expect(again).toMatchObject({
      status: 422,
      body: { errors: [{ message: expect.stringMatching(/already invoiced/) }] },
    });
  });

  test('sends nothing when Xero cannot be asked', async () => {
    await app.control.fault({ kind: 'status', status: 500, method: 'GET', path: '/Invoices$', times: 5 });
    await app.control.clearRequests();
    expect(await save(await open('7006'), [0])).toMatchObject({ status: 503 });
    expect((await app.control.requests()).filter(({ method }) => method === 'PUT')).toEqual([]);
    await app.control.clearFaults();
  });
});

describe('a quote whose conversion the store has lost', () => {
  const act = (session: Visit, quoteId: string) =>
    sendDocument(session, {
      path: `/api/quotes/${quoteId}/actions`,
      key: randomUUID(),
      body: { action: 'convert_to_invoice' },
    });
  const lamps = { Description: 'Lamps', Quantity: 2, UnitAmount: 100, TaxType: 'OUTPUT', AccountCode: '200' };
  const addQuote = (tenantId: string, Reference?: string) =>
    app.control.addQuote({
      tenantId,
      Contact: { ContactID: contactId },
      Status: 'ACCEPTED',
      LineAmountTypes: 'Exclusive',
      LineItems: [lamps],
      ...(Reference === undefined ? {} : { Reference }),
    });
  /** Converts a quote and accepts it again, as when marking it as invoiced failed or was undone in Xero. */
  async function convertOnce({ reference }: { reference?: string } = {}) {
    const tenantId = (await app.control.seedInfo()).organisations[0]?.tenantId ?? '';
    const quote = await addQuote(tenantId, reference);
    const made = await act(await open('7101'), quote.QuoteID);
    expect(made).toMatchObject({ status: 200 });
    const accept = () => app.control.updateQuote({ tenantId, QuoteID: quote.QuoteID, Status: 'ACCEPTED' });
    const { id, number } = made.body.document as { id: string; number: string };
    return { tenantId, quoteId: quote.QuoteID, quoteNumber: quote.QuoteNumber ?? '', accept, id, number };
  }
  const countInvoices = async (tenantId: string) => (await app.control.documents({ tenantId })).invoices.length;
  const refusal = (message: unknown) => ({
    status: 422,
    body: { code: 'preflight_failed', errors: [{ path: 'quote', message }] },
  });

  test('an invoiced quote is not converted again', async () => {
    const { tenantId, quoteId } = await convertOnce();
    loseWrites();
    const count = await countInvoices(tenantId);
    expect(await act(await open('7101'), quoteId)).toMatchObject({ status: 409, body: { code: 'action_not_allowed' } });
    expect(await countInvoices(tenantId)).toBe(count);
  });

  test('the quote’s number names its invoice, from any record', async () => {
    const { tenantId, quoteId, accept, number } = await convertOnce({ reference: 'PO 7731' });
    await accept();
    loseWrites();
    const count = await countInvoices(tenantId);
    const named = refusal(expect.stringMatching(new RegExp(`^${number} mentions this quote .* Check in Xero`)));
    expect(await act(await open('7101'), quoteId)).toMatchObject(named);
    const fromContact = await app.visit({ userId: 'ben', recordType: 'contact', recordId: '1001' });
    expect(await act(fromContact, quoteId)).toMatchObject(named);
    expect(await countInvoices(tenantId)).toBe(count);
  });

  test('if only the reservation is lost, the write names its invoice', async () => {
    const { tenantId, quoteId, accept, id, number } = await convertOnce();
    await accept();
    await app.control.updateInvoice({ tenantId, InvoiceID: id, Reference: 'as agreed' });
    loseWrites(['write_claims']);
    expect(await act(await open('7101'), quoteId)).toMatchObject(
      refusal(`${number} was already created from this quote.`),
    );
  });

  test('a deleted invoice, or one of another quote, allows converting', async () => {
    const deleted = await convertOnce();
    await deleted.accept();
    await app.control.updateInvoice({ tenantId: deleted.tenantId, InvoiceID: deleted.id, Status: 'DELETED' });
    const other = await addQuote(deleted.tenantId, 'PO 7731');
    // A longer number that begins with the other quote's number.
    const longer = await convertOnce();
    const Reference = `${other.QuoteNumber}1, of May`;
    await app.control.updateInvoice({ tenantId: longer.tenantId, InvoiceID: longer.id, Reference });
    loseWrites();
    expect(await act(await open('7101'), deleted.quoteId)).toMatchObject({ status: 200 });
    expect(await act(await open('7101'), other.QuoteID)).toMatchObject({ status: 200 });
  });

  test('a refusal names no invoice to people who may not view it', async () => {
    await app.admin.grant({ ben: presets.full, priya: ['quotes', 'invoices'] });
    const session = await open('7102', 'priya');
    const form = newDocument(contactId, { date, dueDate: undefined });
    const { body } = await sendDocument(session, { path: '/api/quotes', key: randomUUID(), body: form });
    const { id: quoteId } = body.document as { id: string };
    const tenantId = (await app.control.seedInfo()).organisations[0]?.tenantId ?? '';
    const accept = () => app.control.updateQuote({ tenantId, QuoteID: quoteId, Status: 'ACCEPTED' });
    await accept();
    expect(await act(session, quoteId)).toMatchObject({ status: 200 });
    await accept();
    loseWrites(['write_claims']);
    expect(await act(session, quoteId)).toMatchObject(refusal('An invoice was already created from this quote.'));
  });

  test('sends nothing when Xero cannot be asked', async () => {
    const { quoteId, accept } = await convertOnce();
    await accept();
    loseWrites();
    await app.control.fault({ kind: 'status', status: 500, method: 'GET', path: '/Invoices$', times: 5 });
    await app.control.clearRequests();
    expect(await act(await open('7101'), quoteId)).toMatchObject({ status: 503 });
    expect((await app.control.requests()).filter(({ method }) => method !== 'GET')).toEqual([]);
    await app.control.clearFaults();
  });
});
