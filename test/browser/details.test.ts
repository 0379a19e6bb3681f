import { AxeBuilder } from '@axe-core/playwright';
import type { FrameLocator, Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { presets } from '#test/support/admin.ts';
import { eventually, readEvents, readText, readWidget } from '#test/support/screen.ts';
import { setStage } from '#test/support/stage.ts';

const stage = setStage();
const harbour = 'Harbour Lights Pty Ltd';

beforeAll(async () => {
  const { admin } = stage.world();
  await admin.connect();
  await admin.grant({ ben: presets.full, priya: presets.sales });
  await admin.link({ type: 'company', id: '501' }, harbour);
  await admin.link({ type: 'contact', id: '1001' }, harbour);
  await admin.link({ type: 'contact', id: '1002' }, harbour);
  await admin.link({ type: 'contact', id: '1003' }, 'H. Lights (old)');
});
// A process that starts anew has the minute's 60 calls before it.
beforeEach(async () => {
  await stage.world().restartProduct();
  await stage.world().xero.control.reset({ keepConnections: true });
});

const tab = (widget: FrameLocator, name: RegExp) => widget.getByRole('tab', { name });
const list = (widget: FrameLocator, kind: string) => widget.getByRole('list', { name: kind });
const row = (widget: FrameLocator, number: string) => widget.getByRole('button', { name: number, exact: true });

async function openDetails(path: string, user = 'ben') {
  const opened = await stage.open(path, { user });
  await opened.widget.getByRole('button', { name: /Details$/ }).click();
  await opened.widget.getByRole('tablist').waitFor();
  return opened;
}

async function listViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include(['ledgerside-widget > iframe', 'html']).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

async function harbourPlace() {
  const { organisations } = await stage.world().xero.control.seedInfo();
  const [organisation] = organisations;
  return { tenantId: organisation?.tenantId ?? '', ContactID: organisation?.contacts[harbour] ?? '' };
}

describe('View Details of a contact', () => {
  it('when it is opened, then each kind says how many, and the most overdue invoice stands first', async () => {
    const { page, widget, screenshot } = await openDetails('/contacts/1001');
    await eventually(async () =>
      expect(await widget.getByRole('tab').allInnerTexts()).toEqual(['Quotes 3', 'Invoices 4', 'Bills 1']),
    );
    expect(await tab(widget, /^Invoices/).getAttribute('aria-selected')).toBe('true');
    const rows = list(widget, 'Invoices').getByRole('listitem');
    expect(await readText(rows.nth(0))).toContain('INV-0087');
    expect(await readText(rows.first())).toMatch(/AUD 4,200\.00.*18 days late/);
    const part = rows.filter({ hasText: 'INV-0093' });
    expect(await readText(part)).toMatch(/AUD 6,280\.00.*Awaiting payment.*of AUD 8,280\.00/);
    expect(await listViolations(page)).toEqual([]);
    await screenshot('details-contact');
  });

  it('when a reference is searched and a status chosen, then the server’s answer is listed and can be cleared', async () => {
    const { widget } = await openDetails('/contacts/1001');
    await widget.getByRole('searchbox', { name: 'Search invoices' }).fill('po 77');
    await eventually(async () => expect(await list(widget, 'Invoices').getByRole('listitem').count()).toBe(1));
    await row(widget, 'INV-0093').waitFor();
    await widget.getByRole('searchbox', { name: 'Search invoices' }).fill('nothing like this');
    await widget.getByText('Nothing like that here').waitFor();
    await widget.getByRole('button', { name: 'Clear filters' }).click();
    await row(widget, 'INV-0087').waitFor();
    await widget.getByRole('combobox', { name: 'Status' }).selectOption({ label: 'Draft' });
    await eventually(async () => expect(await list(widget, 'Invoices').getByRole('listitem').count()).toBe(1));
    await row(widget, 'INV-0095').waitFor();
    await widget.getByRole('combobox', { name: 'Status' }).selectOption({ label: 'Paid' });
    await row(widget, 'INV-0061').waitFor();
  });

  it('when only the keyboard is used, then arrows walk, Enter opens and Escape leads back step by step', async () => {
    const { page, widget } = await openDetails('/contacts/1001');
    const hasFocus = (number: string) =>
      eventually(async () =>
        expect(await row(widget, number).evaluate((button) => button === document.activeElement)).toBe(true),
      );
    await row(widget, 'INV-0087').waitFor();
    await widget.getByRole('searchbox', { name: 'Search invoices' }).focus();
    await page.keyboard.press('ArrowDown');
    await hasFocus('INV-0087');
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await hasFocus('INV-0087');
    await page.keyboard.press('Enter');
    await widget.getByRole('heading', { level: 1, name: 'Invoice INV-0087' }).waitFor();
    await page.keyboard.press('Escape');
    await hasFocus('INV-0087');
    await page.keyboard.press('Escape');
    await widget.getByText('They owe you').waitFor();
    await eventually(async () =>
      expect(
        await widget
          .getByRole('button', { name: 'View Details' })
          .evaluate((button) => button === document.activeElement),
      ).toBe(true),
    );
  });

  it('when the person may not see bills, then there is no tab of them', async () => {
    const { widget } = await openDetails('/contacts/1001', 'priya');
    await row(widget, 'INV-0087').waitFor();
    expect(await widget.getByRole('tab').count()).toBe(2);
  });

  it('when the server fails, then it says so with Retry, and Retry brings the list', async () => {
    const { page, widget, expectProblems } = await stage.open('/contacts/1001');
    expectProblems(/status of 503/);
    await widget.getByRole('button', { name: 'View Details' }).waitFor();
    const problem = { code: 'xero_unavailable', requestId: 'request-1', title: 'x', status: 503 };
    await page.route('**/api/documents?**', (route) => route.fulfill({ status: 503, json: problem }));
    await widget.getByRole('button', { name: 'View Details' }).click();
    const note = widget.getByRole('region', { name: 'Error fetching details, click Retry' });
    await note.waitFor();
    await page.unroute('**/api/documents?**');
    await note.getByRole('button', { name: 'Retry' }).click();
    await row(widget, 'INV-0087').waitFor();
  });
});

describe('an opened document', () => {
  it('when an invoice is opened, then it shows lines, payments and what is due', async () => {
    const { page, widget, screenshot } = await openDetails('/contacts/1001');
    await row(widget, 'INV-0093').click();
    await widget.getByRole('heading', { level: 1, name: 'Invoice INV-0093' }).waitFor();
    await widget.getByRole('heading', { name: 'Payments' }).waitFor();
    expect(await readWidget(widget)).toMatch(/AUD 6,280\.00 amount due, of AUD 8,280\.00/);
    expect(await readWidget(widget)).toContain('AUD 2,000.00');
    expect(await listViolations(page)).toEqual([]);
    await screenshot('details-opened');
  });

  it('when a quote is marked as sent, then Xero has it so and the list follows', async () => {
    const { widget } = await openDetails('/contacts/1001');
    await tab(widget, /^Quotes/).click();
    await row(widget, 'QU-0041').click();
    await widget.getByRole('button', { name: 'Mark as sent' }).click();
    await widget.getByRole('region', { name: 'Quote QU-0041 is marked as sent' }).waitFor();
    await widget.getByRole('button', { name: 'Mark as accepted' }).waitFor();
    await widget.getByRole('button', { name: 'Back to the list' }).click();
    const sent = list(widget, 'Quotes').getByRole('listitem').filter({ hasText: 'QU-0041' });
    await eventually(async () => expect(await readText(sent)).toContain('Sent'));
  });

  it('when Delete is chosen, then it asks first; Escape answers no, Delete deletes in Xero', async () => {
    const { page, widget } = await openDetails('/contacts/1001');
    await row(widget, 'INV-0095').click();
    await widget.getByRole('button', { name: 'Delete…' }).click();
    const question = widget.getByRole('alertdialog', { name: 'Delete Invoice INV-0095?' });
    await question.waitFor();
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    await widget.getByRole('button', { name: 'Delete…' }).click();
    await question.getByRole('button', { name: 'Delete' }).click();
    await widget.getByRole('region', { name: 'Invoice INV-0095 is deleted in Xero' }).waitFor();
    await widget.getByRole('button', { name: 'Back to the list' }).click();
    await row(widget, 'INV-0095').waitFor({ state: 'detached' });
  });

  it('when PDF is pressed, then the browser gets the document as Xero prints it', async () => {
    const { page, widget } = await openDetails('/contacts/1001');
    await row(widget, 'INV-0087').click();
    const download = page.waitForEvent('download');
    await widget.getByRole('button', { name: 'PDF' }).click();
    expect((await download).suggestedFilename()).toBe('Invoice INV-0087.pdf');
  });

  it('when an invoice is made from an accepted quote, then it opens and the page hears of it', async () => {
    const { page, widget } = await openDetails('/contacts/1001');
    await tab(widget, /^Quotes/).click();
    await row(widget, 'QU-0038').click();
    await widget.getByRole('button', { name: 'Create invoice' }).click();
    await widget.getByRole('heading', { level: 1, name: /^Invoice/ }).waitFor();
    const created = (await readEvents(page)).find(({ type }) => type === 'created');
    expect(created?.detail).toMatchObject({ kind: 'invoice' });
  });
});

describe('a company', () => {
  it('when three people lead to two Xero contacts, then it says so, and View Details narrows to one of them', async () => {
    const { page, widget, screenshot } = await stage.open('/companies/501');
    await widget.getByText('3 people and the company → 2 Xero contacts').click();
    await screenshot('company-members');
    await widget.getByRole('button', { name: 'View Details' }).click();
    await row(widget, 'INV-0087').waitFor();
    await widget.getByRole('combobox', { name: 'Xero contact' }).selectOption({ label: 'H. Lights (old)' });
    await widget.getByText('Nothing like that here').waitFor();
    expect(await listViolations(page)).toEqual([]);
  });
});

describe('a deal', () => {
  it('when she ticks the two quotes that belong to it, then the bar shows 30,000 quoted of 42,000', async () => {
    const { tenantId, ContactID } = await harbourPlace();
    for (const [Description, UnitAmount] of [
      ['Lamps for the north pier', 18_000],
      ['Lamps for the south pier', 12_000],
    ] as const)
      await stage.world().xero.control.addQuote({
        tenantId,
        Contact: { ContactID },
        Status: 'SENT',
        CurrencyCode: 'AUD',
        LineItems: [{ Description, Quantity: 1, UnitAmount, TaxType: 'OUTPUT' }],
      });
    const { page, widget, screenshot } = await stage.open('/deals/9001');
    await widget.getByText('Deal value AUD 42,000.00').waitFor();
    await widget.getByRole('button', { name: 'Choose documents' }).click();
    const quotes = list(widget, 'Quotes').getByRole('listitem');
    await quotes.first().waitFor();
    for (const amount of ['19,800.00', '13,200.00']) {
      const quote = quotes.filter({ hasText: amount });
      await quote.getByText('Suggested').waitFor();
      await quote.getByRole('checkbox').check();
    }
    await screenshot('deal-choosing');
    expect(await listViolations(page)).toEqual([]);
    await widget.getByRole('button', { name: 'Back to the figures' }).click();
    await eventually(async () =>
      expect(await readText(widget.getByRole('region', { name: 'From quote to payment' }))).toMatch(
        /Quoted AUD 30,000\.00 .*AUD 42,000\.00 not yet invoiced/,
      ),
    );
    expect(await widget.getByRole('listitem').filter({ hasText: 'Quote' }).count()).toBe(2);
    await screenshot('deal-chosen');
  });

  it('when a chosen invoice is voided in Xero, then it is shown so and not counted', async () => {
    const { tenantId, ContactID } = await harbourPlace();
    const { control } = stage.world().xero;
    const invoice = await control.addInvoice({
      tenantId,
      Type: 'ACCREC',
      Contact: { ContactID },
      Status: 'AUTHORISED',
      CurrencyCode: 'AUD',
      InvoiceNumber: 'INV-7001',
      LineItems: [{ Description: 'Rig', Quantity: 1, UnitAmount: 500 }],
    });
    const { widget } = await openDetails('/deals/9002');
    await tab(widget, /^Invoices/).click();
    const rigged = list(widget, 'Invoices').getByRole('listitem').filter({ hasText: 'INV-7001' });
    await rigged.getByRole('checkbox').check();
    await widget.getByRole('button', { name: 'Back to the figures' }).click();
    const chosen = widget.getByRole('listitem').filter({ hasText: 'INV-7001' });
    await chosen.waitFor();
    await control.updateInvoice({ tenantId, InvoiceID: invoice.InvoiceID, Status: 'VOIDED' });
    await widget.getByRole('button', { name: 'Refresh' }).click();
    await eventually(async () => expect(await readText(chosen)).toMatch(/Voided.*not counted/));
    expect(await readText(widget.getByRole('region', { name: 'From quote to payment' }))).toContain(
      'Invoiced AUD 0.00',
    );
  });
});

describe('the quick view', () => {
  it('when she glances at it, then it says what is late, and leads to the details', async () => {
    await stage.world().admin.link({ type: 'contact', id: '1006' }, 'Blue Gum Dental');
    const { page, widget, screenshot } = await stage.open('/contacts/1006?panel=quick');
    await widget.getByText('2 overdue').waitFor();
    expect(await listViolations(page)).toEqual([]);
    await screenshot('quick-contact');
    await widget.getByRole('button', { name: 'Details', exact: true }).click();
    await row(widget, 'INV-0091').waitFor();
    await tab(widget, /^Bills 2/).click();
    await row(widget, 'BGD-118').waitFor();
  });
});
