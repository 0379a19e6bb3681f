import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kindNames } from './books/kinds/kind.ts';
import { startCrm } from './start.ts';

const workspace = { id: 'fieldnote', secret: 'a secret of more than thirty-two bytes' };
const markup = '<script>alert("x")</script>';

let crm: { origin: string; close(): Promise<void> };
const logged: unknown[] = [];

beforeAll(async () => {
  // Nobody listens at this address.
  const product = { productUrl: 'http://127.0.0.1:9', workspace };
  crm = await startCrm({ ...product, log: (error) => logged.push(error) });
});
afterAll(() => crm.close());

async function getText(path: string) {
  const response = await fetch(crm.origin + path);
  expect([path, response.status]).toEqual([path, 200]);
  return response.text();
}

function post(path: string, body: Record<string, string>) {
  return fetch(crm.origin + path, { method: 'POST', redirect: 'manual', body: new URLSearchParams(body) });
}

const lunch = { description: 'Lunch', date: '2026-11-28', amount: '86.40', currency: 'AUD', category: 'Meals' };
const order = { number: 'PO-9', supplier: 'Acme', date: '2026-11-28', currency: 'AUD', status: 'open' };

async function add(path: string, body: Record<string, string>): Promise<string> {
  const response = await post(path, body);
  expect(response.status).toBe(303);
  return response.headers.get('location') ?? '';
}

test.each(kindNames)('the list of %s has the columns "Xero ID" and "Synced", and its pages open', async (name) => {
  const list = await getText(`/${name}`);
  expect(list).toMatch(/>Xero ID<\/th>.*>Synced<\/th>/);
  const first = new RegExp(`href="(/${name}/[a-z]+-\\d+)"`).exec(list)?.[1];
  for (const path of [`${first}`, `${first}/edit`, `/${name}/new`]) {
    expect(await getText(path)).not.toMatch(/\sstyle=|\son\w+=/);
  }
});

test('when an expense is added, changed and deleted, then the list follows', async () => {
  const place = await add('/expenses', lunch);
  expect(await getText(place)).toMatch(/AUD\s86\.40/);
  expect(await add(place, { ...lunch, description: 'Late lunch', amount: '90.00' })).toBe(place);
  expect(await getText('/expenses?q=late')).toContain('Late lunch');
  expect(await add(`${place}/delete`, {})).toBe('/expenses');
  expect(await getText('/expenses?q=late')).toContain('No expenses found.');
  expect((await fetch(crm.origin + place)).status).toBe(404);
});

test.each([
  [{ amount: '' }, 'Amount with tax is missing.'],
  [{ amount: '86,40' }, 'Write an amount like 86.40.'],
  [{ date: '2026-02-30' }, 'Write a day like 2026-11-28.'],
  [{ currency: 'dollar' }, 'Write a currency like AUD.'],
  [{ tax: 'VAT' }, 'Choose one of the list.'],
])('when %j is typed, then nothing is saved and the form says why', async (change, message) => {
  const response = await post('/expenses', { ...lunch, description: 'Wrong lunch', ...change });
  expect(response.status).toBe(422);
  const form = await response.text();
  expect(form).toContain(message);
  expect(form).toContain('value="Wrong lunch"');
  expect(await getText('/expenses?q=wrong')).toContain('No expenses found.');
});

test('a document keeps the lines that were typed, and asks for at least one', async () => {
  const first = { 'lines.0.description': 'Lens', 'lines.0.quantity': '2', 'lines.0.unitAmount': '610.00' };
  const third = { 'lines.2.description': 'Box', 'lines.2.quantity': '1', 'lines.2.unitAmount': '5.00' };
  expect(await (await post('/purchase-orders', order)).text()).toContain('Add at least one line.');
  const half = await post('/purchase-orders', { ...order, ...first, 'lines.1.quantity': '3' });
  expect(await half.text()).toContain('Line 2 needs a text, a quantity and a price');
  const place = await add('/purchase-orders', { ...order, ...first, ...third, 'lines.1.tax': 'GST' });
  const page = await getText(place);
  expect(page).toMatch(/Lens.*Box.*Total with tax AUD\s1,225\.00/);
});

test('a payment names a document of the books', async () => {
  const payment = { date: '2026-11-28', amount: '10.00', currency: 'AUD', method: 'bank' };
  const response = await post('/payments', { ...payment, pays: 'invoices/inv-99' });
  expect([response.status, await response.text()]).toEqual([422, expect.stringContaining('Choose an invoice')]);
  expect(await add('/payments', { ...payment, pays: 'invoices/inv-1' })).toMatch(/^\/payments\/pay-\d+$/);
});

test('when markup is typed, then every page shows it as text', async () => {
  const place = await add('/expenses', { ...lunch, description: markup, supplier: markup });
  for (const path of [place, `${place}/edit`, '/expenses', '/payments/new', '/expenses?q=%3Cscript%3E']) {
    const html = await getText(path);
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toContain('<script>');
  }
});

test.each(['/expenses/exp-999', '/expenses/exp-999/edit', '/invoices/exp-1'])('there is nothing at %s', async (path) =>
  expect((await fetch(crm.origin + path)).status).toBe(404),
);

test('when a record that does not exist is changed, then nothing is made', async () => {
  expect((await post('/expenses/exp-999', lunch)).status).toBe(404);
  expect((await post('/expenses/exp-999/delete', {})).status).toBe(404);
});

test.each([
  ['expenses/exp-2', 'expense'],
  ['purchase-orders/po-1', 'purchase-order'],
  ['customers/c-1', 'customer'],
])('the page of %s has the widget for it, and a token that names it', async (place, recordType) => {
  const id = place.split('/')[1];
  expect(await getText(`/${place}`)).toContain(`record-type="${recordType}" record-id="${id}" view="detail"`);
  expect(await getText(`/${place}?panel=quick`)).toContain('view="quick"');
  const token = await getText(`/ledgerside-token?recordType=${recordType}&recordId=${id}`);
  expect(decodeJwt(token)).toMatchObject({
    record: { type: recordType, id, url: `${crm.origin}/${place}`, name: expect.any(String) },
  });
});

test('there is no token for a record of the books that was deleted', async () => {
  const place = await add('/expenses', lunch);
  await add(`${place}/delete`, {});
  const token = await fetch(`${crm.origin}/ledgerside-token?recordType=expense&recordId=${place.split('/')[2]}`);
  expect(token.status).toBe(404);
});

test('when Ledgerside does not answer, then the list says so and the record keeps its state', async () => {
  const place = await add('/expenses', { ...lunch, description: 'Waits' });
  const id = place.split('/')[2] ?? '';
  const back = await add('/expenses/sync', { id });
  expect(await getText(back)).toContain('Ledgerside did not answer.');
  expect(await getText(place)).toContain('Not sent yet');
  expect(logged).toHaveLength(1);
});

test('the way back from "Sync to Xero" stays within the records', async () => {
  const response = await post('/expenses/sync', { id: 'exp-1', returnTo: 'https://elsewhere.example' });
  expect(response.headers.get('location')).toBe('/expenses?failed');
});

test('while records are on their way, an open list loads its rows again, and a record its card', async () => {
  const place = await add('/expenses', { ...lunch, description: 'New lunch' });
  const follow = /data-follow="([^"]*)"/.exec(await getText('/expenses?q=new'))?.[1];
  expect(follow).toBe('/data/expenses/rows?q=new');
  expect(await getText(`${follow}`)).toContain('New lunch');
  expect(await getText(place)).toContain(`data-follow="/data${place}/xero"`);
  expect(await getText(`/data${place}/xero`)).toContain('Not sent yet');
});
