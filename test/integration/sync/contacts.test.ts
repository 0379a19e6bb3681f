import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fuel, invoiceOf, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
let tenantId: string;
beforeAll(async () => {
  desk = await openSyncDesk(await startApp({ env: { XERO_TIMEOUT_SECONDS: '20' } }));
  tenantId = desk.where.organisationId;
});
afterAll(() => desk.app.stop());

describe('tax numbers', () => {
  test('the same one under another name is a near name', async () => {
    const { xeroId } = await desk.send('customers/t-1', 1, { name: 'Old Mill Pottery', taxNumber: '61 234 567 890' });
    const second = await desk.send('customers/t-2', 1, { name: 'Clayworks', taxNumber: '61234567890' });
    expect(second).toMatchObject({ state: 'question', question: { code: 'near_name' } });
    expect(second.question?.choices.map(({ id }) => id)).toEqual([`use:${xeroId}`, 'create']);
  });

  test('another one under the same name is a question, and nothing is matched before the answer', async () => {
    const { xeroId } = await desk.send('customers/t-3', 1, { name: 'City Plumbing', taxNumber: '11 111 111 111' });
    const second = await desk.send('suppliers/t-4', 1, { name: 'City Plumbing', taxNumber: '22 222 222 222' });
    expect(second).toMatchObject({ state: 'question', xeroId: null, question: { code: 'near_name' } });
    const difference = { field: 'taxNumber', crm: '22 222 222 222', xero: '11 111 111 111' };
    expect(second.question?.differences).toEqual([difference]);
    const body = { action: 'answer', choice: `use:${xeroId}`, questionId: second.question?.id };
    expect((await desk.act('suppliers/t-4', body)).status).toBe(200);
    expect(await desk.settled('suppliers/t-4')).toMatchObject({ state: 'synced', xeroId });
  });

  test('the same one, or none on one side, under the same name is one contact', async () => {
    const { xeroId } = await desk.send('customers/t-5', 1, { name: 'Bay Signs', taxNumber: '33 333 333 333' });
    const same = await desk.send('suppliers/t-6', 1, { name: 'Bay Signs', taxNumber: '33333333333' });
    expect(same).toMatchObject({ state: 'synced', xeroId });
  });
});

describe('new contacts of the same round', () => {
  type Put = { kind: string; crmId: string; data: object };

  async function sendTogether(...records: Put[]) {
    await desk.crm.send('POST', '/api/records/batch', { records: records.map((one) => ({ ...one, version: 1 })) });
    return Promise.all(records.map(({ kind, crmId }) => desk.settled(`${kind}/${crmId}`)));
  }

  async function contactsNamed(...names: string[]) {
    const { contacts } = await desk.app.control.directory({ tenantId });
    return contacts.filter(({ Name }) => names.includes(Name)).map(({ Name }) => Name);
  }

  test('a near name of one that is made with it is a question about that one', async () => {
    const [first, second] = await sendTogether(
      { kind: 'customers', crmId: 'n-1', data: { name: 'Lakeside Vets' } },
      { kind: 'customers', crmId: 'n-2', data: { name: 'Lakeside Vets Ltd' } },
    );
    const [made, asked] = first?.state === 'synced' ? [first, second] : [second, first];
    expect([made?.state, asked?.state, asked?.question?.code]).toEqual(['synced', 'question', 'near_name']);
    expect(asked?.question?.choices.map(({ id }) => id)).toEqual([`use:${made?.xeroId}`, 'create']);
    expect(await contactsNamed('Lakeside Vets', 'Lakeside Vets Ltd')).toEqual([made?.title]);
  });

  test('exactly the same name is one contact, without a refusal', async () => {
    const [first, second] = await sendTogether(
      { kind: 'suppliers', crmId: 'n-3', data: { name: 'Twice Told Books' } },
      { kind: 'suppliers', crmId: 'n-4', data: { name: 'twice  told books' } },
    );
    expect(first).toMatchObject({ state: 'synced', tries: 0 });
    expect(second).toMatchObject({ state: 'synced', tries: 0, xeroId: first?.xeroId });
  });

  test('near names of suppliers that only expenses name are one contact and one question', async () => {
    const names = ['Hilltop Garage', 'Hilltop Garage Pty Ltd', 'Hilltop Garage'];
    const records = await sendTogether(
      ...names.map((name, place) => ({
        ...{ kind: 'expenses', crmId: `n-5-${place}` },
        data: { ...fuel, reference: `N-5-${place}`, supplier: { name } },
      })),
    );
    const made = await contactsNamed(...names);
    expect(made).toHaveLength(1);
    for (const [place, record] of records.entries())
      expect([names[place], record.state]).toEqual([names[place], names[place] === made[0] ? 'synced' : 'question']);
  });

  test('when nobody knows whether the first was made, then the second waits and is asked about', async () => {
    await desk.app.control.fault({ kind: 'lose-answer', method: 'PUT', path: 'Contacts' });
    const records = await sendTogether(
      { kind: 'customers', crmId: 'n-6', data: { name: 'Mountain Bakers' } },
      { kind: 'customers', crmId: 'n-7', data: { name: 'Mountain Bakers Inc' } },
    );
    expect(records.map(({ state }) => state).toSorted()).toEqual(['question', 'synced']);
    expect(await contactsNamed('Mountain Bakers', 'Mountain Bakers Inc')).toHaveLength(1);
  });
});

describe('a contact that was merged into another one in Xero', () => {
  async function merge(away: string, into: string) {
    const ids = await Promise.all([away, into].map(async (id) => (await desk.read(`customers/${id}`)).xeroId ?? ''));
    const [contactId = '', intoContactId = ''] = ids;
    await desk.app.control.mergeContacts({ tenantId, contactId, intoContactId });
    // Our list of contacts is read again after half a minute.
    await desk.app.advanceSeconds(60);
    return intoContactId;
  }

  test('an invoice that names its record lands on the survivor, though nobody sent the customer again', async () => {
    await desk.send('customers/m-1', 1, { name: 'Swallowed Up Ltd' });
    await desk.send('customers/m-2', 1, { name: 'Everlasting Holdings' });
    const survivor = await merge('m-1', 'm-2');
    expect(await desk.send('invoices/m-1', 1, invoiceOf('SURVIVOR-1', 'm-1'))).toMatchObject({ state: 'synced' });
    const { invoices } = await desk.documents();
    const made = invoices.find(({ InvoiceNumber }) => InvoiceNumber === 'SURVIVOR-1');
    expect(made?.contactId.toLowerCase()).toBe(survivor);
  });

  test('a bill that names it by its old name lands on the survivor', async () => {
    await desk.send('customers/m-3', 1, { name: 'Former Name Fuels' });
    await desk.send('customers/m-4', 1, { name: 'Present Energy' });
    const survivor = await merge('m-3', 'm-4');
    const { xeroId } = await desk.send('expenses/m-3', 1, { ...fuel, supplier: { name: 'Former Name Fuels' } });
    const { bills } = await desk.documents();
    const made = bills.find(({ InvoiceID }) => InvoiceID.toLowerCase() === xeroId);
    expect(made?.contactId.toLowerCase()).toBe(survivor);
  });
});
