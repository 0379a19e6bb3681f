import type { FrameLocator, Locator } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { lineOf, openForm, typeLine } from '#test/support/page/forms.ts';
import { press } from '#test/support/page/press.ts';
import { lostConnection, readText } from '#test/support/page/screen.ts';
import { setStage } from '#test/support/page/stage.ts';
import { presets } from '#test/support/people/admin.ts';

const stage = setStage();
const nora = { type: 'contact', id: '1001' } as const;
const plan = { description: 'Annual service plan', quantity: '2', price: '50' };
let contactId: string;

beforeAll(async () => {
  const { admin } = stage.world();
  await admin.connect();
  await admin.grant({ ben: presets.full });
  await admin.link({ type: 'company', id: '501' }, 'Harbour Lights Pty Ltd');
});
beforeEach(async () => {
  const { xero, admin, restartProduct } = stage.world();
  await xero.control.reset({ keepConnections: true });
  await restartProduct();
  ({ contactId } = await admin.link(nora, 'Harbour Lights Pty Ltd'));
});

async function tenantId() {
  return (await stage.world().xero.control.seedInfo()).organisations[0]?.tenantId ?? '';
}

async function countWrites(): Promise<number> {
  const calls = await stage.world().xero.control.requests();
  return calls.filter(({ method }) => method === 'PUT').length;
}

async function fillItem(widget: FrameLocator): Promise<Locator> {
  const form = await openForm(widget, 'Add Invoice (Draft)');
  const item = lineOf(form, 1).getByRole('combobox', { name: 'Item or description' });
  await item.fill('harbour lamp, l');
  await item.press('ArrowDown');
  await item.press('Enter');
  return form;
}

/** The text below a field, found by the id that the field names. */
async function errorOf(form: Locator, label: string): Promise<string> {
  const id = await form.getByLabel(label, { exact: true }).first().getAttribute('aria-describedby');
  return readText(form.locator(`[id="${id}"]`));
}

const organisation = {
  ...{ Name: 'Demo Company (AU)', BaseCurrency: 'AUD', ShortCode: '!demo', CountryCode: 'AU' },
  // 31 December 2099, midnight in UTC.
  ...{ Timezone: 'AUSEASTERNSTANDARDTIME', PeriodLockDate: '/Date(4102358400000+0000)/' },
};

describe('what has changed in Xero since the form was opened', () => {
  test.each([
    ['the account is archived', 'Accounts$', { Accounts: [] }, 'Account', 'Account 200 is not active in Xero'],
    ['the item is gone', 'Items$', { Items: [] }, 'Description', 'Xero has no active item LAMP-L'],
    ['the tax rate is gone', 'TaxRates$', { TaxRates: [] }, 'Tax', 'Tax rate OUTPUT is not active in Xero'],
    [
      'the currency is gone',
      'Currencies$',
      { Currencies: [] },
      'Currency',
      'The organisation in Xero does not use AUD',
    ],
    [
      'the books are locked',
      'Organisation$',
      { Organisations: [organisation] },
      'Date',
      // A form does not read a date so far ahead, so it is not written in the reader's format.
      /^The books are locked up to 2099-12-31. Choose a later date.$/,
    ],
  ])('when %s, then its field shows an error and nothing is sent', async (_name, path, body, label, words) => {
    const { xero, restartProduct } = stage.world();
    const { widget, expectProblems } = await stage.open('/contacts/1001');
    expectProblems(/status of 422/, lostConnection);
    const form = await fillItem(widget);
    // Lists are cached for ten minutes. A new process has none.
    await restartProduct('SIGKILL');
    await xero.control.fault({ kind: 'status', status: 200, body, path });
    await xero.control.clearRequests();
    await press(form.getByRole('button', { name: 'Save draft' }));
    await form.getByRole('region', { name: /^Couldn’t save the invoice: Fix 1 field/ }).waitFor();
    expect(await errorOf(form, label)).toMatch(words);
    expect(await countWrites()).toBe(0);
  });

  test('when another form has invoiced the deal’s lines, then each line names that invoice', async () => {
    const first = await stage.open('/deals/9001');
    const second = await stage.open('/deals/9001');
    second.expectProblems(/status of 422/);
    const forms: Locator[] = [];
    for (const { widget } of [first, second]) {
      const form = await openForm(widget, 'Add Invoice (Draft)');
      await press(form.getByRole('button', { name: 'Copy from deal' }));
      forms.push(form);
    }
    const [one, two] = forms;
    if (!one || !two) throw new Error('two forms');
    await press(one.getByRole('button', { name: 'Save draft' }));
    await first.widget.getByText('Saved in Xero as a draft').waitFor();
    const number = (await first.widget.getByRole('heading', { level: 1 }).innerText()).replace('Invoice ', '');
    await press(two.getByRole('button', { name: 'Save draft' }));
    await two.getByRole('region', { name: /^Couldn’t save the invoice: Fix 2 fields/ }).waitFor();
    for (const place of [1, 2]) {
      const error = lineOf(two, place).locator('.field-error');
      expect(await readText(error)).toBe(`This line of the deal is already invoiced on ${number}.`);
    }
  });
});

