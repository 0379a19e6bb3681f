import { randomUUID } from 'node:crypto';
import type { FrameLocator, Locator } from 'playwright-core';
import { getChoicesRoute } from '#shared/contract/choices.ts';
import { adminId } from '../people/admin.ts';
import { newDocument, sendDocument } from '../people/documents.ts';
import type { World } from '../world/world.ts';
import { dropFile, lineOf, openForm, typeLine } from './forms.ts';
import { press } from './press.ts';

const nora = {
  path: '/contacts/1001',
  user: 'ben',
  arrange: ({ admin }: World) => admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd'),
};
/**
 * An unconfirmed write stays in the store, so it uses a contact that no other screen needs, and only a note at first.
 */
const dentist = {
  path: '/contacts/1006',
  user: 'ben',
  arrange: ({ admin }: World) => admin.link({ type: 'contact', id: '1006' }, 'Blue Gum Dental'),
  problems: [/status of (50\d|409|422)/],
};
const plan = { description: 'Annual service plan', quantity: '2', price: '1450' };
const long = {
  description: 'Harbour lamp for the western quay, powder coated, with bracket and cable',
  quantity: '12',
  price: '1349.50',
};
const pdf = {
  name: 'bill 4711 of Blue Gum Dental, second reminder, scanned.pdf',
  type: 'application/pdf',
  text: '%PDF',
};
function loseAnswer({ xero }: World) {
  return xero.control.fault({ kind: 'lose-answer', method: 'PUT', path: 'Invoices$' });
}
function shown(entry: string) {
  return (widget: FrameLocator) => openForm(widget, entry);
}

async function fillLines(form: Locator): Promise<void> {
  await typeLine(form, 1, long);
  await press(form.getByRole('button', { name: 'Add line' }));
  const item = lineOf(form, 2).getByRole('combobox', { name: 'Item or description' });
  await item.fill('harbour lamp, l');
  await item.press('ArrowDown');
  await item.press('Enter');
}

async function fillBill(widget: FrameLocator, number: string): Promise<Locator> {
  const form = await openForm(widget, 'Add Bill');
  await form.getByRole('textbox', { name: 'Bill number' }).fill(number);
  await typeLine(form, 1, plan);
  await dropFile(form, pdf);
  await form.getByText(pdf.name).waitFor();
  return form;
}

async function saveBill(widget: FrameLocator, world: World, number: string) {
  const form = await fillBill(widget, number);
  await loseAnswer(world);
  await press(form.getByRole('button', { name: 'Save draft' }));
  await widget.getByText('We’re checking whether Xero saved this').waitFor();
  return form;
}

async function openWays(widget: FrameLocator): Promise<Locator> {
  const form = await openForm(widget, 'Add Invoice (Draft)');
  await form.getByRole('textbox', { name: 'Due' }).fill('+14d');
  await typeLine(form, 1, plan);
  await press(form.getByRole('button', { name: 'More ways to save' }));
  return form;
}

/** Xero's own messages about a line and about the whole document. */
const refusal = {
  ErrorNumber: 10,
  Type: 'ValidationException',
  Message: 'A validation exception occurred',
  Elements: [
    {
      LineItems: [{ ValidationErrors: [{ Message: 'Account code ‘200’ is not a valid code for this document.' }] }],
      ValidationErrors: [
        { Message: 'Account code ‘200’ is not a valid code for this document.' },
        { Message: 'The document date cannot be before the period lock date, currently set at 30 June 2026.' },
        { Message: 'The contact is on stop until the overdue amount is paid.' },
      ],
    },
  ],
};

/**
 * Sends the same quote twice. Neither is answered, and Xero has forgotten both keys, so only a person can tell which is
 * which.
 */
export async function leaveTwins(world: World, recordId: string, contactName: string): Promise<void> {
  const { contactId } = await world.admin.link({ type: 'contact', id: recordId }, contactName);
  const visit = await world.visit({ userId: 'ben', recordType: 'contact', recordId });
  const { organisation } = await visit.call(getChoicesRoute);
  const line = { description: 'Oak desk', quantity: '3', unitAmount: '33.35', accountCode: '200', taxType: 'OUTPUT' };
  const { today: date, baseCurrency: currency } = organisation;
  const body = newDocument(contactId, { date, currency, expiryDate: date, dueDate: undefined, lines: [line] });
  await world.xero.control.fault({ kind: 'lose-answer', method: 'PUT', path: 'Quotes$', times: 2 });
  for (const key of [randomUUID(), randomUUID()]) await sendDocument(visit, { path: '/api/quotes', key, body });
  await world.xero.control.clock({ advanceSeconds: 600 });
}

