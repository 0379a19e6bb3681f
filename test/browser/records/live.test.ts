import type { FrameLocator, Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { press } from '#test/support/page/press.ts';
import { eventually, lostConnection, readFigure, readText, readWidget } from '#test/support/page/screen.ts';
import { setStage } from '#test/support/page/stage.ts';
import { presets } from '#test/support/people/admin.ts';
import { webhookKey } from '#test/support/programs/product.ts';

const stage = setStage();
let tenantId = '';
let contactId = '';

beforeAll(async () => {
  const { admin, xero, product } = stage.world();
  await admin.connect();
  const reason = await xero.control.webhooks({ url: `${product().origin}/webhooks/xero`, key: webhookKey });
  expect(reason).toEqual({ reason: null });
  tenantId = (await xero.control.seedInfo()).organisations[0]?.tenantId ?? '';
});
beforeEach(async () => {
  const { admin } = stage.world();
  await admin.grant({ ben: presets.full, priya: presets.full });
  ({ contactId } = await admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd'));
});

function control() {
  return stage.world().xero.control;
}
function contact() {
  return { tenantId, Contact: { ContactID: contactId } };
}
/** Adds an invoice of 100 in Xero. */
function addInvoice() {
  return control().addInvoice({ ...contact(), Type: 'ACCREC', Total: 100, Status: 'AUTHORISED' });
}

/** Opens a page and waits until the widget listens to events. */
async function openListening(options: { user?: string; path?: string; reducedMotion?: 'reduce' } = {}) {
  const { path = '/contacts/1001', ...rest } = options;
  const opened = await stage.open('/', rest);
  const listening = opened.page.waitForResponse(/\/api\/events$/);
  const asked = opened.page.waitForResponse(/\/api\/view$/);
  await opened.page.goto(new URL(path, opened.page.url()).href);
  await Promise.all([listening, asked]);
  return opened;
}

async function outstanding(widget: FrameLocator) {
  const [count] = (await readFigure(widget, 'outstanding')).split(' ');
  return Number(count);
}
/** The number of invoices due in Xero. */
async function countDue(): Promise<number> {
  const { invoices } = await control().documents({ tenantId, contactId });
  return invoices.filter(({ Status }) => Status === 'AUTHORISED').length;
}

/** Waits until the widget shows the number in Xero. */
async function isRight(widget: FrameLocator): Promise<number> {
  const due = await countDue();
  await eventually(async () => expect(await outstanding(widget)).toBe(due));
  return due;
}

/** The names of the figures that are marked as changed. */
function readMarked(widget: FrameLocator) {
  return widget
    .locator('[data-changed]')
    .evaluateAll((figures) => figures.map((figure) => figure.getAttribute('data-figure')));
}

async function leaveForm(widget: FrameLocator) {
  await press(widget.getByRole('button', { name: 'Cancel' }));
  await press(widget.getByRole('button', { name: 'Discard' }));
}

function setVisibility(widget: FrameLocator, state: 'hidden' | 'visible') {
  return widget.locator('html').evaluate((_, visibility) => {
    Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}

function countRequests(page: Page): () => string[] {
  const seen: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/')) seen.push(pathname);
  });
  return () => seen.splice(0);
}

describe('something changes in Xero while the widget is open', () => {
  test('a booked payment changes the figures, which are marked and announced once', async () => {
    const invoice = await addInvoice();
    const { widget, screenshot } = await openListening();
    const before = await isRight(widget);
    await control().clearRequests();
    await control().updateInvoice({ tenantId, InvoiceID: invoice.InvoiceID, pay: 100 });
    expect(await isRight(widget)).toBe(before - 1);
    expect(await readMarked(widget)).toContain('outstandingInvoices');
    await screenshot('live-marked');
    const said = widget.locator('[role=status]', { hasText: 'Changed in Xero' });
    await eventually(async () => expect(await readText(said)).toMatch(/^Changed in Xero: Outstanding invoices \d/));
    const calls = (await control().requests()).filter(({ path }) => path.startsWith('/api.xro/'));
    expect(calls.map(({ path }) => path)).toEqual(['/api.xro/2.0/Invoices']);
  });

  test('when the reader wants less motion, then the mark does not move', async () => {
    const { widget } = await openListening({ reducedMotion: 'reduce' });
    const before = await isRight(widget);
    await addInvoice();
    expect(await isRight(widget)).toBe(before + 1);
    const row = widget.locator('[data-changed][data-figure=outstandingInvoices]');
    const [colour, accent, moving] = await row.evaluate((element) => {
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.color = 'var(--accent-soft)';
      return [getComputedStyle(element).backgroundColor, getComputedStyle(probe).color, element.getAnimations().length];
    });
    expect([colour, moving]).toEqual([accent, 0]);
  });

  test('when View Details is open, then its list refreshes in place', async () => {
    const { widget } = await openListening();
    await press(widget.getByRole('button', { name: 'View Details' }));
    await widget.getByRole('tab', { name: /Invoices/ }).waitFor();
    await widget.getByRole('searchbox').fill('INV-99');
    const { InvoiceNumber } = await control().addInvoice({
      ...contact(),
      Type: 'ACCREC',
      Total: 7,
      Status: 'AUTHORISED',
      InvoiceNumber: 'INV-9901',
    });
    await widget.getByRole('button', { name: InvoiceNumber }).waitFor();
    expect(await widget.getByRole('searchbox').inputValue()).toBe('INV-99');
  });

  test('when a form is being filled in, then its text stays, and the figures are right afterwards', async () => {
    const { widget } = await openListening();
    const before = await isRight(widget);
    await press(widget.getByRole('button', { name: 'More actions' }));
    await press(widget.getByRole('menuitem', { name: 'Add Quote' }));
    const title = widget.getByRole('form', { name: 'Add Quote' }).getByRole('textbox', { name: 'Title' });
    await title.fill('half a th');
    await addInvoice();
    await stage.world().admin.unlink({ type: 'contact', id: '1001' });
    await stage.world().admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
    await title.pressSequentially('ought');
    expect(await title.inputValue()).toBe('half a thought');
    await leaveForm(widget);
    expect(await isRight(widget)).toBe(before + 1);
  });
});

describe('somebody else changes something', () => {
  test('a second tab unlinks and links: the first follows, but an open form waits', async () => {
    const [first, second] = [await openListening(), await openListening({ user: 'priya' })];
    await stage.world().admin.unlink({ type: 'contact', id: '1001' });
    for (const { widget } of [first, second]) {
      await widget.getByRole('heading', { level: 1, name: 'Link to Xero' }).waitFor();
    }
    await stage.world().admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
    const heading = { level: 1, name: 'Harbour Lights Pty Ltd' } as const;
    for (const { widget } of [first, second]) await widget.getByRole('heading', heading).waitFor();

    await press(first.widget.getByRole('button', { name: 'More actions' }));
    await press(first.widget.getByRole('menuitem', { name: 'Add Quote' }));
    const title = first.widget.getByRole('form', { name: 'Add Quote' }).getByRole('textbox', { name: 'Title' });
    await title.fill('kept');
    await stage.world().admin.unlink({ type: 'contact', id: '1001' });
    await second.widget.getByRole('heading', { level: 1, name: 'Link to Xero' }).waitFor();
    expect(await title.inputValue()).toBe('kept');
    await leaveForm(first.widget);
    await first.widget.getByRole('heading', { level: 1, name: 'Link to Xero' }).waitFor();
  });

  test('when the right to view is removed, then the figures disappear until it is given back', async () => {
    const { widget } = await openListening();
    await stage.world().admin.grant({ priya: presets.full });
    await widget.getByText('No access to Xero figures').waitFor();
    expect(await readWidget(widget)).not.toContain('AUD');
    await stage.world().admin.grant({ ben: presets.viewer });
    await widget.getByRole('heading', { level: 1, name: 'Harbour Lights Pty Ltd' }).waitFor();
    expect(await readWidget(widget)).not.toContain('Outstanding bills');
  });
});

describe('the page is hidden, or the server is away', () => {
  // Webhooks may wake the change stream ten extra times. A new process starts a new count.
  beforeAll(() => stage.world().restartProduct());

  test('when the page is hidden, then it asks nothing; shown again, it asks once and is up to date', async () => {
    const { page, widget } = await openListening();
    const before = await isRight(widget);
    const requests = countRequests(page);
    await setVisibility(widget, 'hidden');
    await addInvoice();
    // Another widget gets the news, this one does not.
    const other = await openListening({ user: 'priya' });
    expect(await isRight(other.widget)).toBe(before + 1);
    expect(requests()).toEqual([]);
    expect(await outstanding(widget)).toBe(before);
    await setVisibility(widget, 'visible');
    expect(await isRight(widget)).toBe(before + 1);
    expect(requests()).toEqual(['/api/events', '/api/view']);
  });

  test('when the server stops and starts again, then the widget listens again and is up to date', async () => {
    const { widget, expectProblems } = await openListening();
    expectProblems(lostConnection, /503/);
    const before = await isRight(widget);
    await stage.world().restartProduct('SIGKILL');
    await addInvoice();
    expect(await isRight(widget)).toBe(before + 1);
    await addInvoice();
    expect(await isRight(widget)).toBe(before + 2);
    // A server process starts during this time.
  }, 120_000);
});
