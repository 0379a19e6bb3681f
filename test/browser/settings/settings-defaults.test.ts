import { beforeAll, expect, test } from 'vitest';
import { lineOf, openForm } from '#test/support/page/forms.ts';
import { press } from '#test/support/page/press.ts';
import { eventually } from '#test/support/page/screen.ts';
import { setStage } from '#test/support/page/stage.ts';
import { adminId, presets } from '#test/support/people/admin.ts';

const stage = setStage();

beforeAll(async () => {
  const { admin } = stage.world();
  await admin.connect();
  await admin.grant({ ben: presets.full });
  // A contact without default accounts in Xero.
  await admin.link({ type: 'contact', id: '1006' }, 'Blue Gum Dental');
});

test('when an admin chooses default accounts and taxes, then forms start with them', async () => {
  const { page, widget } = await stage.open('/setup/apps/xero', { user: adminId });
  const choose = async (name: string, text: string) => {
    const box = widget.getByRole('combobox', { name });
    await box.fill(text);
    await box.press('Enter');
  };
  await choose('Sales account', '260');
  await choose('Sales tax', 'gst free income');
  await choose('Purchases account', 'advert');
  await choose('Purchases tax', 'gst free exp');
  await press(widget.getByRole('region', { name: 'Defaults for new documents' }).getByRole('button', { name: 'Save' }));
  await eventually(async () => expect(await widget.getByText('Unsaved changes').count()).toBe(0));
  await page.reload();
  const sales = widget.getByRole('combobox', { name: 'Sales account' });
  await sales.waitFor();
  expect(await sales.inputValue()).toBe('260 Other Revenue');

  const crm = await stage.open('/contacts/1006');
  const read = async (entry: string) => {
    const form = await openForm(crm.widget, entry);
    const line = lineOf(form, 1);
    const values = await Promise.all(
      ['Account', 'Tax'].map((name) => line.getByRole('combobox', { name }).inputValue()),
    );
    await press(form.getByRole('button', { name: 'Cancel' }));
    return values;
  };
  expect(await read('Add Quote')).toEqual(['260 Other Revenue', 'GST Free Income']);
  expect(await read('Add Bill')).toEqual(['400 Advertising', 'GST Free Expenses']);
});

test('when changes are discarded, then the saved defaults are shown again', async () => {
  const { widget } = await stage.open('/setup/apps/xero', { user: adminId });
  const account = widget.getByRole('combobox', { name: 'Purchases account' });
  await account.fill('inventory');
  await account.press('Enter');
  const tax = widget.getByRole('combobox', { name: 'Purchases tax' });
  expect(await account.inputValue()).toBe('630 Inventory');
  expect(await tax.inputValue()).toBe('GST Free Expenses');
  await press(widget.getByRole('button', { name: 'Discard' }));
  expect(await account.inputValue()).toBe('400 Advertising');
});

test('an access list that somebody else saved: it says who and what; both can be saved', async () => {
  const { admin } = stage.world();
  const { page, widget, expectProblems, shoot } = await stage.open('/setup/apps/xero', { user: adminId });
  await widget.getByRole('combobox', { name: 'Add a person' }).fill('priya');
  await press(widget.getByRole('option', { name: /Priya Nair/ }));
  // Between the click and the request, so that live updates cannot show it earlier.
  let isSavedByOthers = false;
  await page.route('**/api/settings', async (route) => {
    if (route.request().method() === 'PUT' && !isSavedByOthers) {
      isSavedByOthers = true;
      await admin.grant({ ben: presets.full, tom: presets.viewer });
    }
    await route.continue();
  });
  expectProblems(/409/);
  const access = widget.locator('.settings-access');
  await press(access.getByRole('button', { name: 'Save' }));

  const note = widget.getByRole('region', { name: 'Someone else saved this list' });
  await note.waitFor();
  expect(await note.getByRole('alert').innerText()).toContain('with your changes on top');
  expect(await note.getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringMatching(/^Olivia Hart, .*\nTom Fischer: no access → See invoices and quotes$/),
  ]);
  // The other person's saved change and this person's unsaved one.
  const people = access.getByRole('combobox', { name: /^Access for/ });
  await eventually(async () => expect(await people.count()).toBe(3));
  await widget.getByText('Unsaved changes').waitFor();
  await shoot('settings-saved-meanwhile', access);

  await press(access.getByRole('button', { name: 'Save' }));
  await note.waitFor({ state: 'detached' });
  await page.reload();
  await eventually(async () => expect(await people.count()).toBe(3));
  expect(await widget.getByText('Unsaved changes').count()).toBe(0);
});
