import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { getChoicesRoute } from '#shared/contract/choices.ts';
import { press } from '#test/support/page/press.ts';
import { eventually, readText } from '#test/support/page/screen.ts';
import { setStage } from '#test/support/page/stage.ts';
import { adminId, presets } from '#test/support/people/admin.ts';
import { newDocument, sendDocument } from '#test/support/people/documents.ts';

const stage = setStage();
const nora = { type: 'contact', id: '1001' } as const;

/** More actions than fit on a page. */
const pairs = 30;

beforeAll(async () => {
  const { admin, visit } = stage.world();
  await admin.connect();
  await admin.grant({ ben: presets.full });
  for (let pair = 0; pair < pairs; pair += 1) {
    await admin.link(nora, 'Harbour Lights Pty Ltd');
    await admin.unlink(nora);
  }
  const { contactId } = await admin.link(nora, 'Harbour Lights Pty Ltd');
  const session = await visit({ userId: 'ben', recordType: 'contact', recordId: '1001' });
  const { today } = (await session.call(getChoicesRoute)).organisation;
  const body = newDocument(contactId, { date: today, dueDate: today });
  expect((await sendDocument(session, { path: '/api/invoices', key: 'activity', body })).status).toBe(201);
});

async function openActivity() {
  const opened = await stage.open('/setup/apps/xero', { user: adminId });
  await press(opened.widget.getByRole('button', { name: 'Show activity' }));
  const rows = opened.widget.locator('.activity-entry');
  await rows.first().waitFor();
  return { ...opened, rows };
}

describe('activity in the settings', () => {
  test('when an admin opens it, then the newest action is first, with a link to its document in Xero', async () => {
    const { page, rows, screenshot } = await openActivity();
    expect(await rows.count()).toBe(50);
    expect(await readText(rows.first())).toMatch(/Ben Carter.*Added an invoice.*Invoice INV-\d+/s);
    await screenshot('settings-activity');
    const [inXero] = await Promise.all([
      page.context().waitForEvent('page'),
      press(rows.first().getByRole('link', { name: /^Invoice INV-/ })),
    ]);
    expect(inXero.url()).toMatch(/\/app\/!.+\/invoicing\/view\//);
    await inXero.close();
  });

  test('when older ones are loaded, then they follow without duplicates', async () => {
    const { widget, rows } = await openActivity();
    await press(widget.getByRole('button', { name: 'Show older' }));
    await eventually(async () => expect(await rows.count()).toBeGreaterThan(2 * pairs));
    expect(await widget.getByRole('button', { name: 'Show older' }).count()).toBe(0);
    const times = await rows
      .locator('time')
      .evaluateAll((all) => all.map((time) => time.getAttribute('datetime') ?? ''));
    expect(times).toEqual(times.toSorted().reverse());
  });

  test('filters by person and action, and says when the list is empty', async () => {
    const { widget, rows } = await openActivity();
    await widget.getByRole('combobox', { name: 'Person', exact: true }).selectOption({ label: 'Ben Carter' });
    await eventually(async () => expect(await rows.count()).toBe(1));
    await widget.getByRole('combobox', { name: 'Action' }).selectOption({ label: 'Voided' });
    await widget.getByText('No activity matches these filters.').waitFor();
    expect(await rows.count()).toBe(0);
  });

  test('when the ids are opened, then the request ID can be copied', async () => {
    const { rows } = await openActivity();
    await press(rows.first().getByText('Details'));
    expect(await readText(rows.first())).toMatch(/Outcome created.*Request ID [0-9a-f-]{36}.*Copy request ID/s);
  });

  test('when it is exported, then the file has every action', async () => {
    const { page, widget } = await openActivity();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      press(widget.getByRole('button', { name: 'Export CSV' })),
    ]);
    expect(download.suggestedFilename()).toMatch(/^ledgerside-activity-\d{4}-\d\d-\d\d\.csv$/);
    const csv = await readFile(await download.path(), 'utf8');
    expect(csv.startsWith('\uFEFFTime (UTC),Person')).toBe(true);
    expect(csv.trimEnd().split('\r\n').length).toBeGreaterThan(2 * pairs);
  });

  test('when the list cannot be loaded, then Retry loads it', async () => {
    const { page, widget, expectProblems } = await stage.open('/setup/apps/xero', { user: adminId });
    expectProblems(/status of 503/);
    await page.route(/\/api\/audit/, (route) => route.fulfill({ status: 503, body: '' }));
    await press(widget.getByRole('button', { name: 'Show activity' }));
    await widget.getByText('Error fetching details, click Retry').waitFor();
    await page.unroute(/\/api\/audit/);
    await press(widget.getByRole('button', { name: 'Retry' }));
    await widget.locator('.activity-entry').first().waitFor();
  });
});
