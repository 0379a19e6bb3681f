import { AxeBuilder } from '@axe-core/playwright';
import type { FrameLocator, Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openForm, typeLine } from '#test/support/page/forms.ts';
import { press } from '#test/support/page/press.ts';
import { eventually, readText, readWidget } from '#test/support/page/screen.ts';
import { setStage } from '#test/support/page/stage.ts';
import { adminId, presets } from '#test/support/people/admin.ts';

const stage = setStage();
const harbour = 'Harbour Lights Pty Ltd';

beforeAll(async () => {
  const { admin } = stage.world();
  await admin.connect();
  await admin.grant({ ben: presets.full });
  await admin.link({ type: 'contact', id: '1001' }, harbour);
});
beforeEach(async () => {
  await stage.world().restartProduct();
  await stage.world().xero.control.reset({ keepConnections: true });
});

async function listViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include(['ledgerside-widget > iframe', 'html']).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** Xero refuses every matching call with these texts. A quote is retried with fewer members before it fails. */
function refuse(path: string, ...texts: string[]) {
  return stage.world().xero.control.fault({
    kind: 'status',
    times: Number.POSITIVE_INFINITY,
    status: 400,
    method: 'POST',
    path,
    body: {
      ErrorNumber: 10,
      Type: 'ValidationException',
      Message: 'A validation exception occurred',
      Elements: [{ ValidationErrors: texts.map((Message) => ({ Message })) }],
    },
  });
}

async function openDocument(kind: RegExp, number: string, { user = 'ben', path = '/contacts/1001' } = {}) {
  const opened = await stage.open(path, { user });
  opened.expectProblems(/status of 422/);
  await press(opened.widget.getByRole('button', { name: /Details$/ }));
  await press(opened.widget.getByRole('tab', { name: kind }));
  await press(opened.widget.getByRole('button', { name: number, exact: true }));
  await opened.widget.getByRole('heading', { level: 1, name: number }).waitFor();
  return opened;
}

function pressAct(widget: FrameLocator, name: string) {
  return press(widget.getByRole('button', { name, exact: true }));
}
function headings(widget: FrameLocator) {
  return widget.getByRole('heading', { level: 1 }).allInnerTexts();
}

describe('what Xero refuses', () => {
  test('when an action on a quote is refused, then all of Xero’s words are shown', async () => {
    const { widget } = await openDocument(/^Quotes/, 'QU-0042');
    await refuse('/Quotes', 'The quote was changed by somebody else', 'Expiry date must be after the date');
    await pressAct(widget, 'Mark as accepted');
    const note = widget.getByRole('region', { name: 'Couldn’t change Quote QU-0042' });
    expect(await readText(note)).toContain('The quote was changed by somebody else');
    expect(await readText(note)).toContain('Expiry date must be after the date');
  });

  test('when an e-mail is refused, then Xero’s words are shown', async () => {
    const { widget } = await openDocument(/^Invoices/, 'INV-0087', { user: adminId });
    await refuse('/Email$', 'Daily email limit reached');
    await pressAct(widget, 'E-mail…');
    await pressAct(widget, 'Send e-mail');
    const note = widget.getByRole('region', { name: 'Couldn’t e-mail Invoice INV-0087' });
    expect(await readText(note)).toContain('Daily email limit reached');
  });

  test('when the e-mail of a new invoice is refused, then the invoice is shown with Xero’s words', async () => {
    const { widget } = await stage.open('/contacts/1001', { user: adminId });
    const form = await openForm(widget, 'Add Invoice (Draft)');
    await form.getByRole('textbox', { name: 'Due' }).fill('+14d');
    await typeLine(form, 1, { description: 'Annual service plan', quantity: '2', price: '1450' });
    await refuse('/Email$', 'Daily email limit reached');
    await press(form.getByRole('button', { name: 'More ways to save' }));
    await press(widget.getByRole('menuitem', { name: 'Approve and e-mail…' }));
    await pressAct(widget, 'Approve and e-mail');
    await widget.getByText('Approved in Xero').waitFor();
    const note = widget.getByRole('region', { name: /^The e-mail was not sent/ });
    expect(await readText(note)).toContain('Daily email limit reached');
  });
});

describe('an opened document', () => {
  test('when a quote becomes an invoice, then only the invoice’s header is shown', async () => {
    const { widget } = await openDocument(/^Quotes/, 'QU-0042');
    await pressAct(widget, 'Mark as accepted');
    await pressAct(widget, 'Create invoice');
    await widget.getByRole('heading', { level: 1, name: /^Invoice INV-/ }).waitFor();
    await widget.getByText('amount due', { exact: true }).waitFor();
    expect(await headings(widget)).toEqual([expect.stringMatching(/^Invoice INV-/)]);
    expect(await widget.locator('header').count()).toBe(1);
  });

  test('when the next question opens, then the result of the last action is gone', async () => {
    const { widget } = await openDocument(/^Quotes/, 'QU-0041');
    const done = widget.getByText('Quote QU-0041 is marked as sent').first();
    await pressAct(widget, 'Mark as sent');
    await done.waitFor();
    await pressAct(widget, 'Delete…');
    await widget.getByRole('alertdialog').waitFor();
    await eventually(async () => expect(await readText(widget.locator('article'))).not.toContain('is marked as sent'));
  });

  test('when the next question opens, then the last refusal is gone', async () => {
    const { widget } = await openDocument(/^Quotes/, 'QU-0042');
    await refuse('/Quotes', 'Not now');
    await pressAct(widget, 'Mark as declined');
    await widget.getByText('Not now').waitFor();
    await pressAct(widget, 'Delete…');
    await widget.getByRole('alertdialog').waitFor();
    await eventually(async () => expect(await readText(widget.locator('article'))).not.toContain('Not now'));
  });
});

