import { beforeAll, describe, expect, test } from 'vitest';
import { setHostStage } from '#test/support/page/host-stage.ts';
import { press } from '#test/support/page/press.ts';
import { readText } from '#test/support/page/screen.ts';
import { fuel } from '#test/support/people/sync-desk.ts';
import { backendOf, openWidget, putRecord, turnOnSync, waitForState } from '#test/support/people/sync-stage.ts';

const stage = setHostStage();
const made = 31;
/** Real time: sync takes at most 30 calls of a minute, so that a run may wait for the next one. */
const patience = { timeout: 90_000 };

beforeAll(async () => {
  await turnOnSync(stage);
  await putRecord(stage, 'suppliers/near', 1, { name: 'Dry Run Timber Pty Ltd' });
  await waitForState(stage, 'synced', 'suppliers/near');
  await backendOf(stage).send('PUT', '/api/sync/rules', { kinds: [{ kind: 'expenses', out: { new: 'by_hand' } }] });
  const of = (crmId: string, more: object = {}) => ({
    ...{ kind: 'expenses', crmId, version: 1 },
    data: { ...fuel, reference: crmId, description: `Trip ${crmId}`, ...more },
  });
  const records = [
    ...Array.from({ length: made }, (_, at) => of(`d-${at}`)),
    ...['n-1', 'n-2', 'n-3'].map((id) => of(id, { supplier: { name: 'Dry Run Timber' } })),
    ...['g-1', 'g-2'].map((id) => of(id, { category: 'Client gifts' })),
  ];
  await backendOf(stage).send('POST', '/api/records/batch', { records });
});

async function countInXero(): Promise<number> {
  const path = '/api/records?kind=expenses&state=synced';
  return (await backendOf(stage).send<{ total: number }>('GET', path)).body.total;
}

describe('past expenses', () => {
  test('are planned by a dry run, sent, and undone', async () => {
    const { widget, problems, close } = await openWidget(stage, 'view="sync"');
    await press(widget.getByRole('tab', { name: 'Inbox' }));
    await press(widget.getByRole('checkbox', { name: 'Select all on this page' }));
    await press(widget.getByRole('button', { name: 'Dry run', exact: true }));
    const plan = widget.getByRole('region', { name: 'Dry run: nothing was sent' });
    await plan.waitFor(patience);
    expect(await readText(plan)).toContain(`${made} to add, 3 to answer, 2 refused`);
    expect(await countInXero()).toBe(0);
    await press(plan.getByRole('button', { name: 'Close' }));
    await press(widget.getByRole('button', { name: 'Sync to Xero', exact: true }));
    const sent = widget.getByRole('region', { name: 'Done', exact: true });
    await sent.waitFor(patience);
    expect(await readText(sent)).toContain(`${made} added, 3 to answer, 2 refused`);
    expect(await countInXero()).toBe(made);
    await press(sent.getByRole('button', { name: 'Close' }));

    await press(widget.getByRole('tab', { name: 'Runs' }));
    const run = widget.getByRole('listitem').filter({ hasText: `${made} added` });
    await press(run.getByRole('button', { name: 'Undo' }).first());
    await run.getByText(/^Undo 31 of \d+\?$/).waitFor(patience);
    await press(run.getByRole('alertdialog').getByRole('button', { name: 'Undo', exact: true }));
    await run.getByRole('region', { name: 'Done', exact: true }).waitFor(patience);
    expect(await readText(run)).toContain(`${made} removed`);
    await waitForState(stage, 'excluded', 'expenses/d-0', `expenses/d-${made - 1}`);
    expect(problems()).toEqual([]);
    await close();
  });
});

describe('a dry run of several kinds', () => {
  test('is one panel with sums; its question is answered ahead, its records are in the inbox', async () => {
    await backendOf(stage).send('PUT', '/api/sync/rules', { kinds: [{ kind: 'items', out: { new: 'by_hand' } }] });
    await putRecord(stage, 'items/p-1', 1, { code: 'P-1', name: 'Pump Dry', sales: { unitAmount: '5.00' } });
    const near = { ...fuel, reference: 'p-2', description: 'Dry planks', supplier: { name: 'Dry Run Timber' } };
    await putRecord(stage, 'expenses/p-2', 1, near);
    await waitForState(stage, 'changed', 'items/p-1', 'expenses/p-2');
    const { widget, problems, close } = await openWidget(stage, 'view="sync"');
    await press(widget.getByRole('tab', { name: 'Inbox' }));
    await widget.getByLabel('State', { exact: true }).selectOption({ label: 'Changed since last sync' });
    await widget.getByRole('status').filter({ hasText: '2 found' }).waitFor({ state: 'attached' });
    await press(widget.getByRole('checkbox', { name: 'Select all on this page' }));
    await press(widget.getByRole('button', { name: 'Dry run', exact: true }));
    const plan = widget.getByRole('region', { name: 'Dry run: nothing was sent' });
    await plan.waitFor(patience);
    expect(await readText(plan)).toContain('1 to add, 1 to answer');

    await press(widget.getByRole('tab', { name: 'Runs' }));
    const card = widget.getByRole('listitem').filter({ hasText: 'Sync to Xero · 2 kinds · dry run' });
    expect(await readText(card)).toMatch(
      /1 to add, 1 to answer.*Expenses.*1 to answer.*Items.*1 to add|Items.*Expenses/s,
    );
    await press(card.getByRole('button', { name: /^Show records: Expenses/ }));
    await press(card.getByRole('button', { name: /^Answer now: Dry planks/ }));
    await press(card.getByRole('button', { name: /^Choose: Use Dry Run Timber Pty Ltd/ }));
    await card.getByText(/^Answered: Use Dry Run Timber Pty Ltd\./).waitFor(patience);
    await press(card.getByRole('button', { name: /^Show in Inbox: Dry planks/ }));
    const row = widget.getByRole('region', { name: 'Records', exact: true }).getByRole('listitem');
    await row.filter({ hasText: 'Dry planks' }).waitFor(patience);
    await backendOf(stage).send('POST', '/api/records/sync', { kind: 'expenses', crmIds: ['p-2'] });
    await waitForState(stage, 'synced', 'expenses/p-2');
    expect(problems()).toEqual([]);
    await close();
  });
});
