import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { arrangePair, owed, type Person, passMinute, type StreamTest, startStreamTest } from './stream-harness.ts';

let stream: StreamTest;
let one: Person;
let other: Person;
beforeAll(async () => {
  stream = await startStreamTest();
});
afterAll(() => stream.app.stop());
beforeEach(async () => {
  [one, other] = await arrangePair(stream, { invoices: 2 });
});

describe('while somebody is viewing', () => {
  test('shows a payment after a minute, in one call', async () => {
    const invoice = await stream.addInvoice(one.contactId, { Total: 70 });
    await passMinute(stream, other);
    expect(owed(await stream.view(one))).toBe('2 170.00');
    await stream.takeCalls();
    await stream.app.control.updateInvoice({ tenantId: stream.tenantId, InvoiceID: invoice.InvoiceID, pay: 70 });
    await passMinute(stream, other);
    expect(await stream.takeCalls()).toEqual(['GET /Invoices']);
    const view = await stream.view(one);
    expect(owed(view)).toBe('1 100.00');
    expect(view.stale).toBe(false);
    expect(await stream.takeCalls()).toEqual([]);
  });

  test('without changes, a 304 makes the figures current', async () => {
    const before = await stream.view(one);
    // Past the overlap, which would return the new documents again.
    for (let minute = 0; minute < 3; minute += 1) await passMinute(stream, other);
    await stream.app.control.clearRequests();
    await passMinute(stream, other);
    const calls = (await stream.app.control.requests()).filter(({ path }) => path.endsWith('/Invoices'));
    expect(calls.map(({ status, responseBytes }) => [status, responseBytes])).toEqual([[304, 0]]);
    const after = await stream.view(one);
    expect(after.summary).toEqual(before.summary);
    expect(Date.parse(after.asOf ?? '') - Date.parse(before.asOf ?? '')).toBeGreaterThan(120_000);
  });

  test.each([
    ['voided', { Status: 'VOIDED' as const }, '1 100.00'],
    ['moved to another contact', {}, '1 100.00'],
    ['made smaller', { Total: 40 }, '2 140.00'],
  ])('the figures follow an invoice that is %s', async (what, change, figures) => {
    const { InvoiceID } = await stream.addInvoice(one.contactId, { Total: 70 });
    await passMinute(stream, other);
    const Contact = what === 'moved to another contact' ? { ContactID: other.contactId } : undefined;
    await stream.app.control.updateInvoice({ tenantId: stream.tenantId, InvoiceID, ...change, Contact });
    await passMinute(stream, other);
    expect(owed(await stream.view(one))).toBe(figures);
    expect(owed(await stream.view(other))).toBe(Contact ? '2 170.00' : '1 100.00');
  });

  test('shows a changed quote within three minutes, without webhooks', async () => {
    const quote = await stream.addQuote(one.contactId);
    for (let minute = 0; minute < 3; minute += 1) await passMinute(stream, other);
    expect((await stream.view(one)).summary?.openQuotes.count).toBe(1);
    const change = { tenantId: stream.tenantId, QuoteID: quote.QuoteID, Status: 'ACCEPTED' as const };
    await stream.app.control.updateQuote(change);
    await stream.takeCalls();
    for (let minute = 0; minute < 3; minute += 1) await passMinute(stream, other);
    const { summary } = await stream.view(one);
    expect([summary?.openQuotes.count, summary?.acceptedQuotes?.count]).toEqual([0, 1]);
    const calls = await stream.takeCalls();
    expect(calls.filter((call) => call === 'GET /Quotes')).toHaveLength(1);
    expect(calls.filter((call) => call === 'GET /Invoices')).toHaveLength(3);
  });

  test('an import of 5,000 invoices takes a handful of calls', async () => {
    await stream.importInvoices(one.contactId, 5_000);
    await stream.takeCalls();
    await passMinute(stream, other);
    const calls = await stream.takeCalls();
    expect(calls.filter((call) => call === 'GET /Invoices').length).toBeLessThanOrEqual(7);
    expect(owed(await stream.view(one))).toBe('5001 5100.00');
    expect(await stream.takeCalls()).toEqual([]);
  }, 120_000);

  test('the overlap finds a change that Xero indexed late', async () => {
    await passMinute(stream, other);
    await stream.app.control.clock({ advanceSeconds: -40 });
    await stream.addInvoice(one.contactId, { Total: 5 });
    await stream.app.control.clock({ advanceSeconds: 40 });
    await passMinute(stream, other);
    expect(owed(await stream.view(one))).toBe('2 105.00');
  });

  test('skips rows of contacts that are not loaded', async () => {
    const [stranger] = await stream.addPeople(1);
    await stream.addInvoice(stranger?.contactId ?? '');
    await passMinute(stream, other);
    const stamps = await stream.app.deps.ledger.findVersion(stream.tenantId, [stranger?.contactId ?? '']);
    expect(stamps).toBe('');
  });
});

describe('a contact that is viewed for long', () => {
  test('shows a moved due date of a part-paid invoice within the hour', async () => {
    const invoice = await stream.addInvoice(one.contactId, { Total: 70 });
    const change = { tenantId: stream.tenantId, InvoiceID: invoice.InvoiceID };
    await stream.app.control.updateInvoice({ ...change, pay: 20 });
    await passMinute(stream, other);
    await stream.app.control.updateInvoice({ ...change, DueDate: '2001-01-01' });
    for (let minute = 0; minute < 62; minute += 1) await passMinute(stream, other);
    await stream.view(one);
    await stream.app.deps.ledger.untilIdle();
    const view = await stream.view(one);
    expect(view.summary?.overdueInvoices.count).toBe(1);
  }, 60_000);
});

describe('without viewers', () => {
  test('after 90 seconds without viewers, Xero is not asked', async () => {
    await stream.app.advanceSeconds(91);
    await stream.takeCalls();
    await stream.addInvoice(one.contactId, { Total: 7 });
    for (let minute = 0; minute < 10; minute += 1) await stream.app.advanceSeconds(60);
    expect(await stream.takeCalls()).toEqual([]);
    const first = await stream.view(one);
    expect([owed(first), first.stale]).toEqual(['1 100.00', true]);
    // One call per kind returns everything that all contacts missed, whichever is viewed.
    expect((await stream.takeCalls()).sort()).toEqual(['GET /Contacts', 'GET /Invoices', 'GET /Quotes']);
    const second = await stream.view(one);
    expect([owed(second), second.stale]).toEqual(['2 107.00', false]);
    expect(owed(await stream.view(other))).toBe('1 100.00');
    expect(await stream.takeCalls()).toEqual([]);
  });

  test('after a day without viewers, each viewed contact is loaded again', async () => {
    await stream.app.advanceSeconds(25 * 3600);
    await stream.addInvoice(one.contactId, { Total: 7 });
    await stream.view(one);
    await stream.app.deps.ledger.untilIdle();
    expect(owed(await stream.view(one))).toBe('2 107.00');
    expect((await stream.view(other)).stale).toBe(true);
    await stream.app.deps.ledger.untilIdle();
    expect((await stream.view(other)).stale).toBe(false);
  });
});
