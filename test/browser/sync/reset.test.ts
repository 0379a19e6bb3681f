import { beforeAll, expect, test } from 'vitest';
import { setHostStage } from '#test/support/page/host-stage.ts';
import { press } from '#test/support/page/press.ts';
import { fuel } from '#test/support/people/sync-desk.ts';
import { openWidget, putRecord, turnOnSync, waitForState } from '#test/support/people/sync-stage.ts';

const stage = setHostStage();
beforeAll(async () => {
  await turnOnSync(stage);
  await putRecord(stage, 'expenses/r-1', 1, { ...fuel, reference: 'R-1' });
  await putRecord(stage, 'expenses/r-2', 1, { ...fuel, reference: 'R-2', description: 'Tolls' });
  await waitForState(stage, 'synced', 'expenses/r-1', 'expenses/r-2');
});

test('a reset is planned, and confirmed by the organisation’s name with keys alone', async () => {
  const { page, widget, problems, close } = await openWidget(stage, 'view="sync"');
  await press(widget.getByRole('tab', { name: 'Reset' }));
  await press(widget.getByRole('button', { name: 'Check what would be forgotten' }));
  await widget.getByText('Forget 2 records?').waitFor();
  await widget.getByText('Expense R-1 stays in Xero, but is forgotten here.').waitFor();
  const name = widget.getByLabel('Type Demo Company (AU) to confirm');
  await name.focus();
  await page.keyboard.type('Demo Company');
  await page.keyboard.press('Enter');
  await page.keyboard.type(' (AU)');
  await page.keyboard.press('Enter');
  await widget.getByRole('region', { name: 'Done', exact: true }).getByText('2 forgotten').waitFor();
  await waitForState(stage, 'excluded', 'expenses/r-1', 'expenses/r-2');
  await press(widget.getByRole('tab', { name: 'Runs' }));
  await widget.getByText('Reset', { exact: true }).last().waitFor();
  expect(problems()).toEqual([]);
  await close();
});
