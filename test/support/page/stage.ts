import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { startWorld, type World, type WorldOptions } from '../world/world.ts';
import { launchChromium, openTestPage, type TestPage } from './browser.ts';

export type Stage = {
  world(): World;
  browser(): Browser;
  /**
   * Opens a page of the CRM, signed in as one of its users. It is closed after the test, which fails if the page had a
   * problem.
   */
  open(path: string, options?: PageOptions): Promise<TestPage>;
};

export type PageOptions = BrowserContextOptions & { user?: string; theme?: 'light' | 'dark' };

/** One world and one Chromium for the tests of a file. Each test's pages are closed and checked after it. */
export function setStage(options: WorldOptions = {}): Stage {
  let world: World | undefined;
  let browser: Browser | undefined;
  const pages: TestPage[] = [];
  const need = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('the stage stands only while tests run');
    return value;
  };

  beforeAll(async () => {
    browser = await launchChromium();
    world = await startWorld(options);
    // A restarted product forgets how many calls it made, so a test must not run into Xero's minute limit.
    await world.xero.control.limits({ minute: 100_000, day: 1_000_000 });
  });
  afterEach(async ({ task }) => {
    const failed = task.result?.state === 'fail' && world;
    // Shown beside vitest's output: what a person would look at first.
    if (failed) console.log(listTroubles(failed.product().logs()));
    if (failed) for (const [index, page] of pages.entries()) await page.screenshot(`failed-${task.id}-${index}`);
    await world?.xero.control.clearFaults();
    const open = pages.splice(0);
    const problems = open.flatMap((page) => page.problems());
    for (const page of open) await page.close();
    expect(problems).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  return {
    world: () => need(world),
    browser: () => need(browser),
    async open(path, { user = 'ben', theme = 'light', ...contextOptions } = {}) {
      const opened = await openTestPage(need(browser), contextOptions);
      pages.push(opened);
      const { origin } = need(world).crm;
      const cookies = { fieldnote_user: user, fieldnote_theme: theme };
      await opened.page
        .context()
        .addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url: origin })));
      await opened.page.goto(origin + path);
      return opened;
    },
  };
}

/** The product's log lines of level warn and above (pino's 10 to 30 are trace, debug and info). */
function listTroubles(logs: string): string {
  const lines = logs.split('\n').filter((line) => !/^\{"level":[123]0,/.test(line));
  return lines.join('\n').slice(-4000);
}