describe('what the form and Xero refuse', () => {
  test('when the contact is archived in Xero, then nothing is sent', async () => {
    const { xero } = stage.world();
    await xero.control.updateContact({ tenantId: await tenantId(), ContactID: contactId, ContactStatus: 'ARCHIVED' });
    const { widget } = await stage.open('/contacts/1001');
    const form = await openForm(widget, 'Add Quote');
    await typeLine(form, 1, plan);
    await xero.control.clearRequests();
    await press(form.getByRole('button', { name: 'Save quote' }));
    await form.getByText('This contact is archived in Xero. Restore it there first.').waitFor();
    expect(await countWrites()).toBe(0);
  });

  test('when a bill is dated before the lock date, then the date shows an error and nothing is sent', async () => {
    const { widget } = await stage.open('/contacts/1001');
    const form = await openForm(widget, 'Add Bill');
    await form.getByRole('textbox', { name: 'Date' }).fill('1 Jan 2020');
    await typeLine(form, 1, plan);
    await stage.world().xero.control.clearRequests();
    await press(form.getByRole('button', { name: 'Save draft' }));
    await form.getByRole('region', { name: /^Couldn’t save the bill: Fix 1 field/ }).waitFor();
    expect(await errorOf(form, 'Date')).toMatch(/^The books are locked up to 30 June \d{4}. Choose a later date.$/);
    expect(await countWrites()).toBe(0);
  });
});

test('when Xero refuses fields, then its words are shown beside them and typed text stays', async () => {
  const { xero } = stage.world();
  const { widget, expectProblems } = await stage.open('/contacts/1001');
  expectProblems(/status of 422/);
  const form = await fillItem(widget);
  const texts = ['Account code ‘200’ is not a valid code for this document.', 'Something about the whole.'];
  const Elements = [{ ValidationErrors: texts.map((Message) => ({ Message })) }];
  const body = { ErrorNumber: 10, Type: 'ValidationException', Message: 'A validation exception occurred', Elements };
  await xero.control.fault({ kind: 'status', status: 400, body, method: 'PUT', path: 'Invoices$' });
  await press(form.getByRole('button', { name: 'Save draft' }));
  await form.getByRole('region', { name: /^Couldn’t save the invoice/ }).waitFor();
  expect(await errorOf(form, 'Account')).toBe(texts[0]);
  await form.getByText('Something about the whole.').waitFor();
  expect(await lineOf(form, 1).getByRole('textbox', { name: 'Price' }).inputValue()).toBe('349.00');
  await press(form.getByRole('button', { name: 'Save draft' }));
  await widget.getByText('Saved in Xero as a draft').waitFor();
});
