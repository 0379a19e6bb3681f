import { beforeAll, describe, expect, test } from 'vitest';
import { eventually, isDimmed, readFigure, readText, readWidget } from '#test/support/page/screen.ts';
import { setStage } from '#test/support/page/stage.ts';
import { presets } from '#test/support/people/admin.ts';

const stage = setStage();

beforeAll(async () => {
  const { admin } = stage.world();
  await admin.connect();
  await admin.grant({ ben: presets.full });
  await admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
  await admin.link({ type: 'contact', id: '1004' }, 'Nordlys Trading AS');
});

const outstanding = '3 AUD 12,480.00';

async function openFigures() {
  const opened = await stage.open('/contacts/1001');
  opened.expectProblems(/ERR_INTERNET_DISCONNECTED/);
  await eventually(async () => expect(await readFigure(opened.widget, 'outstanding')).toBe(outstanding));
  const setOffline = (isOffline: boolean) => opened.page.context().setOffline(isOffline);
  return { ...opened, note: opened.widget.getByRole('region', { name: 'You are offline' }), setOffline };
}

describe('the network goes', () => {
  test('when figures are open, then a note says so at once, and they refresh automatically', async () => {
    const { widget, note, setOffline } = await openFigures();
    await setOffline(true);
    await note.waitFor();
    expect(await readText(note)).toMatch(/no network connection.*continues automatically.*Figures are from/);
    expect(await readFigure(widget, 'outstanding')).toBe(outstanding);
    expect(await isDimmed(widget)).toBe(true);
    await setOffline(false);
    await note.waitFor({ state: 'detached' });
    expect(await isDimmed(widget)).toBe(false);
  });

  test('when the page goes to another record, then it opens automatically when the network is back', async () => {
    const { page, widget, note, setOffline } = await openFigures();
    await setOffline(true);
    await note.waitFor();
    await page.locator('ledgerside-widget').evaluate((element) => element.setAttribute('record-id', '1004'));
    await widget.getByRole('heading', { level: 1, name: 'Xero' }).waitFor();
    await note.waitFor();
    expect(await readWidget(widget)).not.toContain('signed out');
    await setOffline(false);
    await widget.getByRole('heading', { level: 1, name: 'Nordlys Trading AS' }).waitFor();
    expect(await note.count()).toBe(0);
  });

  test('an element added offline says so and opens when the network is back', async () => {
    const { page, widget, setOffline } = await openFigures();
    const element = page.locator('ledgerside-widget');
    await setOffline(true);
    const told = await element.evaluateHandle((one) => {
      const clone = one.cloneNode() as Element;
      const details: unknown[] = [];
      clone.addEventListener('ledgerside:error', (event) => details.push((event as CustomEvent).detail));
      one.replaceWith(clone);
      return details;
    });
    await eventually(async () => expect(await readText(element)).toBe('You are offline.'));
    expect(await told.jsonValue()).toEqual([{ code: 'unavailable', requestId: null }]);
    await setOffline(false);
    await eventually(async () => expect(await readFigure(widget, 'outstanding')).toBe(outstanding));
    expect(await readText(element)).not.toContain('offline');
  });
});
