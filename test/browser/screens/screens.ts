import { rmSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { arrangeStart } from '#test/support/page/arrange-state.ts';
import { launchChromium, openTestPage, screenshotFolder, type TestPage } from '#test/support/page/browser.ts';
import { press } from '#test/support/page/press.ts';
import { type State, states } from '#test/support/page/states.ts';
import { adminId } from '#test/support/people/admin.ts';
import { startWorld, type World } from '#test/support/world/world.ts';

/**
 * `node --import tsx test/browser/screens/screens.ts [word]` takes a picture of every screen, light and dark, 280 and 400 px
 * wide, for a person to look at. Names that begin with `view` are taken from 250 to 860 px. Pictures are in
 * `.tmp/screenshots`. With a word, only screens with that word in their name are taken.
 */
const widths = [280, 400] as const;
const themes = ['light', 'dark'] as const;
/** In any CRM the settings are on a page of their own. */
const settingsWidths = [400, 860] as const;
/** Figures are shown at every width of the CRMs. */
const viewWidths = [250, 320, 400, 860] as const;
/** Forms have cards in narrow frames and table rows in wide ones. */
const formWidths = [280, 400, 860] as const;
/** Notes are tallest in the narrowest frames. */
const unreadableWidths = [250, 280, 400] as const;

async function openAs(world: World, browser: Browser, user: string, path: string): Promise<TestPage> {
  const opened = await openTestPage(browser, { reducedMotion: 'reduce' });
  const cookies = { fieldnote_user: user, fieldnote_theme: 'light' };
  await opened.page
    .context()
    .addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url: world.crm.origin })));
  await opened.page.goto(world.crm.origin + path);
  return opened;
}

async function takeState(world: World, browser: Browser, state: State): Promise<void> {
  await arrangeStart(world, state);
  await state.arrange?.(world);
  const opened = await openAs(world, browser, state.user, state.path);
  await state.act?.(opened.widget, world);
  await opened.widget.getByText(state.shows).first().waitFor();
  await opened.screenshot(`${state.name}-page`);
  for (const width of widthsOf(state)) await takeWidth(opened, state, width);
  await opened.close();
  await world.xero.control.clearFaults();
}

function widthsOf({ name }: State): readonly number[] {
  if (name.startsWith('form')) return formWidths;
  if (name.startsWith('view')) return viewWidths;
  if (name.startsWith('unreadable')) return unreadableWidths;
  return name.startsWith('settings') ? settingsWidths : widths;
}

async function takeWidth({ page, widget, shoot }: TestPage, { name }: State, width: number): Promise<void> {
  const element = page.locator('ledgerside-widget');
  // Moves the element out of the CRM's panel, which would cut it off, and leaves room for the longest screen.
  await page.setViewportSize({ width: 1280, height: 7000 });
  // The pointer is over nothing.
  await page.mouse.move(1270, 5, { steps: 3 });
  await element.evaluate((host, px) => {
    host.style.cssText = `position:fixed;inset:0 auto auto 0;z-index:9;width:${px}px`;
  }, width);
  for (const theme of themes) {
    await element.evaluate((host, value) => {
      document.documentElement.dataset.theme = value;
      host.setAttribute('theme', value);
    }, theme);
    await widget.locator(`html[data-theme=${theme}]`).waitFor();
    await shoot(`${name}-${width}-${theme}`, element);
  }
}

/** The pages of connecting, which are outside any frame. */
async function takeConnectPages(world: World, browser: Browser): Promise<void> {
  await arrangeStart(world);
  await world.admin.disconnect();
  const { page, widget, screenshot, close } = await openAs(world, browser, adminId, '/setup/apps/xero');
  const take = async (name: string) => {
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme });
      await screenshot(`${name}-${colorScheme}`);
    }
  };
  await press(widget.getByRole('button', { name: 'Connect to Xero' }));
  await page.getByRole('button', { name: 'Continue to Xero' }).waitFor();
  const used = page.url();
  await take('connect-page');
  await page.getByRole('button', { name: 'Continue to Xero' }).click();
  await page.getByRole('button', { name: 'Allow access' }).waitFor();
  await take('connect-consent');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('link', { name: 'Back to the CRM' }).waitFor();
  await take('connect-denied');
  await page.goto(used);
  await take('connect-used-link');
  await page.goto(`${world.product().origin}/oauth/callback?code=made-up&state=made-up`);
  await take('connect-unknown-state');
  await page.goto(`${world.product().origin}/frame/nobody`);
  await take('unknown-workspace');
  await close();
}

const word = process.argv[2] ?? '';
if (word === '') rmSync(screenshotFolder, { recursive: true, force: true });
const world = await startWorld({ env: { XERO_TIMEOUT_SECONDS: '1' } });
const browser = await launchChromium();
try {
  for (const state of states.filter(({ name }) => name.includes(word))) await takeState(world, browser, state);
  if ('connect'.includes(word)) await takeConnectPages(world, browser);
} finally {
  await browser.close();
  await world.stop();
}
console.log(`screenshots: ${screenshotFolder}`);
