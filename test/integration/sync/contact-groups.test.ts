import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fuel, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
let tenantId: string;
beforeAll(async () => {
  desk = await openSyncDesk(await startApp());
  tenantId = desk.where.organisationId;
});
afterAll(() => desk.app.stop());
beforeEach(() => desk.app.control.clearRequests());

type Put = { kind: string; crmId: string; data: object };

async function sendTogether(records: readonly Put[]): Promise<void> {
  await desk.crm.send('POST', '/api/records/batch', { records: records.map((one) => ({ ...one, version: 1 })) });
  for (const { kind, crmId } of records) {
    const isIn = async () => {
      const { state, also } = await desk.read(`${kind}/${crmId}`);
      return state === 'synced' && also.every((one) => one.state !== 'waiting');
    };
    await desk.until(isIn, `${kind}/${crmId} to be in Xero, with what follows`);
  }
}

async function countJoins(): Promise<number> {
  const calls = await desk.app.control.requests();
  return calls.filter(({ method, path }) => method === 'PUT' && /ContactGroups\/.+\/Contacts/.test(path)).length;
}

/** The names of a group's contacts. `name` is how the group's name begins. */
async function readGroup(name: string): Promise<(string | undefined)[]> {
  const { contacts, groups } = await desk.app.control.directory({ tenantId });
  const contactIds = groups.filter((group) => group.name.startsWith(name)).flatMap((group) => group.contactIds);
  return contactIds.map((id) => contacts.find(({ ContactID }) => ContactID === id)?.Name);
}

/** Names that are not alike: a near name would be a question. */
const names = ['Amber Pools', 'Birch Motors', 'Coral Dental', 'Dune Travel'];

test('contacts that are made together join their group with one call', async () => {
  await sendTogether(names.map((name) => ({ kind: 'customers', crmId: name, data: { name } })));
  expect(await readGroup('Customers')).toEqual(expect.arrayContaining(names));
  expect(await countJoins()).toBe(1);
});

test('so do suppliers whom only expenses name', async () => {
  const suppliers = ['Elm Print', 'Fern Foods', 'Gum Tools'];
  const expenses = suppliers.map((supplierName) => {
    const data = { ...fuel, supplier: { name: supplierName }, reference: undefined };
    return { kind: 'expenses', crmId: supplierName, data };
  });
  await sendTogether(expenses);
  expect(await readGroup('Suppliers')).toEqual(expect.arrayContaining(suppliers));
  expect(await countJoins()).toBe(1);
});

test('a group that was deleted in Xero is made again', async () => {
  const { groups } = await desk.app.control.directory({ tenantId });
  const name = groups.find((group) => group.name.startsWith('Customers'))?.name ?? '';
  await desk.app.control.deleteContactGroup({ tenantId, name });
  await sendTogether([{ kind: 'customers', crmId: 'h', data: { name: 'Heron Boats' } }]);
  expect(await readGroup('Customers')).toEqual(['Heron Boats']);
});

test('when Xero refuses them together, each joins alone', async () => {
  await desk.app.control.fault({
    kind: 'status',
    status: 400,
    method: 'PUT',
    path: '/ContactGroups/.+/Contacts',
    times: 1,
  });
  await sendTogether(['Iris Law', 'Jade Homes'].map((name) => ({ kind: 'suppliers', crmId: name, data: { name } })));
  expect(await readGroup('Suppliers')).toEqual(expect.arrayContaining(['Iris Law', 'Jade Homes']));
  expect(await countJoins()).toBe(3);
});
