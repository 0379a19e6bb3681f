import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { lineOf, openForm, typeLine } from '#test/support/page/forms.ts';
import { press } from '#test/support/page/press.ts';
import { eventually, readEvents, readFigure, readText } from '#test/support/page/screen.ts';
import { setStage } from '#test/support/page/stage.ts';
import { presets } from '#test/support/people/admin.ts';

const stage = setStage();
const nora = { type: 'contact', id: '1001' } as const;
const lampAndHours = [
  { description: 'Annual service plan', quantity: '2', price: '1450' },
  { description: 'Rigging, by the hour', quantity: '1.5', price: '33.35' },
] as const;

beforeAll(async () => {
  const { admin } = stage.world();
  await admin.connect();
  await admin.grant({ ben: presets.full, priya: presets.viewer });
});
beforeEach(async () => {
  const { xero, admin, restartProduct } = stage.world();
  await xero.control.reset({ keepConnections: true });
  await restartProduct();
  await admin.link(nora, 'Harbour Lights Pty Ltd');
});

/** The contact's documents in Xero. */
async function readXero() {
  const { visit, xero } = stage.world();
  const { opened } = await visit({ userId: 'ben', recordType: 'contact', recordId: nora.id });
  if (opened.view?.status !== 'linked') throw new Error('Nora is linked');
  const tenantId = opened.organisation?.id ?? '';
  return xero.control.documents({ tenantId, contactId: opened.view.contact.id });
}

