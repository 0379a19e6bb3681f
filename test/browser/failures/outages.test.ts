import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestPage } from '#test/support/page/browser.ts';
import { press } from '#test/support/page/press.ts';
import { eventually, isDimmed, readFigure, readText } from '#test/support/page/screen.ts';
import { type Stage, setStage } from '#test/support/page/stage.ts';
import { presets } from '#test/support/people/admin.ts';
import { startPostgres, type TestPostgres } from '#test/support/programs/postgres.ts';
import { waitUntil } from '#test/support/wait-until.ts';

const failed = 'Error fetching details, click Retry';
const outstanding = '3 AUD 12,480.00';

async function prepare({ world }: Stage): Promise<void> {
  const { admin } = world();
  await admin.connect();
  await admin.grant({ ben: presets.full });
  await admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
}

function seesFigures(widget: FrameLocator) {
  return eventually(async () => expect(await readFigure(widget, 'outstanding')).toBe(outstanding));
}

async function openFigures(stage: Stage): Promise<TestPage> {
  const opened = await stage.open('/contacts/1001');
  await seesFigures(opened.widget);
  return opened;
}

function refresh(widget: FrameLocator) {
  return press(widget.getByRole('button', { name: 'Refresh' }));
}

describe('the database is full', () => {
  const stage = setStage({ hasMovingClock: true });
  beforeAll(() => prepare(stage));

  test('a full storage is told, open sessions keep working, and Retry works with room', async () => {
    const { widget } = await openFigures(stage);
    const { setRoom } = stage.world().product();
    await setRoom(false);
    await waitUntil(isFull, 'the storage to be full');
    await refresh(widget);
    await seesFigures(widget);
    expect(await widget.getByRole('region', { name: failed }).count()).toBe(0);

    const late = await stage.open('/contacts/1001');
    late.expectProblems(/507/);
    const note = late.widget.getByRole('region', { name: failed });
    await note.waitFor();
    expect(await readText(note)).toContain('Ledgerside’s storage is full, so nothing was saved');
    await late.screenshot('outage-storage-full');
    await setRoom(true);
    await press(note.getByRole('button', { name: 'Retry' }));
    await seesFigures(late.widget);
  });

  /** Sessions still fit into existing pages of the database until those are full. */
  async function isFull(): Promise<boolean> {
    const request = { userId: 'ben', recordType: 'contact', recordId: '1001' };
    return stage
      .world()
      .visit(request)
      .then(
        () => false,
        (error: Error) => error.message.includes('storage_full'),
      );
  }
});

describe('Postgres', () => {
  let postgres: TestPostgres;
  const options: { databaseUrl?: string } = {};
  beforeAll(async () => {
    postgres = await startPostgres();
    options.databaseUrl = await postgres.createDatabase();
  });
  afterAll(() => postgres.remove());

  describe('is away', () => {
    const stage = setStage(options);
    beforeAll(() => prepare(stage));

    test('on a refresh the figures stay, dated, until Postgres is back', async () => {
      const { widget, page, expectProblems, screenshot } = await openFigures(stage);
      expectProblems(/503/);
      await page.clock.install();
      await postgres.kill();
      await refresh(widget);
      const note = widget.getByRole('region', { name: failed });
      await note.waitFor();
      expect(await readText(note)).toContain('Ledgerside could not be reached.');
      expect(await readText(note)).toMatch(/Figures are from .*\d{1,2}:\d\d/);
      expect(await isDimmed(widget)).toBe(true);
      await screenshot('outage-postgres');
      await postgres.start();
      await page.clock.fastForward(31_000);
      await note.waitFor({ state: 'detached' });
      expect(await readFigure(widget, 'outstanding')).toBe(outstanding);
      expect(await isDimmed(widget)).toBe(false);
    });
  });
});

describe('Xero is away', () => {
  const stage = setStage();
  beforeAll(() => prepare(stage));

  test('when Xero is back, then the widget refreshes automatically', async () => {
    const { widget, page } = await openFigures(stage);
    await page.clock.install();
    await stage.world().xero.control.fault({ kind: 'status', status: 503, times: Number.POSITIVE_INFINITY });
    await refresh(widget);
    const note = widget.getByRole('region', { name: failed });
    await note.waitFor();
    expect(await readFigure(widget, 'outstanding')).toBe(outstanding);
    await stage.world().xero.control.clearFaults();
    await page.clock.fastForward(31_000);
    await note.waitFor({ state: 'detached' });
    expect(await isDimmed(widget)).toBe(false);
  });
});

describe('the day’s calls are spent', () => {
  const stage = setStage({ env: { XERO_DAILY_CALLS: '30' } });
  beforeAll(() => prepare(stage));

  test('when none are left, then it says until when, the figures stay, and Xero is not asked', async () => {
    const { widget, screenshot } = await openFigures(stage);
    const note = widget.getByRole('region', { name: 'Today’s calls to Xero are used up' });
    await eventually(async () => {
      await refresh(widget);
      expect(await note.count()).toBe(1);
    });
    // Shortly before midnight in UTC, when the day ends, a countdown is shown instead.
    expect(await readText(note)).toMatch(/automatically (at .*|in )\d{1,2}:\d\d/);
    expect(await readFigure(widget, 'outstanding')).toBe(outstanding);
    expect(await isDimmed(widget)).toBe(true);
    await screenshot('day-spent');
    const { control } = stage.world().xero;
    await control.clearRequests();
    await refresh(widget);
    expect(await control.requests()).toEqual([]);
    expect(await control.peak()).toMatchObject({ refused: 0 });
  });
});
