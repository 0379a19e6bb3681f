import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DocumentList, listDocumentsRoute } from '#shared/contract/documents.ts';
import { adminId } from '#test/support/people/admin.ts';
import { addLinkedPeople, type Person } from '#test/support/people/people.ts';
import type { Visit } from '#test/support/people/visit.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let tenantId: string;
beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
  tenantId = (await app.deps.store.connections.find(app.workspace.id))?.organisationId ?? '';
});
afterAll(() => app.stop());

function reach() {
  return { store: app.deps.store, control: app.control, workspaceId: app.workspace.id };
}
function open(people: readonly Person[]) {
  return app.visit({
    ...{ userId: adminId, recordType: 'company', recordId: '501' },
    claims: { contacts: people.map(({ id, name }) => ({ id, name })) },
  });
}
function list(session: Visit, query: Record<string, string>) {
  return session.call(listDocumentsRoute, { query: { closed: 'true', ...query } });
}
async function countCalls() {
  return (await app.control.requests()).filter(({ path }) => /Invoices|Quotes/.test(path)).length;
}

/** Dates from 1 January 2020 on, so that many documents share a day. */
function dayOf(index: number) {
  return new Date(Date.UTC(2020, 0, 1 + (index % 40))).toISOString().slice(0, 10);
}

test('pages 1,300 invoices of 60 contacts completely, served from blocks', async () => {
  const people = await addLinkedPeople(reach(), 60);
  const count = 1300;
  for (let index = 0; index < count; index += 1) {
    // Most of them belong to one customer, as in practice.
    const ContactID = people[index % 3 === 0 ? index % 60 : 0]?.contactId ?? '';
    await app.control.addInvoice({
      ...{ tenantId, Contact: { ContactID }, Type: 'ACCREC', Status: 'AUTHORISED', Date: dayOf(index) },
      ...{ Total: index + 1, AmountPaid: index + 1, InvoiceNumber: `CLOSED-${index}` },
    });
  }
  const session = await open(people);
  await app.control.clearRequests();
  const first = await list(session, { kind: 'invoice' });
  expect(first).toMatchObject({ total: count, pageCount: 26, page: 1 });
  expect(first.partialUntil).toBeUndefined();
  expect(await countCalls()).toBe(2);
  const pages: DocumentList[] = [first];
  for (let page = 2; page <= first.pageCount; page += 1) {
    await app.advanceSeconds(1);
    pages.push(await list(session, { kind: 'invoice', page: String(page) }));
  }
  const rows = pages.flatMap(({ documents }) => documents);
  expect(new Set(rows.map(({ number }) => number)).size).toBe(count);
  expect(rows).toHaveLength(count);
  const dates = rows.map(({ date }) => date ?? '');
  expect(dates).toEqual(dates.toSorted().toReversed());
  // Seven blocks of 250 hold 1,300 rows of two lists.
  expect(await countCalls()).toBeLessThanOrEqual(7);
  const largest = await list(session, { kind: 'invoice', sort: 'amount' });
  expect(largest.documents[0]).toMatchObject({ number: 'CLOSED-1299', total: '1300.00' });
  expect((await list(session, { kind: 'invoice', search: 'closed-777' })).total).toBe(1);
}, 120_000);

test('names the day down to which a long list of quotes is complete', async () => {
  const [person] = await addLinkedPeople(reach(), 1);
  if (!person) throw new Error('nobody');
  for (let index = 0; index < 1010; index += 1) {
    await app.control.addQuote({
      ...{ tenantId, Contact: { ContactID: person.contactId }, Total: 1, Status: 'DECLINED', Date: dayOf(index) },
    });
  }
  await app.advanceSeconds(61);
  const session = await open([person]);
  const answer = await list(session, { kind: 'quote' });
  // One of the thousand that were read is open.
  expect(answer).toMatchObject({ total: 999, partialUntil: '2020-01-01' });
  expect((await list(session, { kind: 'invoice' })).partialUntil).toBeUndefined();
}, 120_000);
