import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { openTestPage, type TestPage } from '#test/support/page/browser.ts';
import type { HostPage } from '#test/support/page/host-page.ts';
import { setHostStage } from '#test/support/page/host-stage.ts';
import { eventually, readEvents, readFigure, readText } from '#test/support/page/screen.ts';

const stage = setHostStage();

async function visitHost(host: HostPage, headers: Record<string, string> = {}): Promise<TestPage> {
  const loader = `<script src="${stage.world().product().origin}/embed.js" crossorigin></script>`;
  const element = `<ledgerside-widget ${stage.attributes()} token-url="/token"></ledgerside-widget>`;
  host.show({ body: loader + element, headers });
  const opened = await openTestPage(stage.browser());
  await opened.page.goto(host.origin);
  return opened;
}

/** The loader waits 8 seconds for the frame before it shows an error. */
async function readRefusal(page: Page): Promise<string> {
  await eventually(async () => expect((await readEvents(page)).at(-1)?.type).toBe('error'));
  return readText(page.locator('ledgerside-widget'));
}

describe('a page with strict rules embeds the widget', () => {
  test('shows figures without trusted types, with own styles and isolated frames only', async () => {
    const { origin } = stage.world().product();
    const policy = [
      "default-src 'self'",
      `script-src 'self' ${origin}`,
      `frame-src ${origin}`,
      "style-src 'self'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ];
    const opened = await visitHost(stage.host(), {
      'content-security-policy': policy.join('; '),
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
    });
    await eventually(async () => expect(await readFigure(opened.widget, 'outstanding')).toBe('3 AUD 12,480.00'));
    expect(await opened.page.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(opened.problems()).toEqual([]);
    await opened.close();
  });

  test('when its policy blocks the frame, then the element says so instead of staying empty', async () => {
    const { origin } = stage.world().product();
    const opened = await visitHost(stage.host(), {
      'content-security-policy': `script-src 'self' ${origin}; frame-src 'none'`,
    });
    expect(await readRefusal(opened.page)).toContain("blocked by this page's security policy (frame-src)");
    await opened.close();
  });
});

test.each([
  ['embed.js', 'application/javascript', 'customElements'],
  ['embed-theme.js', 'application/javascript', 'followTheme'],
  ['embed.d.ts', 'text/plain', 'LedgersideWidgetElement'],
  ['embed.react.d.ts', 'text/plain', "declare module 'react'"],
  ['embed.preact.d.ts', 'text/plain', "declare module 'preact'"],
  ['embed.vue.d.ts', 'text/plain', "declare module 'vue'"],
])('when a page asks for %s, then every origin gets it, cached for minutes', async (file, type, text) => {
  const answer = await fetch(`${stage.world().product().origin}/${file}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  expect(answer.headers.get('cache-control')).toContain('max-age=300');
  expect(await answer.text()).toContain(text);
});

describe('a page that may not embed the widget', () => {
  test('on a foreign origin the browser refuses the frame, and the element says so', async () => {
    const opened = await visitHost(stage.stranger());
    expect(await readRefusal(opened.page)).toContain('not available');
    expect(opened.problems().join()).toMatch(/frame-ancestors/);
    expect(await opened.widget.locator('body').innerText()).not.toContain('Harbour');
    await opened.close();
  });

  test('when the workspace is unknown, then the frame’s address answers 404 and cannot be framed', async () => {
    const answer = await fetch(`${stage.world().product().origin}/frame/nobody`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(await answer.text()).toContain('Unknown workspace');
  });

  test('a window that sends the loader’s messages gets no answer', async () => {
    stage.stranger().show({ body: '' });
    const { page, close } = await openTestPage(stage.browser());
    await page.goto(stage.stranger().origin);
    const { origin, workspace } = stage.world().product();
    const opening = page.waitForEvent('popup');
    await page.evaluate(
      (address) => Object.assign(window, { other: window.open(address) }),
      `${origin}/frame/${workspace.id}`,
    );
    const frame = await opening;
    await frame.waitForLoadState('load');
    await page.evaluate(sayHello);
    await frame.getByText('Open this inside your CRM').waitFor();
    expect(await page.evaluate(() => 'heard' in window && window.heard)).toEqual([]);
    await close();
  });
});

/** Runs in the foreign page: sends the loader's messages, and lists all answers. */
function sayHello(): void {
  const { other } = window as unknown as { other: Window };
  const { port1, port2 } = new MessageChannel();
  const heard: unknown[] = [];
  Object.assign(window, { heard });
  port1.onmessage = ({ data }) => heard.push(data);
  const envelope = { ns: 'ledgerside', v: 1 };
  other.postMessage({ ...envelope, type: 'hello' }, '*', [port2]);
  const record = { recordType: 'contact', recordId: '1001', view: 'detail', theme: 'light', locale: 'en' };
  port1.postMessage({ ...envelope, type: 'context', ...record });
}