describe('adding a quote', () => {
  test('a quote of two lines: the form’s total is Xero’s, and the figures include it', async () => {
    const { page, widget, screenshot } = await stage.open('/contacts/1001');
    const before = (await readXero()).quotes.length;
    const form = await openForm(widget, 'Add Quote');
    await form.getByRole('textbox', { name: 'Title' }).fill('Renewal 2027');
    await form.getByRole('textbox', { name: 'Expires' }).fill('eom');
    await typeLine(form, 1, lampAndHours[0]);
    await press(form.getByRole('button', { name: 'Add line' }));
    await typeLine(form, 2, lampAndHours[1]);
    expect(await readText(form.locator('.add-document-totals'))).toBe(
      'Subtotal 2,950.03 GST on Income 295.00 Total AUD 3,245.03',
    );
    await screenshot('add-quote-filled');

    await press(form.getByRole('button', { name: 'Save quote' }));
    await widget.getByText('Saved in Xero as a draft').waitFor();
    expect(await readText(widget.locator('.facts'))).toMatch(/^Total AUD 3,245.03 Expires /);
    expect(await widget.getByText('Xero’s total is').count()).toBe(0);
    const { quotes } = await readXero();
    const [made] = quotes.slice(before);
    expect(quotes.length).toBe(before + 1);
    expect(made).toMatchObject({ Title: 'Renewal 2027', Status: 'DRAFT' });
    expect(await widget.getByRole('heading', { level: 1 }).innerText()).toBe(`Quote ${made?.QuoteNumber}`);
    const [event] = (await readEvents(page)).filter(({ type }) => type === 'created');
    expect(event?.detail).toMatchObject({ kind: 'quote', number: made?.QuoteNumber });

    await press(widget.getByRole('button', { name: 'Done' }));
    await eventually(async () => expect(await readFigure(widget, 'quotes')).toBe('3 AUD 11,145.03'));
  });

  test('when an item is chosen by keyboard, then it fills in description, price, account and tax', async () => {
    const { page, widget } = await stage.open('/contacts/1001');
    const form = await openForm(widget, 'Add Quote');
    await lineOf(form, 1).getByRole('combobox', { name: 'Item or description' }).focus();
    await page.keyboard.type('harbour lamp, l');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    // The focus has moved to the quantity, which is selected.
    await page.keyboard.type('12');
    const line = lineOf(form, 1);
    expect(await line.getByRole('textbox', { name: 'Description' }).inputValue()).toBe('Harbour lamp, large');
    expect(await line.getByRole('textbox', { name: 'Price' }).inputValue()).toBe('349.00');
    expect(await line.getByRole('combobox', { name: 'Account' }).inputValue()).toBe('200 Sales');
    expect(await line.getByRole('combobox', { name: 'Tax' }).inputValue()).toBe('GST on Income');
    expect(await readText(form.locator('.add-document-totals .add-document-grand'))).toBe('Total AUD 4,606.80');
  });

  test('when amounts include tax or have none, then the totals are those of Xero', async () => {
    const { widget } = await stage.open('/contacts/1001');
    const form = await openForm(widget, 'Add Quote');
    await typeLine(form, 1, { description: 'Lamps', quantity: '3', price: '99.95' });
    await lineOf(form, 1).getByRole('textbox', { name: 'Disc %' }).fill('15%');
    await form.getByRole('combobox', { name: 'Amounts are' }).selectOption('Tax inclusive');
    expect(await readText(form.locator('.add-document-totals'))).toBe(
      'Subtotal 231.70 includes GST on Income 23.17 Total AUD 254.87',
    );
    await form.getByRole('combobox', { name: 'Amounts are' }).selectOption('No tax');
    expect(await readText(form.locator('.add-document-totals'))).toBe('Subtotal 254.87 Total AUD 254.87');
    expect(await form.getByRole('combobox', { name: 'Tax' }).count()).toBe(0);
  });

  test('when a field cannot be read, then it shows an error and takes the focus, and nothing is sent', async () => {
    const { widget } = await stage.open('/contacts/1001');
    const before = (await readXero()).quotes.length;
    const form = await openForm(widget, 'Add Quote');
    await form.getByRole('textbox', { name: 'Expires' }).fill('whenever');
    await typeLine(form, 1, { description: 'Lamps', quantity: 'two', price: '12' });
    await press(form.getByRole('button', { name: 'Save quote' }));
    await form.getByRole('region', { name: 'Couldn’t save the quote: Fix 2 fields' }).waitFor();
    const expires = form.getByRole('textbox', { name: 'Expires' });
    await eventually(async () => expect(await expires.evaluate((input) => input.matches(':focus'))).toBe(true));
    expect(await expires.getAttribute('aria-invalid')).toBe('true');
    await press(form.getByRole('button', { name: 'Line 1, Qty: Enter a number.' }));
    const quantity = lineOf(form, 1).getByRole('textbox', { name: 'Qty' });
    expect(await quantity.evaluate((input) => input.matches(':focus'))).toBe(true);
    await quantity.fill('2');
    expect(await quantity.getAttribute('aria-invalid')).toBe(null);
    expect((await readXero()).quotes.length).toBe(before);
  });

  test('when Xero cannot be reached, text stays, and Retry makes one quote', async () => {
    const { widget, expectProblems } = await stage.open('/contacts/1001');
    expectProblems(/status of 50\d/);
    const { control } = stage.world().xero;
    const before = (await readXero()).quotes.length;
    const form = await openForm(widget, 'Add Quote');
    await typeLine(form, 1, lampAndHours[0]);
    await control.fault({ kind: 'lose-answer', method: 'PUT', path: 'Quotes$' });
    await press(form.getByRole('button', { name: 'Save quote' }));
    const note = form.getByRole('region', { name: 'We’re checking whether Xero saved this' });
    await note.waitFor();
    expect(await lineOf(form, 1).getByRole('textbox', { name: 'Price' }).inputValue()).toBe('1,450.00');
    expect(await lineOf(form, 1).getByRole('textbox', { name: 'Price' }).isDisabled()).toBe(true);
    await press(note.getByRole('button', { name: 'Retry' }));
    await widget.getByText('Saved in Xero as a draft').waitFor();
    expect((await readXero()).quotes.length).toBe(before + 1);
  });

  test('when Priya may only view, then nothing can be added', async () => {
    const { widget } = await stage.open('/contacts/1001', { user: 'priya' });
    await press(widget.getByRole('button', { name: 'More actions' }));
    await widget.getByRole('menuitem', { name: 'Refresh' }).waitFor();
    expect(await widget.getByRole('menuitem', { name: /^Add/ }).count()).toBe(0);
  });
});
