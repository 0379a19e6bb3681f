import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createContactRoute, searchContactsRoute } from '#shared/contract/contact.ts';
import { presets } from '#test/support/people/admin.ts';
import type { Visit } from '#test/support/people/visit.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
  await app.admin.grant({ ben: presets.sales, priya: presets.viewer });
});
afterAll(() => app.stop());
// A new minute, so that each test has Xero's full limit.
beforeEach(() => app.advanceSeconds(61));

function open(recordId: string, userId = 'ben') {
  return app.visit({ userId, recordType: 'contact', recordId });
}
async function search(session: Visit, term: string) {
  return (await session.call(searchContactsRoute, { query: { search: term } })).contacts.map(({ name }) => name);
}

describe('search', () => {
  test.each(['harbour', 'ACCOUNTS@harbourlights.example', 'HL-001'])(
    'searching %j finds Harbour Lights',
    async (term) => {
      // Xero's search covers names, contact numbers and e-mails. Account numbers need a separate question.
      expect(await search(await open('1001'), term)).toContain('Harbour Lights Pty Ltd');
    },
  );

  test.each(['"', "' OR 1=1", '%', '\\', '&page=2#x', '<script>', '😀'])(
    'searching the odd %j gives an answer and no error',
    async (term) => {
      const { status, body } = await (await open('1001')).send(
        'GET',
        `/api/contacts?search=${encodeURIComponent(term)}`,
      );
      expect([status, Object.keys(body as object)]).toEqual([200, ['contacts']]);
    },
  );

  test('names, words, parts and e-mails are ranked, then alphabetical', async () => {
    const { tenantId } = (await app.control.seedInfo()).organisations[0] ?? { tenantId: '' };
    const email = 'office@quillon.example';
    for (const contact of [
      { Name: 'Aaron Office', EmailAddress: email },
      { Name: 'Zebra Quillon' },
      { Name: 'Bequillon Ltd' },
      { Name: 'quillon Works' },
      { Name: 'O’Quillon & Sons' },
      { Name: 'Acme', FirstName: 'Rosa', LastName: 'Quillon' },
    ])
      await app.control.addContact({ tenantId, ...contact });
    expect(await search(await open('1001'), 'Quillon')).toEqual([
      'quillon Works',
      'O’Quillon & Sons',
      'Zebra Quillon',
      'Bequillon Ltd',
      'Acme',
      'Aaron Office',
    ]);
    expect(await search(await open('1001'), 'harbour')).toEqual(['Harbour Lights Pty Ltd', 'H. Lights (old)']);
  });

  test('says when more are found than shown', async () => {
    const { tenantId } = (await app.control.seedInfo()).organisations[0] ?? { tenantId: '' };
    for (let place = 10; place < 61; place += 1) await app.control.addContact({ tenantId, Name: `Manifold ${place}` });
    const session = await open('1001');
    const found = await session.call(searchContactsRoute, { query: { search: 'manifold' } });
    expect([found.contacts.length, found.hasMore, found.contacts[0]?.name]).toEqual([50, true, 'Manifold 10']);
    expect((await session.call(searchContactsRoute, { query: { search: 'manifold 1' } })).hasMore).toBeUndefined();
  });

  test.each(['A+B 7', 'R&D', 'HL,77', 'X(9)', 'NZ:4', "O'7", '100% #1/=?', '@cme*'])(
    'the contact with the typed account number %j comes first',
    async (number) => {
      const { tenantId } = (await app.control.seedInfo()).organisations[0] ?? { tenantId: '' };
      const Name = `Holder of ${number}`.replace(/[^\w ]/g, '');
      await app.control.addContact({ tenantId, Name, AccountNumber: number });
      await app.control.addContact({ tenantId, Name: `A ${number} in its name` });
      expect(await search(await open('1001'), number)).toEqual([Name, `A ${number} in its name`]);
    },
  );

  test('finds a name full of odd characters', async () => {
    const name = 'Ørsted & Søn "Værft" A/S';
    expect(await search(await open('1001'), name)).toEqual([name]);
  });
});

