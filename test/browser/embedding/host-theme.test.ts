import type { FrameLocator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { setHostStage } from '#test/support/page/host-stage.ts';
import { eventually } from '#test/support/page/screen.ts';

const stage = setHostStage();

type Look = { head?: string; around?: (element: string) => string; prefers?: 'light' | 'dark' };

function visit({ head = '', around = (element) => element, prefers = 'light' }: Look) {
  const loader = `<script async src="${stage.world().product().origin}/embed.js"></script>`;
  return stage.visit({ body: around(toElement()), head: head + loader }, { colorScheme: prefers });
}

function toElement() {
  return `<ledgerside-widget ${stage.attributes()} token-url="/token"></ledgerside-widget>`;
}

function shows(widget: FrameLocator, theme: 'light' | 'dark') {
  return widget.locator(`html[data-theme=${theme}]`).waitFor({ state: 'attached' });
}

/** The frame must have the page's colour scheme, or the browser paints a box behind it. */
function readFrameScheme(page: Page) {
  return page.locator('ledgerside-widget > iframe').evaluate((frame) => frame.style.colorScheme);
}

/** On `html` unless `body` is named: what makes it dark, and what makes it light again. */
const signals: readonly [string, string, string, 'html' | 'body'][] = [
  ['class', 'app dark', 'app', 'html'],
  ['class', 'theme-dark', '', 'body'],
  ['class', 'dark', 'light', 'body'],
  ['data-theme', 'dark', 'light', 'html'],
  ['data-bs-theme', 'dark', 'light', 'html'],
  ['data-mui-color-scheme', 'dark', 'light', 'html'],
  ['data-mantine-color-scheme', 'dark', 'light', 'html'],
  ['data-color-mode', 'dark', 'auto', 'html'],
  ['style', 'color-scheme: dark; background: white', 'background: white', 'html'],
];

describe('a page that declares its theme', () => {
  test.each(signals)(
    'when %s is %j, then the widget is dark; when it is %j, then it is light',
    async (name, dark, light, place) => {
      const setsEarly = `<script>addEventListener('DOMContentLoaded', () => document.${place === 'html' ? 'documentElement' : place}.setAttribute('${name}', '${dark}'))</script>`;
      const white = '<style>body { background: white; color: black }</style>';
      const { page, widget, problems, close } = await visit({ head: white + setsEarly });
      await shows(widget, 'dark');
      expect(await readFrameScheme(page)).toBe('dark');
      const set = (value: string) =>
        page.locator(place).evaluate((node, [key = '', to = '']) => node.setAttribute(key, to), [name, value]);
      await set(light);
      await shows(widget, 'light');
      await set(dark);
      await shows(widget, 'dark');
      expect(problems()).toEqual([]);
      await close();
    },
  );

  test('when a meta element declares it, then the widget follows, also when it changes or is removed', async () => {
    const meta = '<meta name="color-scheme" content="dark"><style>body { background: white; color: black }</style>';
    const { page, widget, close } = await visit({ head: meta });
    await shows(widget, 'dark');
    await page.locator('meta[name=color-scheme]').evaluate((element) => element.setAttribute('content', 'light'));
    await shows(widget, 'light');
    await page.locator('meta[name=color-scheme]').evaluate((element) => element.setAttribute('content', 'dark'));
    await shows(widget, 'dark');
    await page.locator('meta[name=color-scheme]').evaluate((element) => element.remove());
    await shows(widget, 'light');
    await close();
  });

  test('when the element names a theme, then the page’s theme is ignored', async () => {
    const { page, widget, close } = await visit({ head: '<style>html { color-scheme: dark }</style>' });
    await shows(widget, 'dark');
    await page.locator('ledgerside-widget').evaluate((element) => element.setAttribute('theme', 'light'));
    await shows(widget, 'light');
    await page.locator('ledgerside-widget').evaluate((element) => element.setAttribute('theme', 'auto'));
    await shows(widget, 'dark');
    await close();
  });
});

function style(css: string) {
  return `<style>${css}</style>`;
}

describe('a page that declares nothing', () => {
  test.each<[string, Look, 'light' | 'dark']>([
    ['has no colours', {}, 'light'],
    ['has no colours, in a browser that prefers dark', { prefers: 'dark' }, 'light'],
    [
      'supports both schemes, in a browser that prefers dark',
      { head: style(':root { color-scheme: light dark }'), prefers: 'dark' },
      'dark',
    ],
    [
      'supports both schemes, and is white all the same',
      { head: style(':root { color-scheme: light dark } body { background: #fff; color: #222 }'), prefers: 'dark' },
      'light',
    ],
    ['has a dark body', { head: style('body { background: #101418; color: #eee }') }, 'dark'],
    ['has a dark body in a modern notation', { head: style('body { background: oklch(0.21 0.03 265) }') }, 'dark'],
    ['has a dark root', { head: style('html { background: rgb(20 20 20) }') }, 'dark'],
    [
      'has light text on a picture',
      { head: style('body { background: linear-gradient(#112, #223); color: #eee }') },
      'dark',
    ],
    [
      'is light around a dark panel',
      {
        head: style('body { background: #fff }'),
        around: (element) => `<aside style="background:#1d2125">${element}</aside>`,
      },
      'dark',
    ],
    [
      'is dark around a panel one sees through',
      {
        head: style('body { background: #111 }'),
        around: (element) => `<aside style="background:#ffffff1a">${element}</aside>`,
      },
      'dark',
    ],
  ])('when it %s, then the background of the element decides', async (_what, look, theme) => {
    const { widget, close } = await visit(look);
    await shows(widget, theme);
    await close();
  });

  test('when its background has a transition, then the widget follows at its end', async () => {
    const css = 'body { background: #fff; transition: background-color .2s } .night { background: #111 }';
    const { page, widget, close } = await visit({ head: style(css) });
    await shows(widget, 'light');
    const turn = () => page.locator('body').evaluate((body) => body.classList.toggle('night'));
    await turn();
    await shows(widget, 'dark');
    await turn();
    await shows(widget, 'light');
    await close();
  });

  test('when its style sheet is loaded late, removed or added again, then the widget follows', async () => {
    const { page, widget, close } = await visit({});
    await shows(widget, 'light');
    await page.addStyleTag({ content: 'body { background: #111 }' });
    await shows(widget, 'dark');
    await page.locator('style').evaluate((element) => element.remove());
    await shows(widget, 'light');
    await close();
  });

  test('when the element is in a shadow tree, then the page around it decides', async () => {
    const { page, widget, close } = await visit({
      head: style('body { background: #111 }'),
      around: (element) => `<div><template shadowrootmode="open">${element}</template></div>`,
    });
    await shows(widget, 'dark');
    await page.locator('body').evaluate((body) => {
      body.style.background = '#fff';
    });
    await shows(widget, 'light');
    await close();
  });
});

test('where only the loader may run, the widget follows the page’s color-scheme', async () => {
  const { origin } = stage.world().product();
  const { widget, expectProblems, close } = await stage.visit(
    {
      body: toElement(),
      head: `<style>html { color-scheme: dark }</style><script src="${origin}/embed.js"></script>`,
      headers: { 'content-security-policy': `script-src 'self' ${origin}/embed.js` },
    },
    // Without Playwright's own preference, which frames would follow instead of the page.
    { colorScheme: null },
  );
  expectProblems(/embed-theme/);
  await widget.getByText('They owe you').waitFor();
  await eventually(async () =>
    expect(await widget.locator('html').evaluate((html) => getComputedStyle(html).colorScheme)).toMatch(/dark/),
  );
  await close();
});
