import type { FrameLocator } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { adminId, presets } from '#test/support/admin.ts';
import { openForm, typeLine } from '#test/support/forms.ts';
import { press } from '#test/support/press.ts';
import { eventually, readText } from '#test/support/screen.ts';
import { setStage } from '#test/support/stage.ts';

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

/** A refusal of Xero's with these texts, at every call that fits: a quote is said again with less before it is given up. */
const refuse = (path: string, ...texts: string[]) =>
  stage.world().xero.control.fault({
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

async function openDocument(kind: RegExp, number: string, user = 'ben') {
  const opened = await stage.open('/contacts/1001', { user });
  opened.expectProblems(/status of 422/);
  await press(opened.widget.getByRole('button', { name: /Details$/ }));
  await press(opened.widget.getByRole('tab', { name: kind }));
  await press(opened.widget.getByRole('button', { name: number, exact: true }));
  await opened.widget.getByRole('heading', { level: 1, name: number }).waitFor();
  return opened;
}

const pressAct = (widget: FrameLocator, name: string) => press(widget.getByRole('button', { name, exact: true }));
const headings = (widget: FrameLocator) => widget.getByRole('heading', { level: 1 }).allInnerTexts();

describe('what Xero refuses', () => {
  it('when a step with a quote is refused, then all of Xero’s own words stand there', async () => {
    const { widget } = await openDocument(/^Quotes/, 'QU-0042');
    await refuse('/Quotes', 'The quote was changed by somebody else', 'Expiry date must be after the date');
    await pressAct(widget, 'Mark as accepted');
    const note = widget.getByRole('region', { name: 'Could not change Quote QU-0042' });
    expect(await readText(note)).toContain('The quote was changed by somebody else');
    expect(await readText(note)).toContain('Expiry date must be after the date');
  });

  it('when an e-mail is refused, then Xero’s own words stand there', async () => {
    const { widget } = await openDocument(/^Invoices/, 'INV-0087', adminId);
    await refuse('/Email$', 'Daily email limit reached');
    await pressAct(widget, 'E-mail…');
    await pressAct(widget, 'Send e-mail');
    const note = widget.getByRole('region', { name: 'Could not e-mail Invoice INV-0087' });
    expect(await readText(note)).toContain('Daily email limit reached');
  });

  it('when the e-mail of a new invoice is refused, then the invoice stands and Xero’s own words beside it', async () => {
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

describe('a document that is open', () => {
  it('when an invoice is made of a quote, then it shows one header, its own', async () => {
    const { widget } = await openDocument(/^Quotes/, 'QU-0042');
    await pressAct(widget, 'Mark as accepted');
    await pressAct(widget, 'Create invoice');
    await widget.getByRole('heading', { level: 1, name: /^Invoice INV-/ }).waitFor();
    await widget.getByText('amount due', { exact: true }).waitFor();
    expect(await headings(widget)).toEqual([expect.stringMatching(/^Invoice INV-/)]);
    expect(await widget.locator('header').count()).toBe(1);
  });

  it('when the next question comes, then what was said of the step before is gone', async () => {
    const { widget } = await openDocument(/^Quotes/, 'QU-0041');
    const done = widget.getByText('Quote QU-0041 is marked as sent').first();
    await pressAct(widget, 'Mark as sent');
    await done.waitFor();
    await pressAct(widget, 'Delete…');
    await widget.getByRole('alertdialog').waitFor();
    await eventually(async () => expect(await readText(widget.locator('article'))).not.toContain('is marked as sent'));
  });

  it('when the next question comes, then why the step before was refused is gone', async () => {
    const { widget } = await openDocument(/^Quotes/, 'QU-0042');
    await refuse('/Quotes', 'Not now');
    await pressAct(widget, 'Mark as declined');
    await widget.getByText('Not now').waitFor();
    await pressAct(widget, 'Delete…');
    await widget.getByRole('alertdialog').waitFor();
    await eventually(async () => expect(await readText(widget.locator('article'))).not.toContain('Not now'));
  });
});