/** The form screens that a person can see. */
export const formStates = [
  { ...nora, name: 'form-quote', act: shown('Add Quote'), shows: 'Add line' },
  { ...nora, name: 'form-invoice', isAlike: true, act: shown('Add Invoice (Draft)'), shows: 'Add line' },
  { ...nora, name: 'form-bill', isAlike: true, act: shown('Add Bill'), shows: 'Add line' },
  {
    ...nora,
    name: 'form-quote-filled',
    act: async (widget: FrameLocator) => {
      const form = await openForm(widget, 'Add Quote');
      await form.getByRole('textbox', { name: 'Title' }).fill('Renewal 2027');
      await fillLines(form);
      await press(form.getByText('More', { exact: true }));
    },
    shows: 'Item LAMP-L',
  },
  {
    ...nora,
    name: 'form-invoice-filled',
    isAlike: true,
    act: async (widget: FrameLocator) => {
      const form = await openForm(widget, 'Add Invoice (Draft)');
      await form.getByRole('textbox', { name: 'Reference' }).fill('PO 88/2026');
      await fillLines(form);
      await lineOf(form, 1).getByRole('textbox', { name: 'Disc %' }).fill('12.5');
    },
    shows: 'Item LAMP-L',
  },
  {
    ...nora,
    name: 'form-bill-filled',
    act: (widget: FrameLocator) => fillBill(widget, '4711'),
    shows: 'uploads when you save',
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
    shows: /Fix 2 fields/,
  },
  {
    ...nora,
    name: 'form-invoice-refused-by-xero',
    problems: dentist.problems,
    act: async (widget: FrameLocator, { xero }: World) => {
      const form = await openForm(widget, 'Add Invoice (Draft)');
      await fillLines(form);
      await xero.control.fault({ kind: 'status', status: 400, body: refusal, method: 'PUT', path: 'Invoices$' });
      await press(form.getByRole('button', { name: 'Save draft' }));
    },
    shows: /Couldn’t save the invoice/,
  },
  {
    ...nora,
    name: 'form-invoice-saving',
    isAlike: true,
    act: async (widget: FrameLocator) => {
      // The request is held before it leaves the browser, because saving is the one state that ends on its own.
      await widget
        .owner()
        .page()
        .route('**/api/invoices', () => undefined);
      const form = await openForm(widget, 'Add Invoice (Draft)');
      await fillLines(form);
      await press(form.getByRole('button', { name: 'Save draft' }));
    },
    shows: 'Saving in Xero…',
  },
  {
    ...nora,
    name: 'form-invoice-ways',
    user: adminId,
    act: openWays,
    shows: 'Approve and e-mail…',
  },
  {
    ...nora,
    name: 'form-invoice-email-question',
    user: adminId,
    act: async (widget: FrameLocator) =>
      press((await openWays(widget)).getByRole('menuitem', { name: 'Approve and e-mail…' })),
    shows: 'Approve and e-mail?',
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
    shows: /is not confirmed by Xero yet/,
  },
  {
    ...dentist,
    name: 'form-bill-unknown',
    act: (widget: FrameLocator, world: World) => saveBill(widget, world, '4712'),
    shows: 'Until then you can’t change this form',
  },
  {
    ...dentist,
    name: 'form-bill-saved',
    act: async (widget: FrameLocator, world: World) =>
      press((await saveBill(widget, world, '4713')).getByRole('button', { name: 'Retry' })),
    shows: '1 file attached',
  },
  {
    ...dentist,
    name: 'form-quote-undecided',
    path: '/contacts/1004',
    arrange: (world: World) => leaveTwins(world, '1004', 'Nordlys Trading AS'),
    act: (widget: FrameLocator) => press(widget.getByRole('button', { name: 'Check' }).first()),
    shows: 'Which of these documents in Xero is it?',
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
