import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chooseDocumentsRoute } from '#shared/contract/documents.ts';
import { getViewRoute } from '#shared/contract/session/view.ts';
import { arrangePair, owed, type Person, passMinute, type StreamTest, startStreamTest } from './stream-harness.ts';

let stream: StreamTest;
let one: Person;
let other: Person;
beforeAll(async () => {
  stream = await startStreamTest();
});
afterAll(() => stream.app.stop());
beforeEach(async () => {
  [one, other] = await arrangePair(stream, { invoices: 1 });
});

async function wake() {
  await stream.app.deps.changes.wake(stream.tenantId);
  await stream.app.deps.ledger.untilIdle();
}

describe('webhooks', () => {
  test('a webhook while viewing corrects the figures in one call', async () => {
    await stream.addInvoice(one.contactId);
    await stream.app.advanceSeconds(3);
    await stream.takeCalls();
    await wake();
    expect(await stream.takeCalls()).toEqual(['GET /Invoices']);
    expect(owed(await stream.view(one))).toBe('2 200.00');
  });

  test('a hundred webhooks cost one call, and another two seconds later', async () => {
    await stream.app.advanceSeconds(3);
    await stream.takeCalls();
    await Promise.all(Array.from({ length: 100 }, () => stream.app.deps.changes.wake(stream.tenantId)));
    await stream.app.deps.ledger.untilIdle();
    await wake();
    expect(await stream.takeCalls()).toEqual(['GET /Invoices']);
    await stream.app.advanceSeconds(2);
    expect(await stream.takeCalls()).toEqual(['GET /Invoices']);
  });

  test('minutes of webhooks cost few additional calls', async () => {
    await stream.takeCalls();
    for (let second = 0; second < 180; second += 3) {
      if (second % 60 === 0) await stream.view(other);
      await stream.app.deps.changes.wake(stream.tenantId);
      await stream.app.advanceSeconds(3);
    }
    const calls = await stream.takeCalls();
    expect(calls.filter((call) => call === 'GET /Invoices').length).toBeLessThanOrEqual(14);
  });

  test('a webhook without viewers makes no call until somebody views', async () => {
    await stream.app.advanceSeconds(50);
    await stream.view(one);
    await stream.app.advanceSeconds(91);
    await stream.takeCalls();
    await stream.addInvoice(one.contactId);
    await wake();
    expect(await stream.takeCalls()).toEqual([]);
    expect((await stream.view(one)).stale).toBe(true);
    await stream.app.deps.ledger.untilIdle();
    const view = await stream.view(one);
    expect([owed(view), view.stale]).toEqual(['2 200.00', false]);
  });
});

describe('losses', () => {
  test.each([
    ['cursor', () => ''],
    ['list of loaded contacts', (epoch: string) => `covered:${epoch}`],
  ])('losing the %s reloads what is viewed and misses nothing', async (_what, partOf) => {
    const state = `stream:${stream.tenantId}:state`;
    const { epoch } = JSON.parse((await stream.app.deps.cache.get(state)) ?? '{}');
    const part = partOf(epoch);
    await stream.app.deps.cache.delete(part === '' ? state : `stream:${stream.tenantId}:${part}`);
    await stream.addInvoice(one.contactId);
    // Loading another contact does not hide the loss.
    const [another] = await stream.addPeople(1);
    if (another) await stream.view(another);
    await stream.app.advanceSeconds(61);
    await stream.view(one);
    await stream.app.deps.ledger.untilIdle();
    expect(owed(await stream.view(one))).toBe('2 200.00');
    await stream.addInvoice(one.contactId);
    await passMinute(stream, other);
    expect(owed(await stream.view(one))).toBe('3 300.00');
    expect((await stream.view(one)).stale).toBe(false);
  });

  test('when Xero fails, figures stay, marked stale with the reason', async () => {
    await stream.app.control.fault({ kind: 'status', status: 500, path: '/Invoices', times: Infinity });
    await passMinute(stream, other);
    await passMinute(stream, other);
    const view = await stream.view(one);
    expect(view).toMatchObject({ stale: true, error: { code: 'xero_unavailable' } });
    expect(owed(view)).toBe('1 100.00');
    for (let minute = 0; minute < 10; minute += 1) await passMinute(stream, other);
    await stream.takeCalls();
    for (let minute = 0; minute < 10; minute += 1) await passMinute(stream, other);
    expect((await stream.takeCalls()).length).toBeLessThanOrEqual(3);
    await stream.addInvoice(one.contactId);
    await stream.app.control.clearFaults();
    // A person's Refresh asks at once, and the stream continues.
    await (await stream.open(other)).call(getViewRoute, { query: { fresh: 'true' } });
    await stream.app.deps.ledger.untilIdle();
    const after = await stream.view(one);
    expect([owed(after), after.stale]).toEqual(['2 200.00', false]);
    expect(after).not.toHaveProperty('error');
  });

  test('with few calls left, background stops and the stream uses half', async () => {
    const midnightMs = await startAtNoon();
    // Less than the fifth that background calls must leave.
    await stream.app.control.limits({ dayRemaining: 60 });
    await passMinute(stream, other);
    await stream.takeCalls();
    await viewUntil(midnightMs - 6 * 3_600_000);
    // Reloads each hour, contacts and credits run in the background.
    const { ofStream, behind } = await takeCallsApart();
    expect(behind).toEqual([]);
    // Half of the 60 calls, for half of the time until midnight.
    expect(ofStream.length).toBeLessThanOrEqual(15);
    expect(ofStream.filter((path) => path === '/Invoices').length).toBeGreaterThanOrEqual(6);
    // The new day's calls let everything continue, so the limit was what it waited for.
    await stream.app.advanceSeconds(6 * 3600);
    for (let minute = 0; minute < 3; minute += 1) await passMinute(stream, other);
    const next = await takeCallsApart();
    expect(next.behind).toEqual(expect.arrayContaining(['/Contacts', '/CreditNotes']));
  });

  /** The daily limit resets at midnight (UTC), which is returned. */
  async function startAtNoon(): Promise<number> {
    const daySeconds = 24 * 3600;
    const sinceNoon = (stream.app.clock.now().getTime() / 1000 + daySeconds / 2) % daySeconds;
    await stream.app.advanceSeconds(Math.ceil(daySeconds - sinceNoon));
    await passMinute(stream, other);
    return stream.app.clock.now().getTime() + (daySeconds / 2) * 1000;
  }

  /**
   * Steps shorter than the five minutes before a token's expiry at which it is refreshed, because Xero's clock moves
   * first.
   */
  async function viewUntil(untilMs: number): Promise<void> {
    while (stream.app.clock.now().getTime() < untilMs) {
      await stream.view(other);
      for (let half = 0; half < 2; half += 1) await stream.app.advanceSeconds(240);
    }
  }

  /** The stream's own questions name no contacts. Loads do. */
  async function takeCallsApart() {
    const calls = (await stream.app.control.requests()).filter(({ path }) => path.startsWith('/api.xro/2.0'));
    await stream.app.control.clearRequests();
    const told = calls.map(({ path, query }) => ({
      path: path.replace('/api.xro/2.0', ''),
      isOfContact: Object.keys(query).some((name) => /^contactids?$/i.test(name)),
    }));
    const isOfStream = ({ path, isOfContact }: (typeof told)[number]) =>
      !isOfContact && ['/Invoices', '/Quotes'].includes(path);
    const toPaths = (some: typeof told) => some.map(({ path }) => path);
    return { ofStream: toPaths(told.filter(isOfStream)), behind: toPaths(told.filter((one) => !isOfStream(one))) };
  }
});

