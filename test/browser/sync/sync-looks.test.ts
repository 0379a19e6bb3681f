import { beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from '#test/support/page/axe.ts';
import { setHostStage } from '#test/support/page/host-stage.ts';
import { press } from '#test/support/page/press.ts';
import { fuel, invoiceOf } from '#test/support/people/sync-desk.ts';
import { gift, openWidget, putRecord, turnOnSync, waitForState } from '#test/support/people/sync-stage.ts';

const stage = setHostStage();
// Ends transitions between themes, because colours in between are not part of a theme.
const still = { reducedMotion: 'reduce' } as const;

beforeAll(async () => {
  await turnOnSync(stage);
  await putRecord(stage, 'suppliers/q-0', 1, { name: 'Lakeside Vets Ltd' });
  await putRecord(stage, 'expenses/l-1', 1, { ...fuel, reference: 'L-1' });
  await putRecord(stage, 'expenses/l-2', 1, { ...gift, category: 'Parking' });
  await putRecord(stage, 'invoices/l-3', 1, invoiceOf('INV-L3', 'c-none'));
  await waitForState(stage, 'synced', 'suppliers/q-0', 'expenses/l-1');
  await putRecord(stage, 'suppliers/q-1', 1, { name: 'Lakeside Vets' });
  await waitForState(stage, 'question', 'suppliers/q-1');
  await waitForState(stage, 'problem', 'expenses/l-2');
});

describe('at 280, 400 and 860 px, light and dark, axe finds nothing', () => {
  test.each(['Overview', 'Inbox', 'Mapping', 'Rules', 'Runs', 'Reset'])('on %s', async (name) => {
    const { page, widget, problems, close } = await openWidget(stage, 'view="sync"', still);
    await press(widget.getByRole('tab', { name }));
    await widget.getByRole('tabpanel', { name }).locator('h2, li').first().waitFor();
    await expectAccessible(page);
    expect(problems()).toEqual([]);
    await close();
  });

  test('in the inbox with a question opened and every record chosen', async () => {
    const { page, widget, close } = await openWidget(stage, 'view="sync"', still);
    await press(widget.getByRole('tab', { name: 'Inbox' }));
    await press(widget.getByRole('button', { name: 'Lakeside Vets', exact: true }));
    await press(widget.getByRole('checkbox', { name: 'Select all on this page' }));
    await widget.getByRole('button', { name: 'Dry run', exact: true }).waitFor();
    await expectAccessible(page);
    await close();
  });

  test('in a reset that asks for the name of the organisation', async () => {
    const { page, widget, close } = await openWidget(stage, 'view="sync"', still);
    await press(widget.getByRole('tab', { name: 'Reset' }));
    await press(widget.getByRole('button', { name: 'Check what would be forgotten' }));
    await widget.getByLabel('Type Demo Company (AU) to confirm').waitFor();
    await expectAccessible(page);
    await close();
  });

  test.each([
    ['in Xero', 'expense', 'l-1', 'Bill · in Xero'],
    ['with a problem', 'expense', 'l-2', 'Not in Xero'],
    ['that waits', 'invoice', 'l-3', 'Waiting'],
    ['with a question', 'supplier', 'q-1', 'Needs an answer'],
  ])('on the card of a record %s', async (_, type, id, shows) => {
    const { page, widget, close } = await openWidget(stage, `record-type="${type}" record-id="${id}"`, still);
    await widget.getByText(shows).first().waitFor();
    await expectAccessible(page);
    await close();
  });
});

describe('when colours are forced', () => {
  test('then a switch, the chosen tab and the bar of days can be told by their borders', async () => {
    const { widget, close } = await openWidget(stage, 'view="sync"', { ...still, forcedColors: 'active' });
    const card = widget.getByRole('listitem').filter({ hasText: 'Expenses' }).first();
    await card.getByRole('switch').waitFor();
    const read = (selector: string, property: string, pseudo?: string) =>
      card
        .locator(selector)
        .first()
        .evaluate((element, [name, part]) => getComputedStyle(element, part)[name as never], [
          property,
          pseudo,
        ] as const);
    const ground = await widget.locator('html').evaluate((html) => getComputedStyle(html).backgroundColor);
    expect(await read('[role=switch]', 'backgroundColor', '::before')).not.toBe(ground);
    expect(await read('figure i', 'backgroundImage')).toContain('gradient');
    const tabs = widget.getByRole('tab');
    const lineOf = (name: string) =>
      tabs.filter({ hasText: name }).evaluate((tab) => getComputedStyle(tab).borderBottomColor);
    expect(await lineOf('Overview')).not.toBe(await lineOf('Rules'));
    await close();
  });
});
