import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestPage } from '#test/support/page/browser.ts';
import { lineOf, openForm, typeLine } from '#test/support/page/forms.ts';
import { type PlainChromium, startPlainChromium } from '#test/support/page/plain-chromium.ts';
import { press } from '#test/support/page/press.ts';
import { presets } from '#test/support/people/admin.ts';
import { startWorld, type World } from '#test/support/world/world.ts';

let world: World;
let chromium: PlainChromium;

beforeAll(async () => {
  // Frame storage is partitioned as in a real browser. Playwright's own launch turns that off.
  chromium = await startPlainChromium();
  world = await startWorld();
  await world.admin.connect();
  await world.admin.grant({ ben: presets.full });
  await world.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
});
afterAll(async () => {
  await chromium?.stop();
  await world?.stop();
});

function openNora() {
  return openRecord('1001');
}

async function openRecord(id: string) {
  const opened = await openTestPage(chromium.browser);
  await opened.page.context().addCookies([{ name: 'fieldnote_user', value: 'ben', url: world.crm.origin }]);
  await opened.page.goto(`${world.crm.origin}/contacts/${id}`);
  return opened;
}

function element(page: Page) {
  return page.locator('ledgerside-widget');
}
function showRecord(page: Page, id: string) {
  return element(page).evaluate((one, recordId) => one.setAttribute('record-id', recordId), id);
}

/** What a single-page CRM does to the element. Each action ends at the record it started with. */
const absences: readonly [string, (page: Page, widget: FrameLocator, id: string) => Promise<unknown>][] = [
  [
    'the page goes to another record and comes back',
    async (page, widget, id) => {
      await showRecord(page, '1002');
      await widget.getByRole('heading', { name: 'Link to Xero' }).waitFor();
      await showRecord(page, id);
    },
  ],
  [
    'the element is taken away and a new one comes',
    (page) => element(page).evaluate((one) => one.replaceWith(one.cloneNode())),
  ],
  ['the page is reloaded', (page) => page.reload()],
];

async function countInvoices() {
  const { opened } = await world.visit({ userId: 'ben', recordType: 'contact', recordId: '1001' });
  if (opened.view?.status !== 'linked') throw new Error('Nora is linked');
  const tenantId = opened.organisation?.id ?? '';
  const { invoices } = await world.xero.control.documents({ tenantId, contactId: opened.view.contact.id });
  return invoices.length;
}

test('a reload brings a half-typed form back until it is discarded', async () => {
  const { page, widget, close } = await openNora();
  const form = await openForm(widget, 'Add Quote');
  await form.getByRole('textbox', { name: 'Title' }).fill('Renewal 2027');
  await typeLine(form, 1, { description: 'Annual service plan', quantity: '2', price: 'about 1450' });
  await press(form.getByRole('button', { name: 'Add line' }));
  const item = lineOf(form, 2).getByRole('combobox', { name: 'Item or description' });
  await item.fill('harbour lamp, l');
  await item.press('ArrowDown');
  await item.press('Enter');
  await lineOf(form, 2).getByRole('textbox', { name: 'Disc %' }).fill('12,5');
  await form.getByRole('combobox', { name: 'Amounts are' }).selectOption('Tax inclusive');
  await form
    .locator('input[type=file]')
    .setInputFiles([{ name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') }]);
  await form.getByText('plan.pdf').waitFor();
  await page.reload();
  await form.getByRole('region', { name: /^We kept what you typed at .*\.$/ }).waitFor();
  expect(await form.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Renewal 2027');
  expect(await lineOf(form, 1).getByRole('textbox', { name: 'Price' }).inputValue()).toBe('about 1450');
  const second = lineOf(form, 2);
  expect(await second.getByRole('textbox', { name: 'Description' }).inputValue()).toBe('Harbour lamp, large');
  expect(await second.getByRole('textbox', { name: 'Disc %' }).inputValue()).toBe('12,5');
  expect(await second.getByRole('combobox', { name: 'Account' }).inputValue()).toBe('200 Sales');
  expect(await form.getByRole('combobox', { name: 'Amounts are' }).inputValue()).toBe('inclusive');
  await form.getByText('Attach these files again: plan.pdf').waitFor();
  await press(form.getByRole('button', { name: 'Cancel' }));
  await press(form.getByRole('button', { name: 'Discard' }));
  await page.reload();
  await widget.getByText('They owe you').waitFor();
  expect(await form.count()).toBe(0);
  await close();
});

test.each(absences)('when %s while a quote is half typed, then its text comes back', async (_what, leave) => {
  const { page, widget, close } = await openNora();
  const form = await openForm(widget, 'Add Quote');
  await form.getByRole('textbox', { name: 'Title' }).fill('Renewal 2027');
  await typeLine(form, 1, { description: 'Annual service plan', quantity: '2', price: 'about 1450' });
  await leave(page, widget, '1001');
  await form.getByRole('region', { name: /^We kept what you typed at .*\.$/ }).waitFor();
  expect(await form.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Renewal 2027');
  expect(await lineOf(form, 1).getByRole('textbox', { name: 'Price' }).inputValue()).toBe('about 1450');
  await press(form.getByRole('button', { name: 'Cancel' }));
  await press(form.getByRole('button', { name: 'Discard' }));
  await close();
});

test.each(absences)('when %s while a new contact is half typed, then its text comes back', async (_what, leave) => {
  const { page, widget, close } = await openRecord('1010');
  const form = widget.getByRole('form', { name: 'Add Contact' });
  const field = (name: string) => form.getByRole('textbox', { name, exact: true });
  await press(widget.getByRole('button', { name: 'Add Contact' }).first());
  await field('Name').fill('Zeynep Trading');
  await field('First name').fill('İnci');
  await leave(page, widget, '1010');
  await form.waitFor();
  expect([await field('Name').inputValue(), await field('First name').inputValue()]).toEqual([
    'Zeynep Trading',
    'İnci',
  ]);
  // Discarded text does not come back.
  await press(form.getByRole('button', { name: 'Cancel' }));
  await leave(page, widget, '1010');
  await widget.getByRole('heading', { name: 'Link to Xero' }).waitFor();
  expect(await form.count()).toBe(0);
  await close();
});

test('a reload with an unknown outcome: Retry continues with the same document', async () => {
  const { page, widget, close } = await openNora();
  const before = await countInvoices();
  const form = await openForm(widget, 'Add Invoice (Draft)');
  await typeLine(form, 1, { description: 'Annual service plan', quantity: '2', price: '1450' });
  await world.xero.control.fault({ kind: 'lose-answer', method: 'PUT', path: 'Invoices$' });
  await press(form.getByRole('button', { name: 'Save draft' }));
  await form.getByText('We’re checking whether Xero saved this').waitFor();
  await page.reload();
  await form.getByText('We’re checking whether Xero saved this').waitFor();
  await press(form.getByRole('button', { name: 'Retry' }));
  await widget.getByText('Saved in Xero as a draft').waitFor();
  expect(await countInvoices()).toBe(before + 1);
  await close();
});