describe('contacts', () => {
  /** The stream reads contacts less often. */
  const passTenMinutes = async () => {
    for (let minute = 0; minute < 11; minute += 1) await passMinute(stream, other);
  };
  const change = (contact: { ContactID: string; Name?: string; ContactStatus?: 'ARCHIVED'; mergeInto?: string }) =>
    stream.app.control.updateContact({ tenantId: stream.tenantId, ...contact });

  test('the view shows a contact’s new name', async () => {
    await change({ ContactID: one.contactId, Name: `${one.name} renamed` });
    await passTenMinutes();
    expect((await stream.view(one)).contact.name).toBe(`${one.name} renamed`);
  });

  test('an archived contact is shown as such and keeps its figures', async () => {
    expect((await stream.view(one)).contact).not.toHaveProperty('isArchived');
    await change({ ContactID: one.contactId, ContactStatus: 'ARCHIVED' });
    await passTenMinutes();
    const view = await stream.view(one);
    expect(view.contact.isArchived).toBe(true);
    expect(owed(view)).toBe('1 100.00');
  });

  test('merging moves links and documents, and is audited', async () => {
    await change({ ContactID: one.contactId, mergeInto: other.contactId });
    await passTenMinutes();
    await stream.view(one);
    await stream.app.deps.ledger.untilIdle();
    for (const person of [one, other]) {
      const view = await stream.view(person);
      expect(view.contact).toMatchObject({ id: other.contactId, name: other.name });
      expect(owed(view)).toBe('1 100.00');
    }
    const [row] = await stream.app.deps.store.audit.list(stream.app.workspace.id, { limit: 1 });
    const record = { type: 'contact', id: one.recordId };
    expect(row).toMatchObject({ action: 'move_link', outcome: 'moved', record, contactId: other.contactId });
    expect(row?.details).toContain(one.name);
  });

  test('the first view follows an earlier merge', async () => {
    const [late] = await stream.addPeople(1);
    if (!late) throw new Error('nobody was added');
    await change({ ContactID: late.contactId, mergeInto: other.contactId });
    for (let minute = 0; minute < 5; minute += 1) await passMinute(stream, other);
    await stream.app.deps.cache.delete(`stream:${stream.tenantId}:state`);
    await stream.view(late);
    await passTenMinutes();
    expect((await stream.view(late)).contact.id).toBe(other.contactId);
  });
});

describe('documents chosen for a deal', () => {
  test('a deal shows a payment after a minute without a call of its own', async () => {
    const openDeal = () => stream.app.visit({ userId: 'priya', recordType: 'deal', recordId: '9001' });
    const { contactId } = await stream.app.admin.link({ type: 'contact', id: '1001' }, other.name);
    const { InvoiceID } = await stream.addInvoice(contactId, { Total: 70 });
    await (await stream.open(other)).call(getViewRoute, { query: { fresh: 'true' } });
    const session = await openDeal();
    await session.call(chooseDocumentsRoute, { body: { add: [{ kind: 'invoice', id: InvoiceID }] } });
    await stream.app.control.updateInvoice({ tenantId: stream.tenantId, InvoiceID, pay: 70 });
    await passMinute(stream, other);
    await session.call(getViewRoute);
    await stream.app.deps.ledger.untilIdle();
    await stream.takeCalls();
    const second = await stream.app.control.updateInvoice({ tenantId: stream.tenantId, InvoiceID, Reference: 'PO 7' });
    expect(second.Reference).toBe('PO 7');
    await passMinute(stream, other);
    const view = await (await openDeal()).call(getViewRoute);
    expect(view).toMatchObject({ stale: false, chosen: [{ id: InvoiceID, status: 'PAID', reference: 'PO 7' }] });
    expect(await stream.takeCalls()).toEqual(['GET /Invoices']);
  });
});
