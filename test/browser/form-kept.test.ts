import { afterAll, beforeAll, expect, it } from 'vitest';
import { presets } from '#test/support/admin.ts';
import { openTestPage } from '#test/support/browser.ts';
import { lineOf, openForm, typeLine } from '#test/support/forms.ts';
import { type PlainChromium, startPlainChromium } from '#test/support/plain-chromium.ts';
import { press } from '#test/support/press.ts';
import { startWorld, type World } from '#test/support/world.ts';

let world: World;
let chromium: PlainChromium;

beforeAll(async () => {
  // Storage of frames is partitioned as in life, which Playwright's own launch switches off.
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

async function openNora() {
  const opened = await openTestPage(chromium.browser);
  await opened.page.context().addCookies([{ name: 'fieldnote_user', value: 'ben', url: world.crm.origin }]);
  await opened.page.goto(`${world.crm.origin}/contacts/1001`);
  return opened;
}

async function countInvoices() {
  const { opened } = await world.visit({ userId: 'ben', recordType: 'contact', recordId: '1001' });
  if (opened.view?.status !== 'linked') throw new Error('Nora is linked');
  const tenantId = opened.organisation?.id ?? '';
  const { invoices } = await world.xero.control.documents({ tenantId, contactId: opened.view.contact.id });
  return invoices.length;
}

it('when the page is reloaded while a form is being typed, then all of it is here again until it is discarded', async () => {
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
  await form.getByRole('region', { name: /^What you had typed at .* is here again\.$/ }).waitFor();
  expect(await form.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Renewal 2027');
  expect(await lineOf(form, 1).getByRole('textbox', { name: 'Price' }).inputValue()).toBe('about 1450');
  const second = lineOf(form, 2);
  expect(await second.getByRole('textbox', { name: 'Description' }).inputValue()).toBe('Harbour lamp, large');
  expect(await second.getByRole('textbox', { name: 'Disc %' }).inputValue()).toBe('12,5');
  expect(await second.getByRole('combobox', { name: 'Account' }).inputValue()).toBe('200 Sales');
  expect(await form.getByRole('combobox', { name: 'Amounts are' }).inputValue()).toBe('inclusive');
  await form.getByText('Attach once more: plan.pdf').waitFor();
  await press(form.getByRole('button', { name: 'Cancel' }));
  await press(form.getByRole('button', { name: 'Discard' }));
  await page.reload();
  await widget.getByText('They owe you').waitFor();
  expect(await form.count()).toBe(0);
  await close();
});

it('when the page is reloaded while it is not known whether Xero saved it, then Retry goes on with the same document', async () => {
  const { page, widget, close } = await openNora();
  const before = await countInvoices();
  const form = await openForm(widget, 'Add Invoice (Draft)');
  await typeLine(form, 1, { description: 'Annual service plan', quantity: '2', price: '1450' });
  await world.xero.control.fault({ kind: 'lose-answer', method: 'PUT', path: 'Invoices$' });
  await press(form.getByRole('button', { name: 'Save draft' }));
  await form.getByText('We do not know yet whether Xero saved it').waitFor();
  await page.reload();
  await form.getByText('We do not know yet whether Xero saved it').waitFor();
  await press(form.getByRole('button', { name: 'Retry' }));
  await widget.getByText('Saved in Xero as a draft').waitFor();
  expect(await countInvoices()).toBe(before + 1);
  await close();
});
