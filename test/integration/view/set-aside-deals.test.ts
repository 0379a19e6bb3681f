import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chooseDocumentsRoute, listDocumentsRoute } from '#shared/contract/documents.ts';
import { getViewRoute, type SessionView } from '#shared/contract/session/view.ts';
import { presets } from '#test/support/people/admin.ts';
import { crmOrigin } from '#test/support/world/app.ts';
import { type Person, passMinute, type StreamTest, startStreamTest } from '../ledger/stream-harness.ts';

/** Unreadable documents of a deal and in lists are reported, and cost no call on every view. */
let stream: StreamTest;
let one: Person;
beforeAll(async () => {
  stream = await startStreamTest();
  await stream.app.admin.grant({ priya: presets.full, ben: presets.sales });
});
afterAll(() => stream.app.stop());
beforeEach(async () => {
  await stream.app.control.clearFaults();
  await stream.app.advanceSeconds(3600);
  const [person] = await stream.addPeople(1);
  if (!person) throw new Error('nobody was added');
  one = person;
  await stream.addInvoice(one.contactId);
  await stream.view(one);
  await stream.app.deps.ledger.untilIdle();
});

function spoil(InvoiceID: string) {
  const rows = [{ match: { InvoiceID }, set: { CurrencyCode: '' } }];
  return stream.app.control.fault({ kind: 'alter', path: '/Invoices', times: null, alteration: { rows } });
}
/** Reported, while the other figures are up to date. */
const notWhole = { stale: false, error: { code: 'xero_invalid_answer', unreadable: 1 } };
const whole = [false, undefined];
function toMarks({ stale, error }: { stale: boolean; error?: unknown }) {
  return [stale, error];
}

describe('when it was chosen for a deal', () => {
  /** Two invoices of one person, 100 and 70, chosen for their deal. The second becomes unreadable. */
  async function chooseTwo(kind: 'invoice' | 'bill' = 'invoice') {
    const Type = kind === 'bill' ? ('ACCPAY' as const) : ('ACCREC' as const);
    const { InvoiceID: odd } = await stream.addInvoice(one.contactId, { Type, Total: 70 });
    await passMinute(stream, one);
    const { documents } = await (await stream.open(one)).call(listDocumentsRoute, { query: { kind: 'invoice' } });
    const places = [
      ...documents.map(({ id }) => ({ kind: 'invoice', id })),
      ...(kind === 'bill' ? [{ kind, id: odd }] : []),
    ];
    const record = { type: 'deal', id: one.recordId, name: one.name, url: `${crmOrigin}/deals/${one.recordId}` };
    const claims = { record, contacts: [{ id: one.recordId, name: one.name, role: 'primary' }] };
    // Takes the place of the CRM's own deal.
    const open = (userId = 'priya') => stream.app.visit({ userId, recordType: 'deal', recordId: '9001', claims });
    const deal = await open();
    await deal.call(chooseDocumentsRoute, { body: { add: places } });
    const readView = async (query = {}) => toDeal(await deal.call(getViewRoute, { query }));
    return { odd, open, deal, readView };
  }
  const change = (InvoiceID: string, Reference: string) =>
    stream.app.control.updateInvoice({ tenantId: stream.tenantId, InvoiceID, Reference });

  test('an unreadable document leaves the others and costs no further calls', async () => {
    const { odd, deal, readView } = await chooseTwo();
    expect(toMarks(await readView())).toEqual(whole);
    await spoil(odd);
    await change(odd, 'odd');
    await passMinute(stream, one);
    await stream.takeCalls();
    for (let again = 0; again < 3; again += 1) {
      const view = await readView();
      expect(view).toMatchObject({ ...notWhole, summary: { outstandingInvoices: { count: 1 } } });
      expect(view.chosen.map(({ total }) => total)).toEqual(['100.00']);
    }
    // It also belongs to the contact, and counts once.
    const list = await deal.call(listDocumentsRoute, { query: { kind: 'invoice' } });
    expect([list.total, list.error]).toMatchObject([1, { unreadable: 1 }]);
    expect(toMarks(await deal.call(listDocumentsRoute, { query: { kind: 'quote' } }))).toEqual(whole);
    expect(await stream.takeCalls()).toEqual([]);
    await stream.app.control.clearFaults();
    await change(odd, 'well');
    await passMinute(stream, one);
    const view = await readView();
    expect([toMarks(view), view.summary?.outstandingInvoices.count]).toEqual([whole, 2]);
  });

  test('Refresh asks once and still reports it; views do not ask', async () => {
    const { odd, readView } = await chooseTwo();
    await spoil(odd);
    await change(odd, 'odd');
    await stream.takeCalls();
    expect(await readView({ fresh: 'true' })).toMatchObject({ ...notWhole, chosen: [{ total: '100.00' }] });
    await stream.app.deps.ledger.untilIdle();
    expect((await stream.takeCalls()).filter((call) => call === 'GET /Invoices')).toHaveLength(1);
    for (let again = 0; again < 3; again += 1) expect(await readView()).toMatchObject(notWhole);
    await stream.app.deps.ledger.untilIdle();
    expect(await stream.takeCalls()).toEqual([]);
  });

  test('an unreadable bill is hidden without viewBills', async () => {
    const { odd, open, readView } = await chooseTwo('bill');
    await spoil(odd);
    await change(odd, 'odd');
    await passMinute(stream, one);
    expect(await readView()).toMatchObject(notWhole);
    expect(toMarks(toDeal((await open('ben')).opened.view))).toEqual(whole);
  });
});

test('a list reports an unreadable closed invoice without further calls', async () => {
  const { InvoiceID } = await stream.addInvoice(one.contactId, { Total: 70 });
  await stream.app.control.updateInvoice({ tenantId: stream.tenantId, InvoiceID, pay: 70 });
  await spoil(InvoiceID);
  await passMinute(stream, one);
  const session = await stream.open(one);
  await stream.takeCalls();
  for (let readView = 0; readView < 3; readView += 1) {
    const list = await session.call(listDocumentsRoute, { query: { kind: 'invoice', closed: 'true' } });
    expect(list).toMatchObject({ ...notWhole, documents: [] });
  }
  expect(await stream.takeCalls()).toEqual(['GET /Invoices']);
});

test('an unreadable credit note affects no list of documents', async () => {
  const { tenantId } = stream;
  await stream.app.control.addCreditNote({ tenantId, Contact: { ContactID: one.contactId }, Total: 12 });
  const alteration = { rows: [{ set: { CurrencyCode: '' } }] };
  await stream.app.control.fault({ kind: 'alter', path: '/CreditNotes$', times: null, alteration });
  // Refresh loads credits again if they are older than a minute.
  await stream.app.advanceSeconds(61);
  const session = await stream.open(one);
  await session.call(getViewRoute, { query: { fresh: 'true' } });
  await stream.app.deps.ledger.untilIdle();
  await stream.takeCalls();
  for (let readView = 0; readView < 3; readView += 1) expect(await session.call(getViewRoute)).toMatchObject(notWhole);
  expect(await stream.takeCalls()).toEqual([]);
  expect(toMarks(await session.call(listDocumentsRoute, { query: { kind: 'invoice' } }))).toEqual(whole);
});

function toDeal(view: SessionView | null) {
  if (view?.status !== 'deal') throw new Error(`no deal: ${JSON.stringify(view)}`);
  return view;
}
