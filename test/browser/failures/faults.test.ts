import type { FrameLocator } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { press } from '#test/support/page/press.ts';
import { eventually, isDimmed, readEvents, readFigure, readText, readWidget } from '#test/support/page/screen.ts';
import { setStage } from '#test/support/page/stage.ts';
import { spoilInvoices } from '#test/support/page/unreadable-states.ts';
import { presets } from '#test/support/people/admin.ts';

type Fault = Parameters<ReturnType<typeof stage.world>['xero']['control']['fault']>[0];

const click = 'Error fetching details, click Retry';
const unreadable = 'Xero sent an answer that we cannot read.';
const troubled = 'Xero is having a problem.';

/** The sandbox's faults that Retry can end, with their text on the screen. */
const faults: readonly { name: string; fault: Fault; title: string; reason: string }[] = [
  { name: '400', fault: { kind: 'status', status: 400 }, title: click, reason: 'Xero refused the request.' },
  {
    name: '401',
    fault: { kind: 'status', status: 401 },
    title: click,
    reason: 'Xero did not accept our sign-in this time. The connection itself is still active.',
  },
  {
    name: '403',
    fault: { kind: 'status', status: 403 },
    title: click,
    reason: 'Xero does not allow this for the connected organisation.',
  },
  { name: '404', fault: { kind: 'status', status: 404 }, title: click, reason: 'This no longer exists in Xero.' },
  { name: '500', fault: { kind: 'status', status: 500 }, title: click, reason: troubled },
  { name: '503', fault: { kind: 'status', status: 503 }, title: click, reason: troubled },
  { name: 'no answer at all', fault: { kind: 'hang' }, title: click, reason: 'Xero did not answer in time.' },
  { name: 'a dropped connection', fault: { kind: 'drop' }, title: click, reason: 'Xero could not be reached.' },
  { name: 'HTML instead of JSON', fault: { kind: 'html' }, title: click, reason: unreadable },
  { name: 'truncated JSON', fault: { kind: 'truncate' }, title: click, reason: unreadable },
];

const stage = setStage({ env: { XERO_TIMEOUT_SECONDS: '1' } });

beforeAll(async () => {
  const { admin } = stage.world();
  await admin.connect();
  await admin.grant({ ben: presets.full });
  await admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
});

/** Only calls for data fail. The connection still answers. */
function always(fault: Fault): Fault {
  return { ...fault, times: Number.POSITIVE_INFINITY, path: '/api\\.xro/' };
}

async function openFigures() {
  const opened = await stage.open('/contacts/1001');
  await eventually(async () => expect(await readFigure(opened.widget, 'outstanding')).toBe('3 AUD 12,480.00'));
  return opened;
}

function refresh(widget: FrameLocator) {
  return press(widget.getByRole('button', { name: 'Refresh' }));
}

