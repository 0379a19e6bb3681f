import { join } from 'node:path';
import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type FrameLocator,
  type Locator,
  type Page,
} from 'playwright-core';
import { requireProgram } from '../programs/require-program.ts';
import { projectRoot } from '../programs/run-command.ts';

/** Quiet and alone: no sandbox (root in containers), no calls home. */
export const chromiumArgs: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** `more`: further switches, as of a reader's settings. */
export function launchChromium(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: requireProgram('chromium'), args: [...chromiumArgs, ...more] });
}

export type TestPage = {
  page: Page;
  /** The widget's frame, where a page has one. */
  widget: FrameLocator;
  /** Console errors, uncaught errors and refused policies so far that nobody announced. */
  problems(): string[];
  /** From here on, problems that match are part of the story. */
  expectProblems(...patterns: RegExp[]): void;
  /** The whole page into `.tmp/screenshots`, which git ignores. */
  screenshot(name: string): Promise<void>;
  /** One part of the page, to the same place. */
  shoot(name: string, part: Locator): Promise<void>;
  close(): Promise<void>;
};

export const screenshotFolder = join(projectRoot, '.tmp', 'screenshots');

/** The folder is made when the browser writes into it. */
const toPicture = (name: string) => join(screenshotFolder, `${name}.png`);

/** A page in a browser profile of its own, which remembers what went wrong in it and in its frames. */
export async function openTestPage(browser: Browser, options: BrowserContextOptions = {}): Promise<TestPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-AU', ...options });
  // Shorter than a test, so that what is missing is named by its own line.
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const seen = watchProblems(page);
  const expected: RegExp[] = [];
  return {
    page,
    widget: page.frameLocator('ledgerside-widget > iframe'),
    problems: () => seen.filter((problem) => !expected.some((pattern) => pattern.test(problem))),
    expectProblems: (...patterns) => {
      expected.push(...patterns);
    },
    screenshot: async (name) => {
      await page.screenshot({ path: toPicture(name), fullPage: true });
    },
    shoot: async (name, part) => {
      // Themes change softly: a picture waits for the end of it.
      await part.screenshot({ path: toPicture(name), animations: 'disabled' });
    },
    close: () => context.close(),
  };
}

function watchProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    const { url } = message.location();
    // Asked for by the browser itself on pages that name no icon.
    if (message.type() === 'error' && !url.endsWith('/favicon.ico'))
      problems.push(`console: ${message.text()} (${url})`);
  });
  return problems;
}