describe('an invoice made from a quote', () => {
  async function openAccepted(contact: { id: string; name: string }) {
    const { admin, xero } = stage.world();
    const [organisation] = (await xero.control.seedInfo()).organisations;
    const tenantId = organisation?.tenantId ?? '';
    const Contact = { ContactID: organisation?.contacts[contact.name] ?? '' };
    const line = { Description: 'Lamps', Quantity: 10, UnitAmount: 100, TaxType: 'OUTPUT', AccountCode: '200' };
    const quote = await xero.control.addQuote({ tenantId, Contact, Status: 'ACCEPTED', LineItems: [line] });
    await admin.link({ type: 'contact', id: contact.id }, contact.name);
    const opened = await openDocument(/^Quotes/, quote.QuoteNumber, { path: `/contacts/${contact.id}` });
    const listMade = async () =>
      (await xero.control.documents({ tenantId })).invoices.filter(({ Reference }) => Reference === quote.QuoteNumber);
    return { ...opened, number: quote.QuoteNumber, listMade };
  }

  test('when there are no payment terms, then the due date is asked for, and one invoice has it', async () => {
    const { page, widget, expectProblems, screenshot, listMade } = await openAccepted({
      id: '1006',
      name: 'Blue Gum Dental',
    });
    expectProblems(/status of (422|502)/);
    await widget.getByRole('button', { name: 'Create invoice' }).focus();
    await page.keyboard.press('Enter');
    const question = widget.getByRole('alertdialog', { name: 'When is the invoice due?' });
    const field = question.getByRole('textbox', { name: 'Due date' });
    await eventually(async () => expect(await field.evaluate((input) => input === document.activeElement)).toBe(true));
    expect(await readText(question)).not.toContain('Neither');
    await page.keyboard.type('whenever');
    await page.keyboard.press('Enter');
    await question.getByText(/^Enter a date, such as \d+ \w+ \d{4}\.$/).waitFor();
    await field.fill('-1');
    await page.keyboard.press('Enter');
    await question.getByText('The due date is before the invoice’s date, which is today.').waitFor();
    expect(await field.inputValue()).toMatch(/^\d+ \w+ \d{4}$/);
    expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);
    expect(await listViolations(page)).toEqual([]);
    await screenshot('due-date-question');
    expect(await listMade()).toEqual([]);
    await stage.world().xero.control.fault({ kind: 'lose-answer', method: 'PUT', path: 'Invoices$' });
    await field.fill('24 dec 2027');
    await page.keyboard.press('Tab');
    expect(await field.inputValue()).toBe('24 Dec 2027');
    await page.keyboard.press('Enter');
    // The answer was lost, so the date cannot change until the outcome is known.
    await widget.getByRole('region', { name: /^We don’t know yet whether Xero did this/ }).waitFor();
    expect(await field.getAttribute('readonly')).not.toBeNull();
    await press(question.getByRole('button', { name: 'Create invoice' }));
    await widget.getByRole('heading', { level: 1, name: /^Invoice INV-/ }).waitFor();
    expect(await readWidget(widget)).toContain('24 Dec 2027');
    expect(await listMade()).toMatchObject([{ DueDate: '2027-12-24', Total: 1100 }]);
  });

  test('when the quote could not be marked, then the new invoice’s page says so until it is left', async () => {
    const { page, widget, number, screenshot } = await openAccepted({ id: '1001', name: harbour });
    await refuse('/Quotes', 'Not now');
    await pressAct(widget, 'Create invoice');
    const heading = widget.getByRole('heading', { level: 1, name: /^Invoice INV-/ });
    await heading.waitFor();
    const note = widget.getByRole('region', { name: `Invoice created from Quote ${number}` });
    expect(await readText(note)).toContain('Xero refused to mark the quote as invoiced. Mark it in Xero.');
    expect(await listViolations(page)).toEqual([]);
    await screenshot('made-with-warning');
    const made = (await heading.innerText()).replace('Invoice ', '').trim();
    await pressAct(widget, 'Submit for approval');
    await widget.getByRole('region', { name: `Invoice ${made} is awaiting approval in Xero` }).waitFor();
    expect(await note.count()).toBe(1);
    await pressAct(widget, 'Back to the list');
    await press(widget.getByRole('tab', { name: /^Invoices/ }));
    await pressAct(widget, made);
    await widget.getByText('amount due', { exact: true }).waitFor();
    expect(await note.count()).toBe(0);
  });
});
