import { AxeBuilder } from '@axe-core/playwright';
import type { FrameLocator, Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { press } from '#test/support/page/press.ts';
import { eventually, readEvents, readText, readWidget } from '#test/support/page/screen.ts';
import { setStage } from '#test/support/page/stage.ts';
import { presets } from '#test/support/people/admin.ts';

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
// A new process has all 60 calls of the minute.
beforeEach(async () => {
  await stage.world().restartProduct();
  await stage.world().xero.control.reset({ keepConnections: true });
});

function tab(widget: FrameLocator, name: RegExp) {
  return widget.getByRole('tab', { name });
}
function list(widget: FrameLocator, kind: string) {
  return widget.getByRole('list', { name: kind });
}
function row(widget: FrameLocator, number: string) {
  return widget.getByRole('button', { name: number, exact: true });
}

async function openDetails(path: string, user = 'ben') {
  const opened = await stage.open(path, { user });
  await press(opened.widget.getByRole('button', { name: /Details$/ }));
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
  test('when it is opened, then each tab has a count and the most overdue invoice is first', async () => {
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

  test('search and status list the server’s answer, and can be cleared', async () => {
    const { widget } = await openDetails('/contacts/1001');
    await widget.getByRole('searchbox', { name: 'Search invoices' }).fill('po 77');
    await eventually(async () => expect(await list(widget, 'Invoices').getByRole('listitem').count()).toBe(1));
    await row(widget, 'INV-0093').waitFor();
    await widget.getByRole('searchbox', { name: 'Search invoices' }).fill('nothing like this');
    await widget.getByText('No matching documents').waitFor();
    await press(widget.getByRole('button', { name: 'Clear filters' }));
    await row(widget, 'INV-0087').waitFor();
    await widget.getByRole('combobox', { name: 'Status' }).selectOption({ label: 'Draft' });
    await eventually(async () => expect(await list(widget, 'Invoices').getByRole('listitem').count()).toBe(1));
    await row(widget, 'INV-0095').waitFor();
    await widget.getByRole('combobox', { name: 'Status' }).selectOption({ label: 'Paid' });
    await row(widget, 'INV-0061').waitFor();
  });

  test('when a user may not see bills, then there is no tab for them', async () => {
    const { widget } = await openDetails('/contacts/1001', 'priya');
    await row(widget, 'INV-0087').waitFor();
    expect(await widget.getByRole('tab').count()).toBe(2);
  });

  test('when not every closed quote could be read, then the list says from which day it is complete', async () => {
    const { page, widget } = await openDetails('/contacts/1001');
    await press(tab(widget, /^Quotes/));
    await row(widget, 'QU-0041').waitFor();
    await page.route('**/api/documents?*closed=true*', async (route) => {
      const response = await route.fetch();
      const list = await response.json();
      await route.fulfill({ response, json: { ...list, total: 1000, pageCount: 20, partialUntil: '2024-03-04' } });
    });
    await widget.getByRole('combobox', { name: 'Status' }).selectOption({ label: 'All closed' });
    await row(widget, 'QU-0021').waitFor();
    await widget.getByText(/^Quotes dated 4 Mar 2024 or earlier may be missing/).waitFor();
    expect(await readText(widget.getByRole('navigation', { name: 'Pages' }))).toMatch(/ of 1,000\+$/);
  });

  test('when the server fails, then Retry loads the list', async () => {
    const { page, widget, expectProblems } = await stage.open('/contacts/1001');
    expectProblems(/status of 503/);
    await widget.getByRole('button', { name: 'View Details' }).waitFor();
    const problem = { code: 'xero_unavailable', requestId: 'request-1', title: 'x', status: 503 };
    await page.route('**/api/documents?**', (route) => route.fulfill({ status: 503, json: problem }));
    await press(widget.getByRole('button', { name: 'View Details' }));
    const note = widget.getByRole('region', { name: 'Error fetching details, click Retry' });
    await note.waitFor();
    await page.unroute('**/api/documents?**');
    await press(note.getByRole('button', { name: 'Retry' }));
    await row(widget, 'INV-0087').waitFor();
  });
});

describe('an opened document', () => {
  test('when an invoice is opened, then it shows lines, payments and what is due', async () => {
    const { page, widget, screenshot } = await openDetails('/contacts/1001');
    await press(row(widget, 'INV-0093'));
    await widget.getByRole('heading', { level: 1, name: 'Invoice INV-0093' }).waitFor();
    await widget.getByRole('heading', { name: 'Payments' }).waitFor();
    expect(await readWidget(widget)).toMatch(/AUD 6,280\.00 amount due, of AUD 8,280\.00/);
    expect(await readWidget(widget)).toContain('AUD 2,000.00');
    expect(await listViolations(page)).toEqual([]);
    await screenshot('details-opened');
  });

  test('when a quote is marked as sent, then Xero and the list show it as sent', async () => {
    const { widget } = await openDetails('/contacts/1001');
    await press(tab(widget, /^Quotes/));
    await press(row(widget, 'QU-0041'));
    await press(widget.getByRole('button', { name: 'Mark as sent' }));
    await widget.getByRole('region', { name: 'Quote QU-0041 is marked as sent' }).waitFor();
    await widget.getByRole('button', { name: 'Mark as accepted' }).waitFor();
    await press(widget.getByRole('button', { name: 'Back to the list' }));
    const sent = list(widget, 'Quotes').getByRole('listitem').filter({ hasText: 'QU-0041' });
    await eventually(async () => expect(await readText(sent)).toContain('Sent'));
  });

  test('when Delete is chosen, then a question comes first; Escape cancels, Delete deletes in Xero', async () => {
    const { page, widget } = await openDetails('/contacts/1001');
    await press(row(widget, 'INV-0095'));
    await press(widget.getByRole('button', { name: 'Delete…' }));
    const question = widget.getByRole('alertdialog', { name: 'Delete Invoice INV-0095?' });
    await question.waitFor();
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    await press(widget.getByRole('button', { name: 'Delete…' }));
    await press(question.getByRole('button', { name: 'Delete' }));
    await widget.getByRole('region', { name: 'Invoice INV-0095 is deleted in Xero' }).waitFor();
    await press(widget.getByRole('button', { name: 'Back to the list' }));
    await row(widget, 'INV-0095').waitFor({ state: 'detached' });
  });

  test('when PDF is pressed, then the browser gets Xero’s PDF', async () => {
    const { page, widget } = await openDetails('/contacts/1001');
    await press(row(widget, 'INV-0087'));
    const download = page.waitForEvent('download');
    await press(widget.getByRole('button', { name: 'PDF' }));
    expect((await download).suggestedFilename()).toBe('Invoice INV-0087.pdf');
  });

  test('an accepted quote becomes an invoice: it opens, and the page gets an event', async () => {
    const { page, widget } = await openDetails('/contacts/1001');
    await press(tab(widget, /^Quotes/));
    await press(row(widget, 'QU-0038'));
    await press(widget.getByRole('button', { name: 'Create invoice' }));
    await widget.getByRole('heading', { level: 1, name: /^Invoice/ }).waitFor();
    const created = (await readEvents(page)).find(({ type }) => type === 'created');
    expect(created?.detail).toMatchObject({ kind: 'invoice' });
  });
});

describe('a company', () => {
  test('when three people lead to two Xero contacts, then View Details can be filtered by one', async () => {
    const { page, widget, screenshot } = await stage.open('/companies/501');
    await press(widget.getByText('3 people and the company → 2 Xero contacts'));
    await screenshot('company-members');
    await press(widget.getByRole('button', { name: 'View Details' }));
    await row(widget, 'INV-0087').waitFor();
    await widget.getByRole('combobox', { name: 'Xero contact' }).selectOption({ label: 'H. Lights (old)' });
    await widget.getByText('No matching documents').waitFor();
    expect(await listViolations(page)).toEqual([]);
  });
});

describe('a deal', () => {
  test('when two quotes are ticked, then the bar shows 30,000 quoted of 42,000', async () => {
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
    await press(widget.getByRole('button', { name: 'Choose documents' }));
    const quotes = list(widget, 'Quotes').getByRole('listitem');
    await quotes.first().waitFor();
    for (const amount of ['19,800.00', '13,200.00']) {
      const quote = quotes.filter({ hasText: amount });
      await quote.getByText('Suggested').waitFor();
      await quote.getByRole('checkbox').check();
    }
    await screenshot('deal-choosing');
    expect(await listViolations(page)).toEqual([]);
    await press(widget.getByRole('button', { name: 'Back to the figures' }));
    await eventually(async () =>
      expect(await readText(widget.getByRole('region', { name: 'From quote to payment' }))).toMatch(
        /Quoted AUD 30,000\.00 .*AUD 42,000\.00 not yet invoiced/,
      ),
    );
    expect(await widget.getByRole('listitem').filter({ hasText: 'Quote' }).count()).toBe(2);
    await screenshot('deal-chosen');
  });

  test('when a chosen invoice is voided in Xero, then it is shown as voided and not counted', async () => {
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
    await press(tab(widget, /^Invoices/));
    const rigged = list(widget, 'Invoices').getByRole('listitem').filter({ hasText: 'INV-7001' });
    await rigged.getByRole('checkbox').check();
    await press(widget.getByRole('button', { name: 'Back to the figures' }));
    const chosen = widget.getByRole('listitem').filter({ hasText: 'INV-7001' });
    await chosen.waitFor();
    await control.updateInvoice({ tenantId, InvoiceID: invoice.InvoiceID, Status: 'VOIDED' });
    await press(widget.getByRole('button', { name: 'Refresh' }));
    await eventually(async () => expect(await readText(chosen)).toMatch(/Voided.*not counted/));
    expect(await readText(widget.getByRole('region', { name: 'From quote to payment' }))).toContain(
      'Invoiced AUD 0.00',
    );
  });
});

describe('the quick view', () => {
  test('when it is opened, then it shows what is overdue and leads to View Details', async () => {
    await stage.world().admin.link({ type: 'contact', id: '1006' }, 'Blue Gum Dental');
    const { page, widget, screenshot } = await stage.open('/contacts/1006?panel=quick');
    await widget.getByText('2 overdue', { exact: true }).waitFor();
    expect(await listViolations(page)).toEqual([]);
    await screenshot('quick-contact');
    await press(widget.getByRole('button', { name: 'Details', exact: true }));
    await row(widget, 'INV-0091').waitFor();
    await press(tab(widget, /^Bills 2/));
    await row(widget, 'BGD-118').waitFor();
  });
});
