import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { startWorld, type World } from '../world/world.ts';
import { launchChromium, openTestPage, type TestPage } from './browser.ts';
import { type HostPage, startHostPage } from './host-page.ts';

export type HostStage = {
  world(): World;
  /** A page on one of the workspace's origins. */
  host(): HostPage;
  /** A page on an origin that the workspace does not know. Tokens are signed for it all the same. */
  stranger(): HostPage;
  browser(): Browser;
  /** Attributes of an element that shows Nora, who is linked to Harbour Lights. The test adds `token-url`. */
  attributes(): string;
  /** Opens the host's page in its own browser profile. */
  visit(page: Parameters<HostPage['show']>[0], options?: BrowserContextOptions): Promise<TestPage>;
};

type Started = { world: World; host: HostPage; stranger: HostPage; browser: Browser };

/** One product, one Chromium and minimal host pages for the tests of a file. */
export function setHostStage(): HostStage {
  let started: Partial<Started> = {};
  const need = <Name extends keyof Started>(name: Name): Started[Name] => {
    const value = started[name];
    if (value === undefined) throw new Error('the stage exists only while tests run');
    return value;
  };

  beforeAll(async () => {
    const host = await startHostPage();
    started = { host, stranger: await startHostPage() };
    const world = await startWorld({ moreOrigins: [host.origin] });
    started = { ...started, world, browser: await launchChromium() };
    const { origin: productUrl, workspace } = world.product();
    for (const one of [host, need('stranger')]) one.signFor({ productUrl, workspace });
    await world.admin.connect();
    await world.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
  });
  afterAll(async () => {
    await started.browser?.close();
    await started.world?.stop();
    await started.host?.close();
    await started.stranger?.close();
  });

  return {
    world: () => need('world'),
    host: () => need('host'),
    stranger: () => need('stranger'),
    browser: () => need('browser'),
    attributes: () => {
      const { origin, workspace } = need('world').product();
      return `server="${origin}" workspace="${workspace.id}" record-type="contact" record-id="1001"`;
    },
    visit: async (page, options) => {
      need('host').show(page);
      const opened = await openTestPage(need('browser'), options);
      await opened.page.goto(need('host').origin);
      return opened;
    },
  };
}
