import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { setHostStage } from '#test/support/page/host-stage.ts';
import { press } from '#test/support/page/press.ts';
import { readText, readWidget } from '#test/support/page/screen.ts';
import { adminId } from '#test/support/people/admin.ts';
import { fuel } from '#test/support/people/sync-desk.ts';
import { gift, openWidget, putRecord, turnOnSync, waitForState } from '#test/support/people/sync-stage.ts';

const stage = setHostStage();

beforeAll(async () => {
  await turnOnSync(stage);
  await stage.world().admin.grant({
    ben: ['view', 'viewBills', 'bills'],
    priya: ['view', 'viewBills'],
    tom: ['view', 'invoices'],
  });
  await putRecord(stage, 'suppliers/q-0', 1, { name: 'Lakeside Vets Ltd' });
  await putRecord(stage, 'expenses/r-1', 1, { ...gift, category: 'Parking' });
  await putRecord(stage, 'expenses/r-2', 1, { ...fuel, reference: 'R-2' });
  await waitForState(stage, 'synced', 'suppliers/q-0', 'expenses/r-2');
  await waitForState(stage, 'problem', 'expenses/r-1');
  await putRecord(stage, 'suppliers/q-1', 1, { name: 'Lakeside Vets' });
  await waitForState(stage, 'question', 'suppliers/q-1');
});
beforeEach(() => stage.host().signIn(adminId));

function openAs(userId: string, attributes: string) {
  stage.host().signIn(userId);
  return openWidget(stage, attributes);
}

describe('a person who is not an admin', () => {
  test('may send again and retry, but not leave out', async () => {
    const { widget, problems, close } = await openAs('ben', 'record-type="expense" record-id="r-1"');
    await widget.getByRole('button', { name: 'Retry' }).waitFor();
    expect(await readWidget(widget)).toContain('An admin chooses the account on the sync page');
    await press(widget.getByRole('button', { name: 'More actions' }));
    expect(await widget.getByRole('menuitem').allInnerTexts()).toEqual(['Refresh']);
    expect(problems()).toEqual([]);
    await close();
  });

  test('may answer a question that waits for a user', async () => {
    const { widget, close } = await openAs('ben', 'record-type="supplier" record-id="q-1"');
    await press(widget.getByRole('button', { name: 'Choose: Add Lakeside Vets', exact: true }));
    // Real time: sync takes at most 30 calls of a minute, so that the contact may wait for the next one.
    await widget.getByText('Contact · in Xero').waitFor({ timeout: 90_000 });
    await close();
  });

  test('without the right to add bills sees all of it, no button, and which right is missing', async () => {
    const { widget, problems, close } = await openAs('priya', 'record-type="expense" record-id="r-1"');
    await widget.getByText('Not in Xero').waitFor();
    expect(await readWidget(widget)).toContain('To act on it, you need the right “Add bills”.');
    expect(await widget.getByRole('button').allInnerTexts()).toEqual(['']);
    expect(problems()).toEqual([]);
    await close();
  });

  test('who may see figures, but no bills, reads what is missing beside an expense', async () => {
    const { widget, problems, close } = await openAs('tom', 'record-type="expense" record-id="r-2"');
    await widget.getByRole('heading', { name: 'No access to this record in Xero' }).waitFor();
    const text = await readWidget(widget);
    expect(text).toContain('you need the right “See bills”.');
    expect(text).not.toMatch(/Caltex|86\.40|No access to Xero figures/);
    expect(problems()).toEqual([]);
    await close();
  });

  test.each([
    ['view="sync"', 'Sync is for admins'],
    ['view="settings"', 'Settings are for admins'],
  ])('reads of %s who may open it', async (attributes, title) => {
    const { widget, problems, close } = await openAs('ben', attributes);
    await widget.getByRole('heading', { name: title }).waitFor();
    expect(await widget.getByRole('tab').count()).toBe(0);
    expect(problems()).toEqual([]);
    await close();
  });
});

describe('without a network', () => {
  test('the card says so, keeps what it knows, and goes on by itself', async () => {
    const { page, widget, expectProblems, close } = await openAs('ben', 'record-type="expense" record-id="r-2"');
    expectProblems(/ERR_INTERNET_DISCONNECTED/);
    await widget.getByText('Bill · in Xero').waitFor();
    await page.context().setOffline(true);
    const note = widget.getByRole('region', { name: 'You are offline' });
    await note.waitFor();
    expect(await readWidget(widget)).toContain('Bill · in Xero');
    await page.context().setOffline(false);
    await note.waitFor({ state: 'detached' });
    await close();
  });

  test('the screen of sync keeps its counts, says so, and loads again by itself', async () => {
    const { page, widget, expectProblems, close } = await openWidget(stage, 'view="sync"');
    expectProblems(/ERR_INTERNET_DISCONNECTED/);
    const counts = widget.getByRole('list', { name: 'Expenses by state' });
    await counts.waitFor();
    const before = await readText(counts);
    await page.context().setOffline(true);
    await press(widget.getByRole('tab', { name: 'Rules' }));
    const note = widget.getByRole('region', { name: 'You are offline' });
    await note.first().waitFor();
    await press(widget.getByRole('tab', { name: 'Overview' }));
    expect(await readText(counts)).toBe(before);
    await page.context().setOffline(false);
    await press(widget.getByRole('tab', { name: 'Rules' }));
    await widget.getByRole('switch', { name: 'Send Expenses to Xero' }).last().waitFor();
    expect(await note.count()).toBe(0);
    await close();
  });
});
