import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { setHostStage } from '#test/support/page/host-stage.ts';
import { press } from '#test/support/page/press.ts';
import { eventually, readText } from '#test/support/page/screen.ts';
import { gift, openWidget, putRecord, turnOnSync, waitForState } from '#test/support/people/sync-stage.ts';
import { recordFixture } from '#widget/ui/records/record.fixture.ts';

const stage = setHostStage();
beforeAll(() => turnOnSync(stage));

async function openInbox() {
  const opened = await openWidget(stage, 'view="sync"');
  await press(opened.widget.getByRole('tab', { name: 'Inbox' }));
  const records = opened.widget.getByRole('region', { name: 'Records', exact: true });
  return { ...opened, records, rows: records.getByRole('listitem') };
}

describe('the inbox', () => {
  test('shows the records of one cause, and those of another beside it are left alone', async () => {
    for (const [id, category] of [
      ['c-1', 'Client gifts'],
      ['c-2', 'Client gifts'],
      ['c-3', 'Parking'],
    ] as const)
      await putRecord(stage, `expenses/${id}`, 1, { ...gift, category, description: `Receipt ${id}` });
    await waitForState(stage, 'problem', 'expenses/c-1', 'expenses/c-2', 'expenses/c-3');
    const { widget, rows, problems, close } = await openInbox();
    await press(widget.getByRole('button', { name: "Show the records: Choose an account for 'Client gifts'." }));
    await widget.getByText("Only: Choose an account for 'Client gifts'.").waitFor();
    await eventually(async () => expect(await rows.count()).toBe(2));
    expect(await readText(rows.first())).toContain('Client gifts');
    await press(widget.getByRole('button', { name: 'Show all reasons' }));
    await eventually(async () => expect(await rows.count()).toBe(3));
    expect(problems()).toEqual([]);
    await close();
  });

  test('is exported with every record that is found, and no name becomes a formula', async () => {
    await putRecord(stage, 'expenses/x-1', 1, { ...gift, category: 'Formulas', description: '=HYPERLINK("x")' });
    await waitForState(stage, 'problem', 'expenses/x-1');
    const { page, widget, close } = await openInbox();
    await widget.getByRole('searchbox').fill('hyperlink');
    await widget.getByRole('status').filter({ hasText: '1 found' }).waitFor({ state: 'attached' });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      press(widget.getByRole('button', { name: 'Export CSV' })),
    ]);
    expect(download.suggestedFilename()).toMatch(/^ledgerside-inbox-\d{4}-\d\d-\d\d\.csv$/);
    const [head, ...lines] = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
    expect(head).toMatch(/^\uFEFFKind,CRM ID,Name,/);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`Expense,x-1,"'=HYPERLINK(""x"")`);
    await close();
  });

  test('by keys alone a question is answered and a record left out, and the focus stays in the list', async () => {
    await putRecord(stage, 'suppliers/k-0', 1, { name: 'Kestrel Timber Ltd' });
    await waitForState(stage, 'synced', 'suppliers/k-0');
    await putRecord(stage, 'expenses/k-2', 1, { ...gift, category: 'Kites', description: 'Kite' });
    await waitForState(stage, 'problem', 'expenses/k-2');
    await putRecord(stage, 'suppliers/k-1', 1, { name: 'Kestrel Timber' });
    await waitForState(stage, 'question', 'suppliers/k-1');
    const { page, widget, problems, close } = await openWidget(stage, 'view="sync"');
    await widget.getByRole('tab', { name: 'Inbox' }).waitFor();
    const focused = widget.locator(':focus');
    const tabTo = async (words: RegExp | string) => {
      const target = focused.and(
        widget.getByRole('button', { name: words }).or(widget.getByRole('tab', { name: words })),
      );
      for (let presses = 0; presses < 40 && (await target.count()) === 0; presses += 1)
        await page.keyboard.press('Tab');
      expect(await target.count()).toBe(1);
    };
    await tabTo('Overview');
    await page.keyboard.press('ArrowRight');
    await widget.getByRole('region', { name: 'Records', exact: true }).waitFor();
    for (
      let presses = 0;
      presses < 60 && (await widget.getByRole('searchbox').and(focused).count()) === 0;
      presses += 1
    )
      await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await focused.and(widget.getByRole('button', { name: 'Kestrel Timber', exact: true })).waitFor();
    await page.keyboard.press('Enter');
    await tabTo(/^Choose:.*Kestrel Timber Ltd/);
    await page.keyboard.press('Enter');
    await waitForState(stage, 'synced', 'suppliers/k-1');
    await focused.and(widget.getByRole('button', { name: /Kite/ })).waitFor();
    await page.keyboard.press('Enter');
    await tabTo(/^Leave out: Kite/);
    await page.keyboard.press('Enter');
    await waitForState(stage, 'excluded', 'expenses/k-2');
    await eventually(async () => expect(await widget.getByRole('button', { name: /Kite/ }).count()).toBe(0));
    await eventually(async () => expect(await focused.count()).toBe(1));
    expect(problems()).toEqual([]);
    await close();
  });
});

/** Answers the frame's lists in place of the server, as handing so many records over takes minutes. */
async function answerLists(page: Page, count: number): Promise<void> {
  const all = Array.from({ length: count }, (_, at) =>
    recordFixture({
      kind: 'items',
      crmId: `W-${at}`,
      title: `Widget ${at}`,
      state: 'changed',
      date: null,
      amount: null,
    }),
  );
  await page.route(/\/api\/records\?/, (route) => {
    const { searchParams } = new URL(route.request().url());
    const [from, limit] = [Number(searchParams.get('cursor') ?? 0), Number(searchParams.get('limit'))];
    const records = all.slice(from, from + limit);
    const cursor = String(from + limit);
    return route.fulfill({ json: { records, cursor, hasMore: from + limit < count, total: count } });
  });
}

describe('5,000 records', () => {
  test('are shown by the page, chosen at once, walked by keys, and exported whole', async () => {
    const { page, widget, problems, close } = await openWidget(stage, 'view="sync"');
    await answerLists(page, 5_000);
    await press(widget.getByRole('tab', { name: 'Inbox' }));
    const rows = widget.getByRole('region', { name: 'Records', exact: true }).getByRole('listitem');
    await widget.getByText('1–50 of 5,000').waitFor();
    expect(await rows.count()).toBe(50);
    await press(widget.getByRole('button', { name: 'Next' }));
    await widget.getByText('51–100 of 5,000').waitFor();
    await rows.first().getByRole('button').first().focus();
    await page.keyboard.press('End');
    expect(await rows.last().locator(':focus').count()).toBe(1);
    await press(widget.getByRole('checkbox', { name: 'Select all on this page' }));
    await press(widget.getByRole('button', { name: 'Select all 5,000' }));
    await press(widget.getByRole('button', { name: 'Leave out', exact: true }));
    await widget.getByText('Leave out 5,000?').waitFor();
    await page.keyboard.press('Escape');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      press(widget.getByRole('button', { name: 'Export CSV' })),
    ]);
    expect((await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n')).toHaveLength(5_001);
    expect(problems()).toEqual([]);
    await close();
  });
});
