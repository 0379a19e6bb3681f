import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CrmData } from './example/crm-data.ts';
import { exampleData } from './example/example-data.ts';
import { startCrm } from './start.ts';

const productUrl = 'http://localhost:4000';
const workspace = { id: 'fieldnote', secret: 'a secret of more than thirty-two bytes' };
const markup = '<script>alert("x")</script>';

/** The example data, with markup in every text that a person could have typed. */
const hostileData: CrmData = {
  ...exampleData,
  users: exampleData.users.map((user) => ({ ...user, name: markup, role: markup })),
  contacts: exampleData.contacts.map((contact) => ({ ...contact, firstName: markup, email: markup, phone: markup })),
  companies: exampleData.companies.map((company) => ({ ...company, name: markup, domain: markup, email: markup })),
  deals: exampleData.deals.map((deal) => ({ ...deal, name: markup })),
  activities: exampleData.activities.map((activity) => ({ ...activity, title: markup, text: markup, by: markup })),
};

const pages = [
  '/',
  '/contacts',
  '/contacts?q=%3Cscript%3Ealert',
  '/contacts/1001',
  '/contacts/1008',
  '/contacts/1009',
  '/contacts/1001?panel=quick',
  '/companies',
  '/companies/501',
  '/deals',
  '/deals/9001',
  '/deals/9008',
  '/setup/apps',
  '/setup/apps/xero',
  '/setup/apps/xero/sync',
];

let crm: { origin: string; close(): Promise<void> };
let hostile: typeof crm;

beforeAll(async () => {
  crm = await startCrm({ productUrl, workspace });
  hostile = await startCrm({ productUrl, workspace, data: hostileData });
});
afterAll(() => Promise.all([crm.close(), hostile.close()]));

function get(path: string, userId?: string) {
  return fetch(crm.origin + path, {
    redirect: 'manual',
    headers: userId ? { cookie: `fieldnote_user=${userId}` } : {},
  });
}

test.each(pages)('when %s is opened, then it is a page under a strict policy', async (path) => {
  const response = await get(path);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const policy = response.headers.get('content-security-policy')?.split('; ');
  expect(policy).toEqual(
    expect.arrayContaining([
      "default-src 'self'",
      "script-src 'self' http://localhost:4000",
      'frame-src http://localhost:4000',
      "style-src 'self'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]),
  );
});

test.each(pages)('when the data of %s holds markup, then the page shows it as text', async (path) => {
  const html = await (await fetch(hostile.origin + path)).text();
  expect(html).toContain('&lt;script&gt;');
  expect(html).not.toContain('<script>');
  expect(html).not.toContain('alert("');
  expect(html).not.toMatch(/\sstyle=|\son\w+=/);
});

test('the start page leads to each step, and an admin to the screen of sync', async () => {
  const forAdmin = await (await get('/', 'olivia')).text();
  for (const path of ['/expenses/new?', '/expenses"', '/expenses/exp-326', '/contacts/1001', '/setup/apps/xero/sync']) {
    expect(forAdmin).toContain(`href="${path}`);
  }
  expect(forAdmin).not.toContain('Sign in as Olivia');
  expect(await (await get('/', 'ben')).text()).toContain('Sign in as Olivia Hart and open Xero sync');
});

test.each(['/contacts/4711', '/companies/1001', '/deals/x', '/nowhere', '/data/contacts/4711'])(
  'when %s is opened, then there is nothing',
  async (path) => expect((await get(path)).status).toBe(404),
);

test('a record page’s element has the contract’s attributes', async () => {
  const html = await (await get('/contacts/1001')).text();
  expect(html).toContain('<script src="http://localhost:4000/embed.js" defer></script>');
  expect(html).toContain(
    '<ledgerside-widget server="http://localhost:4000" workspace="fieldnote" record-type="contact" record-id="1001" view="detail" theme="auto" locale="en-AU" token-url="/ledgerside-token"></ledgerside-widget>',
  );
});

test('a token is text for the signed-in user and never stored', async () => {
  const response = await get('/ledgerside-token?recordType=contact&recordId=1001', 'priya');
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('content-type')).toContain('text/plain');
  expect(decodeJwt(await response.text())).toMatchObject({
    sub: 'priya',
    record: { url: `${crm.origin}/contacts/1001` },
  });
});

test.each(['contact&recordId=4711', 'company&recordId=1001', 'invoice&recordId=1', 'contact'])(
  'gives no token for %s',
  async (query) => expect((await get(`/ledgerside-token?recordType=${query}`)).status).toBe(404),
);

test.each([
  ['/setup/apps/xero', 'settings'],
  ['/setup/apps/xero/sync', 'sync'],
])('only admins get %s and a token for it', async (path, recordType) => {
  expect((await get(path, 'ben')).status).toBe(403);
  expect((await get(`/ledgerside-token?recordType=${recordType}`, 'ben')).status).toBe(403);
  const token = await get(`/ledgerside-token?recordType=${recordType}`, 'olivia');
  expect(decodeJwt(await token.text())).toMatchObject({ record: { type: recordType, url: crm.origin + path } });
  expect(await (await get(path, 'olivia')).text()).toContain(`record-type="${recordType}" view="${recordType}"`);
});

function post(path: string, body: Record<string, string>) {
  return fetch(crm.origin + path, { method: 'POST', redirect: 'manual', body: new URLSearchParams(body) });
}

test('choosing another user sets an HttpOnly cookie and returns', async () => {
  const response = await post('/session', { userId: 'tom', returnTo: '/deals/9001' });
  expect([response.status, response.headers.get('location')]).toEqual([303, '/deals/9001']);
  expect(response.headers.get('set-cookie')).toMatch(/^fieldnote_user=tom; Path=\/; HttpOnly; SameSite=Lax$/);
  expect(await (await get('/contacts', 'tom')).text()).toContain('Signed in as Tom Fischer');
});

test.each(['https://elsewhere.example', '//elsewhere.example', '/\\elsewhere.example'])(
  'when the way back would be %s, then it is the contacts',
  async (returnTo) =>
    expect((await post('/session', { userId: 'tom', returnTo })).headers.get('location')).toBe('/contacts'),
);

test('an unknown user is not signed in', async () => {
  const response = await post('/session', { userId: 'mallory' });
  expect([response.status, response.headers.get('set-cookie')]).toEqual([400, null]);
});

test('list search finds names, companies and addresses in any case', async () => {
  const found = async (search: string) => {
    const { content } = await (await get(`/data/contacts?q=${encodeURIComponent(search)}`)).json();
    return JSON.stringify(content).match(/"\/contacts\/\d+"/g);
  };
  expect(await found('HARBOUR')).toEqual(['"/contacts/1001"', '"/contacts/1002"', '"/contacts/1003"']);
  expect(await found('aydın')).toEqual(['"/contacts/1010"']);
  expect(await found('nobody at all')).toBeNull();
});
