import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listDocumentsRoute } from '#shared/contract/documents.ts';
import { getViewRoute } from '#shared/contract/session/view.ts';
import { presets } from '#test/support/people/admin.ts';
import { metricsToken } from '#test/support/world/app.ts';
import {
  arrangePair,
  owed,
  type Person,
  passMinute,
  type StreamTest,
  startStreamTest,
  toLinked,
} from '../ledger/stream-harness.ts';

/** An unreadable document does not affect other contacts' figures, and is reported with its own contact's. */
let stream: StreamTest;
let one: Person;
let other: Person;
beforeAll(async () => {
  stream = await startStreamTest();
  await stream.app.admin.grant({ priya: presets.full, ben: presets.sales });
});
afterAll(() => stream.app.stop());
beforeEach(async () => {
  [one, other] = await arrangePair(stream, { invoices: 2 });
});

/** Makes a document permanently unreadable, as other software might write it. */
function spoil(InvoiceID: string, set: Record<string, unknown> = { CurrencyCode: '' }) {
  return stream.app.control.fault({
    kind: 'alter',
    path: '/Invoices',
    times: null,
    alteration: { rows: [{ match: { InvoiceID }, set }] },
  });
}
/** Reported, while the other figures are up to date. */
const notWhole = { stale: false, error: { code: 'xero_invalid_answer', unreadable: 1 } };
const whole = [false, undefined];
function toMarks({ stale, error }: { stale: boolean; error?: unknown }) {
  return [stale, error];
}

describe('while the stream runs', () => {
  test('another contact’s unreadable invoice leaves everybody else fresh', async () => {
    const [stranger] = await stream.addPeople(1);
    const { InvoiceID } = await stream.addInvoice(stranger?.contactId ?? '');
    await spoil(InvoiceID);
    const before = await stream.view(one);
    await stream.addInvoice(one.contactId, { Total: 5 });
    await passMinute(stream, other);
    const view = await stream.view(one);
    expect([owed(view), view.stale, view.error]).toEqual(['2 105.00', false, undefined]);
    // Past the overlap, the row is not sent again, because the cursor has moved.
    for (let minute = 0; minute < 3; minute += 1) await passMinute(stream, other);
    await stream.app.control.clearRequests();
    await passMinute(stream, other);
    const calls = (await stream.app.control.requests()).filter(({ path }) => path.endsWith('/Invoices'));
    expect(calls.map(({ status }) => status)).toEqual([304]);
    expect((await stream.view(one)).asOf ?? '').not.toBe(before.asOf);
    expect(stream.app.logs()).toContain('Rows from Xero could not be parsed and were left out');
    const metrics = await fetch(`${stream.app.origin}/metrics`, {
      headers: { authorization: `Bearer ${metricsToken}` },
    });
    expect(await metrics.text()).toMatch(/xero_rows_set_aside_total\{list="invoices"\} [1-9]/);
  });

  test('an unreadable invoice is reported beside the contact’s others', async () => {
    const { InvoiceID } = await stream.addInvoice(one.contactId, { Total: 70 });
    await passMinute(stream, other);
    expect(owed(await stream.view(one))).toBe('2 170.00');
    await spoil(InvoiceID);
    await stream.app.control.updateInvoice({ tenantId: stream.tenantId, InvoiceID, Reference: 'odd' });
    await passMinute(stream, other);
    await stream.takeCalls();
    for (let time = 0; time < 3; time += 1) {
      const view = await stream.view(one);
      expect([owed(view), view]).toEqual([
        '1 100.00',
        expect.objectContaining({ ...notWhole, error: expect.objectContaining(notWhole.error) }),
      ]);
    }
    expect(await stream.takeCalls()).toEqual([]);
    expect(toMarks(await stream.view(other))).toEqual(whole);
    // Corrected in Xero.
    await stream.app.control.clearFaults();
    await stream.app.control.updateInvoice({ tenantId: stream.tenantId, InvoiceID, Reference: 'well' });
    await passMinute(stream, other);
    const mended = await stream.view(one);
    expect([owed(mended), mended.stale, mended.error]).toEqual(['2 170.00', false, undefined]);
  });

  test('a voided invoice is not missing', async () => {
    const { InvoiceID } = await stream.addInvoice(one.contactId, { Total: 70 });
    await spoil(InvoiceID);
    await passMinute(stream, other);
    expect(await stream.view(one)).toMatchObject(notWhole);
    await stream.app.control.updateInvoice({ tenantId: stream.tenantId, InvoiceID, Status: 'VOIDED' });
    await passMinute(stream, other);
    const view = await stream.view(one);
    expect([owed(view), view.stale, view.error]).toEqual(['1 100.00', false, undefined]);
  });

  test('after moving, it is reported at the new contact only', async () => {
    const { InvoiceID } = await stream.addInvoice(one.contactId, { Total: 70 });
    await spoil(InvoiceID);
    await passMinute(stream, other);
    expect(await stream.view(one)).toMatchObject(notWhole);
    const Contact = { ContactID: other.contactId };
    await stream.app.control.updateInvoice({ tenantId: stream.tenantId, InvoiceID, Contact });
    await passMinute(stream, other);
    expect(toMarks(await stream.view(one))).toEqual(whole);
    expect(await stream.view(other)).toMatchObject(notWhole);
  });

  test('without a readable contact, it is reported at its former contact', async () => {
    const { InvoiceID } = await stream.addInvoice(one.contactId, { Total: 70 });
    await passMinute(stream, other);
    await stream.view(one);
    await spoil(InvoiceID, { Contact: null });
    await stream.app.control.updateInvoice({ tenantId: stream.tenantId, InvoiceID, Reference: 'odd' });
    await passMinute(stream, other);
    expect(await stream.view(one)).toMatchObject({ ...notWhole, summary: { outstandingInvoices: { count: 1 } } });
    expect(toMarks(await stream.view(other))).toEqual(whole);
  });

  test('the others’ names follow beside an unreadable contact', async () => {
    await stream.app.control.fault({
      kind: 'alter',
      path: '/Contacts$',
      times: null,
      alteration: { rows: [{ match: { ContactID: other.contactId }, set: { Name: '' } }] },
    });
    await stream.app.control.updateContact({ tenantId: stream.tenantId, ContactID: other.contactId, FirstName: 'Odd' });
    const Name = `${one.name} renamed`;
    await stream.app.control.updateContact({ tenantId: stream.tenantId, ContactID: one.contactId, Name });
    for (let minute = 0; minute < 11; minute += 1) await passMinute(stream, other);
    expect((await stream.view(one)).contact.name).toBe(Name);
  });
});

