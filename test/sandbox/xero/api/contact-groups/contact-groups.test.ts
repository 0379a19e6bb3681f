import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../../testing/desk.ts';

let desk: TestDesk;

beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.session.xero.close());
beforeEach(() => desk.renew());

async function make(Name: string): Promise<string> {
  const group = await desk.write('PUT', '/ContactGroups', { ContactGroups: [{ Name }] });
  return `/ContactGroups/${group.ContactGroupID}`;
}
function members(...contacts: string[]) {
  return {
    Contacts: contacts.map((name) => ({ ContactID: desk.contact(name) })),
  };
}
async function memberNames(path: string) {
  const [group] = await desk.list(path);
  return ((group?.Contacts ?? []) as { Name: string }[]).map(({ Name }) => Name);
}

describe('contact groups', () => {
  test('when contacts are added, then the group and each contact show it', async () => {
    const path = await make('Customers from Fieldnote');
    await desk.write('PUT', `${path}/Contacts`, members('Blue Gum Dental', 'Nordlys Trading AS'));
    expect(await memberNames(path)).toEqual(['Blue Gum Dental', 'Nordlys Trading AS']);
    const [contact] = await desk.list(`/Contacts/${desk.contact('Blue Gum Dental')}`);
    expect(contact?.ContactGroups).toMatchObject([{ Name: 'Customers from Fieldnote', Status: 'ACTIVE' }]);
    expect(await desk.list('/ContactGroups')).toMatchObject([{ Name: 'Customers from Fieldnote', Contacts: [] }]);
  });

  test('when one contact is archived, then none of the call is added', async () => {
    const path = await make('Suppliers');
    const body = members('Blue Gum Dental', 'Bower Bird Antiques');
    expect(await desk.refusal('PUT', `${path}/Contacts?summarizeErrors=false`, body)).toEqual([
      'Unable to assign an Archived contact.',
    ]);
    expect(await memberNames(path)).toEqual([]);
  });

  test('members are removed one by one, or all at once', async () => {
    const path = await make('Suppliers');
    await desk.write(
      'PUT',
      `${path}/Contacts`,
      members('Blue Gum Dental', 'Nordlys Trading AS', 'Kookaburra Couriers'),
    );
    const one = `${path}/Contacts/${desk.contact('Nordlys Trading AS')}`;
    expect((await desk.send('DELETE', one)).status).toBe(204);
    expect((await desk.send('DELETE', one)).status).toBe(404);
    expect(await memberNames(path)).toEqual(['Blue Gum Dental', 'Kookaburra Couriers']);
    expect((await desk.send('DELETE', `${path}/Contacts`)).status).toBe(204);
    expect(await memberNames(path)).toEqual([]);
  });

  test('a group can be renamed and deleted; a taken name is refused', async () => {
    const path = await make('Suppliers');
    await make('Customers');
    expect(await desk.refusal('POST', path, { ContactGroups: [{ Name: 'customers' }] })).toEqual([
      'A contact group with the name customers already exists.',
    ]);
    expect(await desk.write('POST', path, { ContactGroups: [{ Name: 'Vendors' }] })).toMatchObject({ Name: 'Vendors' });
    expect(await desk.write('POST', path, { ContactGroups: [{ Status: 'DELETED' }] })).toMatchObject({
      Status: 'DELETED',
    });
    expect((await desk.read(path)).status).toBe(404);
    expect(await desk.list('/ContactGroups')).toMatchObject([{ Name: 'Customers' }]);
  });

  test('there can be a hundred groups', async () => {
    const names = Array.from({ length: 100 }, (_, index) => ({ Name: `Group ${index}` }));
    await desk.write('PUT', '/ContactGroups', { ContactGroups: names });
    expect(await desk.refusal('PUT', '/ContactGroups', { ContactGroups: [{ Name: 'One more' }] })).toEqual([
      'You’ve reached the limit of 100 contact groups.',
    ]);
  });
});
