import { expect, test } from 'vitest';
import { setHostStage } from '#test/support/page/host-stage.ts';
import { eventually, readEvents, readWidget } from '#test/support/page/screen.ts';
import { buildCrmBackend } from '#test/support/people/crm-backend.ts';

const stage = setHostStage();

function put(path: string, version: number, data: object) {
  const { origin, workspace } = stage.world().product();
  const crm = buildCrmBackend({ origin, workspace, clock: { now: () => new Date() } });
  return crm.send('PUT', `/api/records/${path}`, { version, data });
}

function show(attributes: string) {
  const { origin, workspace } = stage.world().product();
  const element = `<ledgerside-widget server="${origin}" workspace="${workspace.id}" ${attributes} token-url="/token">`;
  return stage.visit({ body: `<script src="${origin}/embed.js"></script>${element}</ledgerside-widget>` });
}

const fuel = { description: 'Fuel', amount: '86.40', currency: 'AUD', date: '2026-11-28' };

test('the card of an expense shows where it stands, and follows a newer version by itself', async () => {
  await put('expenses/e-1', 1, fuel);
  const { page, widget, problems, close } = await show('record-type="expense" record-id="e-1"');
  await widget.getByRole('heading', { level: 1, name: 'Fuel' }).waitFor();
  const text = await readWidget(widget);
  for (const part of ['AUD 86.40', 'Left out', 'not turned on sending', 'History', 'Received from the CRM']) {
    expect(text).toContain(part);
  }
  expect((await readEvents(page)).map(({ type }) => type)).toEqual(['ready']);
  await put('expenses/e-1', 2, { ...fuel, description: 'Diesel' });
  await widget.getByRole('heading', { level: 1, name: 'Diesel' }).waitFor();
  expect(problems()).toEqual([]);
  await close();
});

test('the quick view of an expense is one line', async () => {
  await put('expenses/e-quick', 1, fuel);
  const { widget, close } = await show('record-type="expense" record-id="e-quick" view="quick"');
  await widget.getByText('Left out').waitFor();
  expect(await readWidget(widget)).toBe('Left out');
  await close();
});

test('a record that the CRM sends a moment later appears by itself', async () => {
  const { widget, problems, close } = await show('record-type="invoice" record-id="i-late"');
  await widget.getByRole('heading', { name: 'Not received from the CRM yet' }).waitFor();
  await put('invoices/i-late', 1, { number: 'INV-7' });
  await widget.getByRole('heading', { level: 1, name: 'INV-7' }).waitFor();
  expect(problems().every((problem) => problem.includes('404'))).toBe(true);
  await close();
});

test('the overview of sync opens for an admin, and a type that nobody knows shows no record', async () => {
  const overview = await show('view="sync"');
  await overview.widget.getByRole('heading', { level: 1, name: 'Sync with Xero' }).waitFor();
  expect(overview.problems()).toEqual([]);
  await overview.close();
  const unknown = await show('record-type="lead" record-id="1001"');
  await eventually(async () => expect((await readEvents(unknown.page)).at(-1)?.type).toBe('error'));
  expect(await readWidget(unknown.widget)).not.toContain('Harbour');
  await unknown.close();
});