describe('when it is loaded', () => {
  test('an unreadable invoice costs no call on further views', async () => {
    const [person] = await stream.addPeople(1);
    if (!person) throw new Error('nobody was added');
    await stream.addInvoice(person.contactId, { Total: 30 });
    const { InvoiceID } = await stream.addInvoice(person.contactId, { Total: 70 });
    await spoil(InvoiceID);
    const view = await stream.view(person);
    expect([owed(view), view.stale, view.error]).toMatchObject(['1 30.00', false, notWhole.error]);
    await stream.app.deps.ledger.untilIdle();
    await stream.takeCalls();
    for (let time = 0; time < 3; time += 1) expect(await stream.view(person)).toMatchObject(notWhole);
    expect(await stream.takeCalls()).toEqual([]);
    const session = await stream.open(person);
    const list = await session.call(listDocumentsRoute, { query: { kind: 'invoice' } });
    expect([list.total, list.stale, list.error]).toMatchObject([1, false, notWhole.error]);
    const quotes = await session.call(listDocumentsRoute, { query: { kind: 'quote' } });
    expect(toMarks(quotes)).toEqual(whole);
    // Xero sends the same version, now readable.
    await stream.app.control.clearFaults();
    const mended = toLinked(await session.call(getViewRoute, { query: { fresh: 'true' } }));
    expect([owed(mended), ...toMarks(mended)]).toEqual(['2 100.00', ...whole]);
  });

  test('an unreadable bill is hidden without viewBills', async () => {
    const [person] = await stream.addPeople(1);
    if (!person) throw new Error('nobody was added');
    const { InvoiceID } = await stream.addInvoice(person.contactId, { Type: 'ACCPAY' });
    await spoil(InvoiceID);
    expect(await stream.view(person)).toMatchObject(notWhole);
    const record = {
      type: 'contact',
      id: person.recordId,
      name: person.name,
      url: `${stream.app.crmOrigin}/contacts/1`,
    };
    const session = await stream.app.visit({
      userId: 'ben',
      recordType: 'contact',
      recordId: '1001',
      claims: { record },
    });
    const view = toLinked(session.opened.view);
    expect(toMarks(view)).toEqual(whole);
  });

  test('an unreadable credit note is reported beside the figures', async () => {
    const { tenantId } = stream;
    await stream.app.control.addCreditNote({ tenantId, Contact: { ContactID: one.contactId }, Total: 12 });
    await stream.app.control.fault({
      kind: 'alter',
      path: '/CreditNotes$',
      times: null,
      alteration: { rows: [{ set: { CurrencyCode: '' } }] },
    });
    // Refresh loads credits again if they are older than a minute.
    await stream.app.advanceSeconds(61);
    const session = await stream.open(one);
    await session.call(getViewRoute, { query: { fresh: 'true' } });
    await stream.app.deps.ledger.untilIdle();
    expect(toLinked(await session.call(getViewRoute))).toMatchObject(notWhole);
  });

  test('an unreadable answer is asked for again only by Refresh', async () => {
    const [person] = await stream.addPeople(1);
    if (!person) throw new Error('nobody was added');
    await stream.app.control.fault({ kind: 'html', path: '/api.xro/2.0/(Invoices|Quotes)', times: null });
    expect(await stream.view(person)).toMatchObject({ summary: null, error: { code: 'xero_invalid_answer' } });
    await stream.takeCalls();
    for (let time = 0; time < 5; time += 1) await stream.view(person);
    expect(await stream.takeCalls()).toEqual([]);
    await stream.app.control.clearFaults();
    const session = await stream.open(person);
    const view = toLinked(await session.call(getViewRoute, { query: { fresh: 'true' } }));
    expect([view.summary?.outstandingInvoices.count, view.error]).toEqual([0, undefined]);
  });

  test('without Refresh, it is asked for ever less often', async () => {
    const [person] = await stream.addPeople(1);
    if (!person) throw new Error('nobody was added');
    await stream.app.control.fault({ kind: 'html', path: '/api.xro/2.0/(Invoices|Quotes)', times: null });
    for (let half = 0; half < 120; half += 1) {
      await stream.view(person);
      await stream.app.advanceSeconds(30);
    }
    const ofPerson = ({ query }: { query: Record<string, string> }) => query.ContactIDs === person.contactId;
    const asked = (await stream.app.control.requests()).filter(ofPerson).length;
    expect(asked).toBeGreaterThan(3);
    expect(asked).toBeLessThan(14);
  });
});