describe('linking', () => {
  test('a record outside this session or an unknown contact is 404', async () => {
    const session = await open('1001');
    const [contact] = (await session.call(searchContactsRoute, { query: { search: 'harbour' } })).contacts;
    const foreign = { contactId: contact?.id, record: { type: 'contact', id: '1004' } };
    expect((await session.send('PUT', '/api/link', foreign)).status).toBe(404);
    const unknown = await session.send('PUT', '/api/link', { contactId: '00000000-0000-4000-8000-000000000000' });
    expect(unknown).toMatchObject({ status: 404, body: { code: 'xero_not_found' } });
    expect((await session.send('PUT', '/api/link', { contactId: 'no-guid' })).status).toBe(400);
  });

  test('without the right to link, search, link and Add Contact are refused', async () => {
    const session = await open('1001', 'priya');
    expect(session.opened.view).toEqual({ status: 'unlinked', suggestions: [] });
    const contactId = '00000000-0000-4000-8000-000000000000';
    for (const answer of [
      await session.send('GET', '/api/contacts?search=harbour'),
      await session.send('PUT', '/api/link', { contactId }),
      await session.send('DELETE', '/api/link'),
      await session.send('POST', '/api/contacts', { name: 'X' }),
    ]) {
      expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
  });

  test('without any right, the view is forbidden and Xero is not called', async () => {
    await app.control.clearRequests();
    expect((await open('1001', 'tom')).opened.view).toEqual({ status: 'forbidden' });
    expect(await app.control.requests()).toEqual([]);
  });

  test('unlinking shows suggestions again and records both acts', async () => {
    const session = await open('1006');
    const [contact] = (await session.call(searchContactsRoute, { query: { search: 'Blue Gum Dental' } })).contacts;
    await session.send('PUT', '/api/link', { contactId: contact?.id });
    const answer = await session.send('DELETE', '/api/link');
    expect(answer.body).toMatchObject({ view: { status: 'unlinked', suggestions: [{ reason: 'same_email' }] } });
    const acts = await app.deps.store.audit.list(app.workspace.id, { limit: 2 });
    expect(acts.map(({ action }) => action)).toEqual(['unlink', 'link']);
    expect(acts[0]).toMatchObject({ userId: 'ben', record: { type: 'contact', id: '1006' }, outcome: 'unlinked' });
  });
});

describe('Add Contact', () => {
  const form = {
    name: 'Kiteworks Studio',
    firstName: 'Zeynep',
    email: 'zeynep@kiteworks.example',
    phone: '+61 2 5550 1',
  };

  test('retrying after a lost answer finds the contact and makes no second', async () => {
    const session = await open('1010');
    await app.control.fault({ kind: 'lose-answer', method: 'PUT', path: '/Contacts' });
    const lost = await session.send('POST', '/api/contacts', form);
    expect(lost).toMatchObject({ status: 502, body: { code: 'xero_unreachable' } });
    const { contact, view } = await session.call(createContactRoute, { body: form });
    expect(view).toMatchObject({ status: 'linked', contact: { id: contact.id, name: 'Kiteworks Studio' } });
    const creations = (await app.control.requests()).filter(({ method }) => method === 'PUT');
    expect(creations).toHaveLength(1);
  });

  const puts = async () => (await app.control.requests()).filter(({ method }) => method === 'PUT');

  test('a corrected name after a lost answer offers the contact that was made', async () => {
    const session = await open('1011');
    await app.control.clearRequests();
    await app.control.fault({ kind: 'lose-answer', method: 'PUT', path: '/Contacts' });
    expect((await session.send('POST', '/api/contacts', { name: 'Jon Tidewater' })).status).toBe(502);
    expect(await session.send('POST', '/api/contacts', { name: 'John Tidewater' })).toMatchObject({
      status: 409,
      body: { code: 'contact_exists', contact: { name: 'Jon Tidewater' } },
    });
    expect(await puts()).toHaveLength(1);
    // The person has seen it, and still wants another one.
    const { contact } = await session.call(createContactRoute, { body: { name: 'John Tidewater' } });
    expect(contact.name).toBe('John Tidewater');
  });

  test('a corrected name waits while the earlier request may be on its way', async () => {
    const session = await open('1012');
    await app.control.fault({ kind: 'drop', method: 'PUT', path: '/Contacts' });
    expect((await session.send('POST', '/api/contacts', { name: 'Jon Breakwater' })).status).toBe(502);
    const refused = { status: 409, body: { code: 'outcome_unknown' } };
    expect(await session.send('POST', '/api/contacts', { name: 'John Breakwater' })).toMatchObject(refused);
    await app.advanceSeconds(61);
    const { contact } = await session.call(createContactRoute, { body: { name: 'John Breakwater' } });
    expect(contact.name).toBe('John Breakwater');
    const acts = await app.deps.store.audit.list(app.workspace.id, { limit: 3 });
    expect(acts.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'link linked',
      'create_contact created',
      'create_contact not_made',
    ]);
  });

  test('a taken name returns the contact that has it', async () => {
    const session = await open('1005');
    const answer = await session.send('POST', '/api/contacts', { name: 'harbour lights pty ltd' });
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'contact_exists', contact: { name: 'Harbour Lights Pty Ltd' } },
    });
  });

  test('a field that Xero refuses shows Xero’s message', async () => {
    const session = await open('1005');
    const answer = await session.send('POST', '/api/contacts', { name: 'New One', email: 'not an address' });
    expect(answer).toMatchObject({ status: 422, body: { code: 'xero_rejected' } });
    expect(JSON.stringify(answer.body)).toMatch(/Email address must be valid/);
    const brackets = await session.send('POST', '/api/contacts', { name: 'New <One>' });
    expect(brackets).toMatchObject({ status: 422, body: { errors: [{ path: 'name', message: /< or >/ }] } });
  });

  test('after unlinking, a contact added just now is suggested at once', async () => {
    const session = await open('1019');
    // This search was cached before the contact existed.
    expect(session.opened.view).toMatchObject({ status: 'unlinked', suggestions: [] });
    const { name = '', email } = session.opened.record;
    expect(await search(session, name ?? '')).toEqual([]);
    const { contact } = await session.call(createContactRoute, { body: { name, email } });
    const { body } = await session.send('DELETE', '/api/link');
    expect(body).toMatchObject({ view: { suggestions: [{ contact: { id: contact.id }, check: false }] } });
    expect(await search(session, name ?? '')).toEqual([name]);
  });
});
