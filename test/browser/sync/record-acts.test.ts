import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { setHostStage } from '#test/support/page/host-stage.ts';
import { press } from '#test/support/page/press.ts';
import { readOverflow, readWidget } from '#test/support/page/screen.ts';
import { fuel } from '#test/support/people/sync-desk.ts';
import { backendOf, gift, openWidget, putRecord, turnOnSync, waitForState } from '#test/support/people/sync-stage.ts';

const stage = setHostStage();
beforeAll(() => turnOnSync(stage));
// A new process has all of sync's 30 calls of the minute.
beforeEach(() => stage.world().restartProduct());

function open(type: string, id: string) {
  return openWidget(stage, `record-type="${type}" record-id="${id}"`);
}

describe('the card of a record', () => {
  test('tells the problem, its field and its fix, and the record goes once that is done', async () => {
    await putRecord(stage, 'expenses/p-1', 1, gift);
    const { widget, page, problems, close } = await open('expense', 'p-1');
    await widget.getByText('Not in Xero').waitFor();
    const text = await readWidget(widget);
    for (const part of [
      "Choose an account for 'Client gifts'",
      'Category: Client gifts',
      'under Mapping',
      'Next try',
    ]) {
      expect(text).toContain(part);
    }
    await widget.getByRole('button', { name: 'Retry' }).waitFor();
    for (const width of [250, 280, 400, 860]) expect(await readOverflow(page, width)).toBe(0);
    const categories = [{ key: 'Client gifts', accountCode: '429' }];
    await backendOf(stage).send('PUT', '/api/sync/mapping', { categories });
    await waitForState(stage, 'synced', 'expenses/p-1');
    await widget.getByText('Bill · in Xero').waitFor();
    await widget.getByRole('button', { name: 'Re-sync to Xero' }).waitFor();
    expect(problems()).toEqual([]);
    await close();
  });

  test('is left out and included again, and the heading has the focus after each', async () => {
    await putRecord(stage, 'expenses/o-1', 1, { ...fuel, reference: 'O-1' });
    await waitForState(stage, 'synced', 'expenses/o-1');
    const { widget, problems, close } = await open('expense', 'o-1');
    await widget.getByText('Bill · in Xero').waitFor();
    await press(widget.getByRole('button', { name: 'More actions' }));
    await press(widget.getByRole('menuitem', { name: 'Leave out' }));
    await widget.getByText('left it out').waitFor();
    await widget.locator('h1:focus').waitFor();
    await press(widget.getByRole('button', { name: 'Include' }));
    await widget.getByText('Bill · in Xero').waitFor();
    expect(problems()).toEqual([]);
    await close();
  });

  test('shows the choices of a question with their effects, and sends the one that is chosen', async () => {
    await putRecord(stage, 'suppliers/q-0', 1, { name: 'Lakeside Vets Ltd' });
    await waitForState(stage, 'synced', 'suppliers/q-0');
    await putRecord(stage, 'suppliers/q-1', 1, { name: 'Lakeside Vets' });
    const { widget, problems, close } = await open('supplier', 'q-1');
    await widget.getByText('Needs an answer').waitFor();
    const choices = widget.getByRole('region', { name: 'Choose one' });
    await press(choices.getByRole('button', { name: /Choose:.*Lakeside Vets Ltd/ }));
    await widget.getByText('Contact · in Xero').waitFor();
    expect(await choices.count()).toBe(0);
    expect(problems()).toEqual([]);
    await close();
  });
});
