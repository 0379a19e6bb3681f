import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestPage } from '#test/support/page/browser.ts';
import { type PlainChromium, startPlainChromium } from '#test/support/page/plain-chromium.ts';
import { press } from '#test/support/page/press.ts';
import { eventually, readFigure } from '#test/support/page/screen.ts';
import { adminId } from '#test/support/people/admin.ts';
import { startWorld, type World } from '#test/support/world/world.ts';

let world: World;
let chromium: PlainChromium;

beforeAll(async () => {
  chromium = await startPlainChromium();
  world = await startWorld();
});
afterAll(async () => {
  await chromium?.stop();
  await world?.stop();
});

test('when the browser blocks third-party storage, then connecting and figures still work', async () => {
  const { page, widget, problems } = await openTestPage(chromium.browser);
  await page.context().addCookies([{ name: 'fieldnote_user', value: adminId, url: world.crm.origin }]);
  await page.goto(`${world.crm.origin}/setup/apps/xero`);
  await press(widget.getByRole('button', { name: 'Connect to Xero' }));
  await page.getByRole('button', { name: 'Continue to Xero' }).click();
  await page.getByRole('button', { name: 'Allow access' }).click();
  await widget.getByRole('region', { name: 'Xero connected successfully' }).waitFor();

  await world.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
  await page.goto(`${world.crm.origin}/contacts/1001`);
  await eventually(async () => expect(await readFigure(widget, 'outstanding')).toBe('3 AUD 12,480.00'));
  expect(problems()).toEqual([]);
  // Proves that this browser blocks: the frame cannot keep a cookie, but its own page can.
  const keep = () => {
    // biome-ignore lint/suspicious/noDocumentCookie: what is tested is whether the browser takes it
    document.cookie = 'probe=1; SameSite=None; Secure; path=/';
    return document.cookie;
  };
  expect(await widget.locator('html').evaluate(keep)).toBe('');
  await page.goto(`${world.product().origin}/healthz`);
  expect(await page.evaluate(keep)).toContain('probe=1');
});
