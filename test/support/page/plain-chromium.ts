import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Browser, chromium } from 'playwright-core';
import { requireProgram } from '../programs/require-program.ts';
import { chromiumArgs } from './browser.ts';

export type PlainChromium = { browser: Browser; stop(): Promise<void> };

/**
 * Chromium as a person runs it, controlled over its debugging port, because Playwright's own launch disables storage
 * partitioning. Third-party cookies and storage are blocked, as strict browsers do by default.
 */
export async function startPlainChromium(): Promise<PlainChromium> {
  const profile = await mkdtemp(join(tmpdir(), 'ledgerside-chromium-'));
  blockThirdParties(profile);
  const args = [...chromiumArgs, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`];
  const child = spawn(requireProgram('chromium'), [...args, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const exited = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGKILL');
    await exited;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const browser = await chromium.connectOverCDP(await readDebuggerUrl(child.stderr));
    return { browser, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** 1 is "block third-party cookies" (Chromium's CookieControlsMode). */
function blockThirdParties(profile: string): void {
  mkdirSync(join(profile, 'Default'));
  const preferences = { profile: { cookie_controls_mode: 1, block_third_party_cookies: true } };
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
}

async function readDebuggerUrl(stderr: NodeJS.ReadableStream): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface(stderr)) {
    const url = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (url) {
      // A full pipe that nobody reads would stop Chromium.
      stderr.resume();
      return url;
    }
    lines.push(line);
  }
  throw new Error(`Chromium did not open its debugging port:\n${lines.join('\n')}`);
}