describe('Xero fails while figures are on the screen', () => {
  // Call counts and pauses must not reach the next test.
  beforeEach(() => stage.world().restartProduct());

  test.each(faults)(
    'when Xero answers with $name, then the figures stay, dated, and Retry brings them back',
    async ({ name, fault, title, reason }) => {
      const { widget, screenshot } = await openFigures();
      await stage.world().xero.control.fault(always(fault));
      await refresh(widget);
      const note = widget.getByRole('region', { name: title });
      await note.waitFor();
      expect(await readText(note)).toContain(reason);
      expect(await readText(note)).toMatch(/Figures are from .*\d{1,2}:\d\d/);
      expect(await note.getByRole('button', { name: 'Copy request ID' }).count()).toBe(1);
      expect(await isDimmed(widget)).toBe(true);
      expect(await readFigure(widget, 'outstanding')).toBe('3 AUD 12,480.00');
      await screenshot(`fault-${name.replaceAll(' ', '-')}`);

      await stage.world().xero.control.clearFaults();
      await press(note.getByRole('button', { name: 'Retry' }));
      await note.waitFor({ state: 'detached' });
      expect(await isDimmed(widget)).toBe(false);
    },
  );

  test('when Xero asks to wait, then a countdown runs and the figures come back automatically', async () => {
    const { widget, screenshot } = await openFigures();
    const fault = { kind: 'status', status: 429, problem: 'minute', retryAfterSeconds: 3 } as const;
    await stage.world().xero.control.fault({ ...fault, path: '/api\\.xro/' });
    await refresh(widget);
    const note = widget.getByRole('region', { name: 'Xero asked us to wait' });
    await note.waitFor();
    expect(await readText(note)).toMatch(/Refreshes automatically in 0:0[0-3]/);
    expect(await isDimmed(widget)).toBe(true);
    await screenshot('fault-429-minute');
    await note.waitFor({ state: 'detached' });
    expect(await isDimmed(widget)).toBe(false);
    expect(await readFigure(widget, 'outstanding')).toBe('3 AUD 12,480.00');
  });

  test('when the day’s calls are used up, then it says until when, and no call is made before', async () => {
    const { page, widget, screenshot } = await openFigures();
    const { control } = stage.world().xero;
    await control.fault({ kind: 'status', status: 429, problem: 'day', retryAfterSeconds: 7200, path: '/api\\.xro/' });
    await refresh(widget);
    const note = widget.getByRole('region', { name: 'Today’s calls to Xero are used up' });
    await note.waitFor();
    expect(await readText(note)).toMatch(/Refreshes automatically at .*\d{1,2}:\d\d/);
    expect(await readFigure(widget, 'outstanding')).toBe('3 AUD 12,480.00');
    await screenshot('fault-429-day');
    await control.clearRequests();
    const answer = page.waitForResponse(/\/api\/view\?fresh=true/);
    await refresh(widget);
    expect(await (await answer).json()).toMatchObject({ error: { code: 'xero_day_limit' } });
    expect(await control.requests()).toEqual([]);
  });
});

describe('Xero fails and nothing is known yet', () => {
  test.each(faults)(
    'when Xero answers with $name, then the reason and Retry are shown instead of figures',
    async ({ fault, title, reason }) => {
      await stage.world().restartProduct();
      await stage.world().xero.control.fault(always(fault));
      const { widget } = await stage.open('/contacts/1001');
      const note = widget.getByRole('region', { name: title });
      await note.waitFor();
      expect(await readText(note)).toContain(reason);
      expect(await widget.getByRole('heading', { level: 1 }).count()).toBe(1);
      await stage.world().xero.control.clearFaults();
      await press(note.getByRole('button', { name: 'Retry' }));
      await eventually(async () => expect(await readFigure(widget, 'outstanding')).toBe('3 AUD 12,480.00'));
    },
  );
});

describe('Xero sends a document that cannot be read', () => {
  test('an unreadable overdue invoice is noted beside the other figures', async () => {
    await spoilInvoices(stage.world(), ['INV-0087']);
    const { page, widget } = await stage.open('/contacts/1001');
    const note = widget.getByRole('region', { name: '1 document could not be read.' });
    await note.waitFor();
    const words = '1 document could not be read. It is in Xero but not counted here. Everything else is.';
    expect(await readText(note)).toBe(words);
    expect(await note.getByRole('alert').textContent()).toBe(words);
    expect([await readFigure(widget, 'outstanding'), await isDimmed(widget)]).toEqual(['2 AUD 8,280.00', false]);
    // The unreadable document may be overdue.
    expect(await readText(widget.getByRole('region', { name: 'Overdue' }))).toMatch(/^Nothing overdue in the rest/);
    expect(await readWidget(widget)).not.toMatch(/Retry|updating/);
    await refresh(widget);
    await press(widget.getByRole('button', { name: 'View Details' }));
    await widget.getByRole('button', { name: 'INV-0094' }).waitFor();
    expect([await readText(note), await widget.getByRole('button', { name: 'INV-0087' }).count()]).toEqual([words, 0]);
    // Nothing has failed.
    expect((await readEvents(page)).map(({ type }) => type)).not.toContain('error');
    await stage.world().xero.control.clearFaults();
    await press(widget.getByRole('button', { name: 'Back to the figures' }));
    await refresh(widget);
    await note.waitFor({ state: 'detached' });
    expect(await readFigure(widget, 'outstanding')).toBe('3 AUD 12,480.00');
  });
});
