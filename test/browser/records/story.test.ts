import { beforeAll, describe, expect, test } from 'vitest';
import { press } from '#test/support/page/press.ts';
import { eventually, isDimmed, readEvents, readFigure, readText, readWidget } from '#test/support/page/screen.ts';
import { setStage } from '#test/support/page/stage.ts';
import { presets } from '#test/support/people/admin.ts';

describe('a salesperson looks up what a customer owes', () => {
  const stage = setStage();

  beforeAll(async () => {
    const { admin } = stage.world();
    await admin.connect();
    await admin.grant({ ben: presets.full });
    await admin.link({ type: 'company', id: '501' }, 'Harbour Lights Pty Ltd');
  });

  test('Ben links the first match, Xero fails once, figures stay, and Retry refreshes', async () => {
    const { page, widget, screenshot } = await stage.open('/contacts/1001');

    await widget.getByText('2 possible matches in Xero').waitFor();
    const matches = widget.getByRole('list', { name: 'Possible matches' }).getByRole('listitem');
    expect(await matches.count()).toBe(2);
    expect(await readText(matches.nth(0))).toMatch(/^Harbour Lights Pty Ltd .*Linked to Harbour Lights/);
    expect(await readText(matches.nth(1))).toMatch(/^H\. Lights \(old\) .*Same e-mail, different name/);
    await screenshot('story-1-matches');

    await press(matches.nth(0).getByRole('button', { name: 'Link Contact' }));
    await widget.getByRole('heading', { level: 1, name: 'Harbour Lights Pty Ltd' }).waitFor();
    await eventually(async () => expect(await readFigure(widget, 'outstanding')).toBe('3 AUD 12,480.00'));
    expect(await readFigure(widget, 'overdue')).toBe('1 AUD 4,200.00');
    expect(await readFigure(widget, 'quotes')).toBe('2 AUD 7,900.00');
    expect(await readText(widget.getByRole('region', { name: 'Overdue' }))).toBe(
      'AUD 4,200.00 overdue · 1 invoice, 18 days late',
    );
    await screenshot('story-2-linked');

    await stage.world().xero.control.fault({ kind: 'status', status: 500, times: Number.POSITIVE_INFINITY });
    await press(widget.getByRole('button', { name: 'Refresh' }));
    const note = widget.getByRole('region', { name: 'Error fetching details, click Retry' });
    await note.waitFor();
    expect(await isDimmed(widget)).toBe(true);
    expect(await readWidget(widget)).toContain('AUD 12,480.00');
    expect(await readWidget(widget)).toMatch(/Figures are from \d/);
    await screenshot('story-3-failure');

    await stage.world().xero.control.clearFaults();
    await press(note.getByRole('button', { name: 'Retry' }));
    await note.waitFor({ state: 'detached' });
    expect(await isDimmed(widget)).toBe(false);
    expect(await readFigure(widget, 'outstanding')).toBe('3 AUD 12,480.00');
    expect((await readEvents(page)).map(({ type }) => type)).toEqual(['ready', 'linked', 'error']);
  });
});
