import type { FrameLocator } from 'playwright-core';
import { lineOf, openForm, typeLine } from './forms.ts';
import { press } from './press.ts';
import type { World } from './world.ts';

const nora = {
  path: '/contacts/1001',
  user: 'ben',
  arrange: ({ admin }: World) => admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd'),
};
/** What is left unconfirmed stays in the store: with somebody whom no other screen needs, and the note alone first. */
const dentist = {
  path: '/contacts/1006',
  user: 'ben',
  arrange: ({ admin }: World) => admin.link({ type: 'contact', id: '1006' }, 'Blue Gum Dental'),
  problems: [/status of 50\d/],
};
const plan = { description: 'Annual service plan', quantity: '2', price: '1450' };
const loseAnswer = ({ xero }: World) => xero.control.fault({ kind: 'lose-answer', method: 'PUT', path: 'Invoices$' });

async function saveBill(widget: FrameLocator, world: World, number: string) {
  const form = await openForm(widget, 'Add Bill');
  await form.getByRole('textbox', { name: 'Bill number' }).fill(number);
  await typeLine(form, 1, plan);
  await form
    .locator('input[type=file]')
    .setInputFiles({ name: 'bill 4711.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') });
  await loseAnswer(world);
  await press(form.getByRole('button', { name: 'Save draft' }));
  await widget.getByText('We do not know yet whether Xero saved it').waitFor();
  return form;
}

/** The screens of the forms that a person can meet. */
export const formStates = [
  { ...nora, name: 'form-quote', act: (widget: FrameLocator) => openForm(widget, 'Add Quote'), shows: 'Add line' },
  {
    ...nora,
    name: 'form-quote-filled',
    act: async (widget: FrameLocator) => {
      const form = await openForm(widget, 'Add Quote');
      await form.getByRole('textbox', { name: 'Title' }).fill('Renewal 2027');
      await typeLine(form, 1, plan);
      await press(form.getByRole('button', { name: 'Add line' }));
      const item = lineOf(form, 2).getByRole('combobox', { name: 'Item or description' });
      await item.fill('harbour lamp, l');
      await item.press('ArrowDown');
      await item.press('Enter');
      await press(form.getByText('More', { exact: true }));
    },
    shows: 'Item LAMP-L',
  },
  {
    ...nora,
    name: 'form-quote-list',
    act: async (widget: FrameLocator) => {
      const form = await openForm(widget, 'Add Quote');
      await press(lineOf(form, 1).getByRole('combobox', { name: 'Tax' }));
    },
    shows: 'GST Free Income',
  },
  {
    ...nora,
    name: 'form-invoice-refused',
    act: async (widget: FrameLocator) => {
      const form = await openForm(widget, 'Add Invoice (Draft)');
      await form.getByRole('textbox', { name: 'Due' }).fill('whenever');
      await typeLine(form, 1, { ...plan, quantity: 'two' });
      await press(form.getByRole('button', { name: 'Save draft' }));
    },
    shows: /2 fields need another look/,
  },
  {
    ...nora,
    name: 'form-discard-question',
    act: async (widget: FrameLocator) => {
      const form = await openForm(widget, 'Add Invoice (Draft)');
      await typeLine(form, 1, plan);
      await press(form.getByRole('button', { name: 'Cancel' }));
    },
    shows: 'Discard this invoice?',
  },
  {
    ...dentist,
    name: 'form-bill-unfinished',
    act: async (widget: FrameLocator, world: World) =>
      press((await saveBill(widget, world, '4711')).getByRole('button', { name: 'Close' }).first()),
    shows: /was not confirmed by Xero/,
  },
  {
    ...dentist,
    name: 'form-bill-unknown',
    act: (widget: FrameLocator, world: World) => saveBill(widget, world, '4712'),
    shows: 'Nothing can be changed until then',
  },
  {
    ...dentist,
    name: 'form-bill-saved',
    act: async (widget: FrameLocator, world: World) =>
      press((await saveBill(widget, world, '4713')).getByRole('button', { name: 'Retry' })),
    shows: '1 file attached',
  },
  {
    ...nora,
    name: 'form-without-choices',
    problems: dentist.problems,
    act: async (widget: FrameLocator, { xero }: World) => {
      await xero.control.fault({ kind: 'status', status: 500, times: Number.POSITIVE_INFINITY, path: 'Accounts' });
      await press(widget.getByRole('button', { name: 'More actions' }));
      await press(widget.getByRole('menuitem', { name: 'Add Quote' }));
    },
    shows: 'Error fetching details, click Retry',
  },
];
