import { join } from 'node:path';
import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type FrameLocator,
  type Locator,
  type Page,
} from 'playwright-core';
import { findProgram, requireProgram } from '../programs/require-program.ts';
import { projectRoot } from '../programs/run-command.ts';

/** No sandbox (root in containers) and no calls to the browser's maker. */
export const chromiumArgs: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts Chromium's headless shell, or Chromium itself where the shell is not installed. Chromium draws its own window
 * too, also headless: a blank page costs more than three times the processor time. `more`: further switches, such as a
 * reader's settings.
 */
export function launchChromium(more: readonly string[] = []): Promise<Browser> {
  const executablePath = findProgram('chromium-headless-shell') ?? requireProgram('chromium');
  return chromium.launch({ executablePath, args: [...chromiumArgs, ...more] });
}

export type TestPage = {
  page: Page;
  /** The widget's frame, if the page has one. */
  widget: FrameLocator;
  /** Unexpected console errors, uncaught errors and policy violations so far. */
  problems(): string[];
  /** From here on, problems that match are expected. */
  expectProblems(...patterns: RegExp[]): void;
  /** Saves a picture of the whole page in `.tmp/screenshots`, which git ignores. */
  screenshot(name: string): Promise<void>;
  /** Saves a picture of one part of the page in the same folder. */
  shoot(name: string, part: Locator): Promise<void>;
  close(): Promise<void>;
};

export const screenshotFolder = join(projectRoot, '.tmp', 'screenshots');

/** The browser creates the folder when it writes into it. */
function toPicture(name: string) {
  return join(screenshotFolder, `${name}.png`);
}

/** Opens a page in its own browser profile and records the errors in it and in its frames. */
export async function openTestPage(browser: Browser, options: BrowserContextOptions = {}): Promise<TestPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-AU', ...options });
  // Shorter than a test, so that a missing element is reported with its own line.
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
      // Theme changes are animated, so a picture waits for their end.
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
    // The browser requests this itself on pages without an icon.
    if (message.type() === 'error' && !url.endsWith('/favicon.ico'))
      problems.push(`console: ${message.text()} (${url})`);
  });
  return problems;
}
