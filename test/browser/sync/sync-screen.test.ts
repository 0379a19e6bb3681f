import { beforeAll, describe, expect, test } from 'vitest';
import { setHostStage } from '#test/support/page/host-stage.ts';
import { press } from '#test/support/page/press.ts';
import { backendOf, gift, openWidget, putRecord, turnOnSync, waitForState } from '#test/support/people/sync-stage.ts';

const stage = setHostStage();
beforeAll(() => turnOnSync(stage));

describe('the screen of sync', () => {
  test('leads from a cause to its word in the mapping, and what waited for it goes', async () => {
    for (const id of ['m-1', 'm-2']) await putRecord(stage, `expenses/${id}`, 1, { ...gift, category: 'Books' });
    await waitForState(stage, 'problem', 'expenses/m-1', 'expenses/m-2');
    const { page, widget, problems, close } = await openWidget(stage, 'view="sync"');
    await press(widget.getByRole('tab', { name: 'Inbox' }));
    await press(widget.getByRole('button', { name: "Choose account: Choose an account for 'Books'." }));
    await widget.locator('input[name=accountCode]:focus').waitFor();
    await page.keyboard.type('429');
    await page.keyboard.press('Enter');
    await press(widget.getByRole('button', { name: 'Save' }));
    await waitForState(stage, 'synced', 'expenses/m-1', 'expenses/m-2');
    expect(problems()).toEqual([]);
    await close();
  });

  test('leaves many out after asking, and tells how that went', async () => {
    for (const id of ['b-1', 'b-2', 'b-3']) await putRecord(stage, `expenses/${id}`, 1, { ...gift, category: 'Toys' });
    await waitForState(stage, 'problem', 'expenses/b-1', 'expenses/b-2', 'expenses/b-3');
    const { widget, problems, close } = await openWidget(stage, 'view="sync"');
    await press(widget.getByRole('tab', { name: 'Inbox' }));
    await press(widget.getByRole('checkbox', { name: 'Select all on this page' }));
    await press(widget.getByRole('button', { name: 'Leave out', exact: true }));
    await widget.getByText(/^Leave out \d+\?$/).waitFor();
    await press(widget.getByRole('alertdialog').getByRole('button', { name: 'Leave out' }));
    await waitForState(stage, 'excluded', 'expenses/b-1', 'expenses/b-2', 'expenses/b-3');
    await widget.getByText('Done', { exact: true }).waitFor();
    await widget.getByText('Nothing needs attention.').waitFor();
    expect(problems()).toEqual([]);
    await close();
  });

  test('keeps rules that are changed until they are saved, and saves what was changed', async () => {
    const { widget, problems, close } = await openWidget(stage, 'view="sync"');
    await press(widget.getByRole('tab', { name: 'Rules' }));
    await press(widget.getByRole('checkbox', { name: 'Add a rounding line' }));
    await press(widget.getByRole('switch', { name: 'Send Payments to Xero' }));
    await press(widget.getByRole('button', { name: 'Save' }));
    await widget.getByText('Unsaved changes').waitFor({ state: 'detached' });
    const { body } = await backendOf(stage).send('GET', '/api/sync/rules');
    expect(body).toMatchObject({
      ...{ roundingLine: true, since: '2020-01-01' },
      kinds: expect.arrayContaining([
        expect.objectContaining({ kind: 'payments', out: expect.objectContaining({ on: false }) }),
      ]),
    });
    expect(problems()).toEqual([]);
    await close();
  });

  test('shows which bills would come from Xero, and saves which of them come', async () => {
    const { widget, problems, close } = await openWidget(stage, 'view="sync"');
    await press(widget.getByRole('tab', { name: 'Rules' }));
    await press(widget.getByRole('switch', { name: 'Bring bills from Xero' }));
    await press(widget.getByRole('checkbox', { name: 'Only unpaid bills' }));
    await press(widget.getByRole('button', { name: 'Save' }));
    await widget.getByText('Unsaved changes').waitFor({ state: 'detached' });
    const { body } = await backendOf(stage).send('GET', '/api/sync/rules');
    const back = { on: true, when: 'automatic', onlyApproved: true, onlyUnpaid: true };
    expect(body).toMatchObject({ kinds: expect.arrayContaining([{ kind: 'bills', out: null, back }]) });
    await press(widget.getByRole('button', { name: 'Check what would be brought' }));
    await widget.getByText('Bring from Xero').first().waitFor();
    await widget.getByText('dry run').first().waitFor();
    expect(problems()).toEqual([]);
    await close();
  });
});
