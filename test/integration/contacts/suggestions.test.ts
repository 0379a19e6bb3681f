import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { linkRoute, listSuggestionsRoute, searchContactsRoute } from '#shared/contract/contact.ts';
import type { Suggestion } from '#shared/contract/view.ts';
import { presets } from '#test/support/people/admin.ts';
import type { Visit } from '#test/support/people/visit.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let tenantId: string;
beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
  await app.admin.grant({ ben: presets.full, priya: presets.viewer });
  tenantId = (await app.control.seedInfo()).organisations[0]?.tenantId ?? '';
});
afterAll(() => app.stop());
beforeEach(() => app.advanceSeconds(181));

const company = { id: '777', name: 'Quillon Works', email: 'hello@quillon.example' };
const rosa = { id: '7771', name: 'Rosa Quillon', email: 'rosa@quillon.example' };
function open(recordType: string, recordId: string, claims: object = {}) {
  return app.visit({ userId: 'ben', recordType, recordId, claims: { ...claims } });
}
function url() {
  return `${app.crmOrigin}/records`;
}
function openRosa() {
  return open('contact', '1001', { record: { type: 'contact', url: url(), ...rosa }, company });
}
function openCompany() {
  return open('company', '501', {
    record: { type: 'company', url: url(), phone: '1234', ...company },
    contacts: [rosa],
  });
}
function openDeal() {
  return open('deal', '9001', { company, contacts: [{ ...rosa, role: 'participant' }] });
}
function ask(session: Visit, type: string, id: string) {
  return session.call(listSuggestionsRoute, { query: { type, id } });
}

function ownSuggestions({ opened: { view } }: Visit): Suggestion[] {
  if (view?.status !== 'unlinked') throw new Error('is linked');
  return view.suggestions;
}

describe('a person opened from the page of their company', () => {
  test('a person’s suggestions are the same on the company’s and deal’s page', async () => {
    await app.control.addContact({ tenantId, Name: 'Quillon Works Pty Ltd', EmailAddress: company.email });
    await app.control.addContact({ tenantId, Name: 'Someone Else', EmailAddress: rosa.email });
    await app.control.addContact({ tenantId, Name: 'Rosa Quillon' });
    const own = ownSuggestions(await openRosa());
    expect(own.map(({ contact: { name }, reason, check }) => [name, reason, check])).toEqual([
      ['Someone Else', 'same_email', true],
      ['Rosa Quillon', 'same_name', false],
      ['Quillon Works Pty Ltd', 'same_company_name', true],
    ]);
    for (const session of [await openCompany(), await openDeal()]) {
      expect(await ask(session, 'contact', rosa.id)).toEqual({
        suggestions: own,
        known: { name: rosa.name, email: rosa.email },
      });
    }
  });

  test('a linked company’s contact comes first on both', async () => {
    const session = await openCompany();
    const [blueGum] = (await session.call(searchContactsRoute, { query: { search: 'Blue Gum Dental' } })).contacts;
    await session.call(linkRoute, { body: { contactId: blueGum?.id } });
    const own = ownSuggestions(await openRosa());
    expect(own[0]).toMatchObject({ contact: { name: 'Blue Gum Dental' }, reason: 'company_link' });
    expect((await ask(await openCompany(), 'contact', rosa.id)).suggestions).toEqual(own);
    await session.send('DELETE', '/api/link');
  });

  test('a company opened there has its own page’s suggestions and details', async () => {
    const session = await openCompany();
    expect(await ask(session, 'company', company.id)).toEqual({
      suggestions: ownSuggestions(session),
      known: { name: company.name, email: company.email, phone: '1234' },
    });
  });

  test('says why when Xero cannot be asked', async () => {
    const stranger = { id: '7779', name: 'Somebody new' };
    const session = await open('company', '501', { contacts: [stranger] });
    await app.control.fault({ kind: 'status', status: 500, times: Number.POSITIVE_INFINITY });
    const { error, known } = await ask(session, 'contact', stranger.id);
    await app.control.clearFaults();
    expect([error?.code, known]).toEqual(['xero_unavailable', { name: stranger.name }]);
  });

  test('says nothing about unnamed people or without the right to link', async () => {
    const session = await openCompany();
    expect(await session.send('GET', '/api/suggestions?type=contact&id=1002')).toMatchObject({ status: 404 });
    expect(await session.send('GET', '/api/suggestions?type=deal&id=9001')).toMatchObject({ status: 404 });
    const viewer = await app.visit({ userId: 'priya', recordType: 'company', recordId: '501' });
    expect(await viewer.send('GET', '/api/suggestions?type=contact&id=1001')).toMatchObject({ status: 403 });
  });
});

describe('the same name', () => {
  const suggest = async (name: string, email?: string) => {
    const record = { type: 'contact', id: 'p1', url: url(), name, ...(email && { email }) };
    return ownSuggestions(await open('contact', '1001', { record, company: undefined }));
  };

  test('a different e-mail address marks the suggestion for checking', async () => {
    await app.control.addContact({ tenantId, Name: 'Ada Oduya', EmailAddress: 'ada@one.example' });
    expect(await suggest('Ada Oduya', 'ada@two.example')).toMatchObject([
      { reason: 'same_name', check: true, otherEmail: true },
    ]);
    expect(await suggest('ada oduya')).toEqual([expect.not.objectContaining({ otherEmail: true })]);
    expect(await suggest('ada oduya')).toMatchObject([{ reason: 'same_name', check: false }]);
    expect(await suggest('Ada Oduya', 'ADA@one.example')).toMatchObject([{ reason: 'same_email', check: false }]);
  });

  test('of two similar names, the more certain comes first', async () => {
    await app.control.addContact({ tenantId, Name: 'Ardent Kilns', EmailAddress: 'kilns@one.example' });
    await app.control.addContact({ tenantId, Name: 'Ardent Kilns.' });
    const suggestions = await suggest('Ardent Kilns', 'kilns@two.example');
    expect(suggestions.map(({ contact: { name }, check }) => [name, check])).toEqual([
      ['Ardent Kilns.', false],
      ['Ardent Kilns', true],
    ]);
  });
});
