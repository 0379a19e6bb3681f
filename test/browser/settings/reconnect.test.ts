import { beforeEach, describe, expect, test } from 'vitest';
import { press } from '#test/support/page/press.ts';
import { eventually, readFigure, readText, readWidget } from '#test/support/page/screen.ts';
import { setStage } from '#test/support/page/stage.ts';
import { adminId, presets } from '#test/support/people/admin.ts';

const stage = setStage();

const title = 'Xero needs to be connected again';
const reason = 'Someone disconnected Ledgerside in Xero.';

/** Somebody disconnects inside Xero while figures are known. */
beforeEach(async () => {
  const { admin, xero } = stage.world();
  await admin.connect();
  await admin.grant({ ben: presets.sales });
  await admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
  await openBen();
  await xero.control.disconnect();
});

async function openBen() {
  const opened = await stage.open('/contacts/1001', { user: 'ben' });
  await eventually(async () => expect(await readFigure(opened.widget, 'outstanding')).toBe('3 AUD 12,480.00'));
  return opened;
}

describe('somebody disconnects inside Xero', () => {
  test('after a refresh figures stay with the reason; connecting again refreshes them', async () => {
    const { widget, screenshot } = await openBen();
    await press(widget.getByRole('button', { name: 'Refresh' }));
    const note = widget.getByRole('region', { name: title });
    await note.waitFor();
    expect(await readText(note)).toContain(`${reason} Ask an admin of this CRM to connect Xero`);
    expect(await note.getByRole('button', { name: /Connect/ }).count()).toBe(0);
    expect(await readFigure(widget, 'outstanding')).toBe('3 AUD 12,480.00');
    await screenshot('reconnect-salesperson');
    await stage.world().admin.connect();
    await note.waitFor({ state: 'detached' });
    expect(await readFigure(widget, 'outstanding')).toBe('3 AUD 12,480.00');
  });

  test('when an admin opens the record and the settings, then both say why and offer to connect', async () => {
    const record = await stage.open('/contacts/1001', { user: adminId });
    await press(record.widget.getByRole('button', { name: 'Refresh' }));
    const note = record.widget.getByRole('region', { name: title });
    await note.waitFor();
    expect(await readText(note)).toContain(reason);
    expect(await readText(note)).not.toContain('Ask an admin');
    expect(await note.getByRole('button', { name: 'Connect to Xero' }).count()).toBe(1);
    const { page, widget } = await stage.open('/setup/apps/xero', { user: adminId });
    const needed = widget.getByRole('region', { name: 'Reconnect needed' });
    await needed.waitFor();
    expect(await readText(needed)).toContain(reason);
    expect(await readText(widget.locator('.settings-status'))).toBe('Reconnect needed');
    await press(needed.getByRole('button', { name: 'Connect again' }));
    await page.getByRole('button', { name: 'Continue to Xero' }).click();
    await page.getByRole('button', { name: 'Allow access' }).click();
    await widget.getByRole('region', { name: 'Xero connected successfully' }).waitFor();
    await press(widget.getByRole('button', { name: 'Show activity' }));
    await eventually(async () => expect(await readWidget(widget)).toContain('The connection to Xero ended'));
    await openBen();
  });
});
