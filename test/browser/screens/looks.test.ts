import type { FrameLocator, Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, openTestPage } from '#test/support/page/browser.ts';
import { openForm } from '#test/support/page/forms.ts';
import { press } from '#test/support/page/press.ts';
import { readOverflow } from '#test/support/page/screen.ts';
import { setStage } from '#test/support/page/stage.ts';
import { adminId, presets } from '#test/support/people/admin.ts';

const stage = setStage();
const harbour = 'Harbour Lights Pty Ltd';

beforeAll(async () => {
  const { admin } = stage.world();
  await admin.connect();
  await admin.grant({ ben: presets.full });
  await admin.link({ type: 'contact', id: '1001' }, harbour);
});

function figures(widget: FrameLocator) {
  return widget.getByText('They owe you');
}
function openDetails(widget: FrameLocator) {
  return press(widget.getByRole('button', { name: 'View Details' }));
}

/** Waits until every tab has its count. */
async function arriveAtDetails(widget: FrameLocator): Promise<void> {
  await openDetails(widget);
  await widget.getByRole('tab', { name: /^Bills \d/ }).waitFor();
  await widget.getByRole('button', { name: 'INV-0087' }).waitFor();
}

/** Every text of the screen with its font size in pixels. */
function readSizes(widget: FrameLocator): Promise<[text: string, px: number][]> {
  return widget.locator('body').evaluate((body) =>
    [...body.querySelectorAll('*')].flatMap((element): [string, number][] => {
      const text = [...element.childNodes].filter(({ nodeType }) => nodeType === 3).map((node) => node.textContent);
      const words = text.join('').trim() || (element instanceof HTMLInputElement ? element.name : '');
      return words === '' ? [] : [[words, Number.parseFloat(getComputedStyle(element).fontSize)]];
    }),
  );
}

/** Sets the size of `1rem`, as a reader's own font size does. The default is 16 pixels. */
function setFontSize(widget: FrameLocator, px: number) {
  return widget.locator('html').evaluate((html, size) => {
    html.style.fontSize = `${size}px`;
  }, px);
}

describe('text', () => {
  test.each([
    { name: 'figures', path: '/contacts/1001', user: 'ben', arrive: (w: FrameLocator) => figures(w).waitFor() },
    { name: 'details', path: '/contacts/1001', user: 'ben', arrive: arriveAtDetails },
    { name: 'a form', path: '/contacts/1001', user: 'ben', arrive: (w: FrameLocator) => openForm(w, 'Add Bill') },
    {
      name: 'finding',
      path: '/contacts/1004',
      user: 'ben',
      arrive: (w: FrameLocator) => w.getByRole('combobox').waitFor(),
    },
    { name: 'a deal', path: '/deals/9001', user: 'ben', arrive: (w: FrameLocator) => w.getByText('Quoted').waitFor() },
    {
      name: 'settings',
      path: '/setup/apps/xero',
      user: adminId,
      arrive: (w: FrameLocator) => w.getByText('Sales account').waitFor(),
    },
  ])('when the reader’s font size is 50% larger, then all text of $name is', async ({ path, user, arrive }) => {
    const { widget } = await stage.open(path, { user });
    await arrive(widget);
    const before = await readSizes(widget);
    expect(before.length).toBeGreaterThan(8);
    await setFontSize(widget, 24);
    const grown = before.map(([text, px]) => [text, px * 1.5]);
    expect(await readSizes(widget)).toEqual(grown);
  });
});

/** Words of the screen that are broken across lines. */
function listBrokenWords(widget: FrameLocator) {
  return widget.locator('body').evaluate((body) => {
    const broken: string[] = [];
    const texts = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      for (const { 0: word, index } of (node.textContent ?? '').matchAll(/[^\s\u00ad-]+/g)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) broken.push(word);
      }
    }
    return broken;
  });
}

describe('a browser whose reader wants larger text', () => {
  test('when figures are shown at any width, then nothing scrolls sideways and no word is broken', async () => {
    const browser = await launchChromium(['--blink-settings=defaultFontSize=24']);
    try {
      const { crm } = stage.world();
      const { page, widget } = await openTestPage(browser);
      await page.context().addCookies([{ name: 'fieldnote_user', value: 'ben', url: crm.origin }]);
      await page.goto(`${crm.origin}/contacts/1001`);
      await figures(widget).waitFor();
      expect(await widget.locator('html').evaluate((html) => getComputedStyle(html).fontSize)).toBe('24px');
      for (const px of [250, 280, 400, 860]) {
        expect(await readOverflow(page, px)).toBe(0);
        expect(await listBrokenWords(widget)).toEqual([]);
      }
    } finally {
      await browser.close();
    }
  });
});

/** The place of a heading's focus ring, and the texts that it covers. */
function readRing(heading: Locator) {
  return heading.evaluate((element) => {
    const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(element);
    const reach = Number.parseFloat(outlineWidth) + Number.parseFloat(outlineOffset);
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const others = [...(element.closest('header, .message')?.querySelectorAll('*') ?? [])]
      .filter((other) => !element.contains(other) && !other.contains(element))
      .flatMap((other) => {
        const range = document.createRange();
        range.selectNodeContents(other);
        return other.matches('button') ? [other.getBoundingClientRect()] : [...range.getClientRects()];
      });
    return {
      isDrawn: outlineStyle !== 'none',
      covered: others.filter(
        (box) =>
          box.right > left - reach && box.left < right + reach && box.bottom > top - reach && box.top < bottom + reach,
      ).length,
      // The room between the ring's inner edge and the first letter.
      room: Number.parseFloat(getComputedStyle(element).paddingLeft) + Number.parseFloat(outlineOffset),
    };
  });
}

describe('the heading’s focus ring', () => {
  test('the focus ring of an opened document’s heading covers nothing', async () => {
    const { page, widget } = await stage.open('/contacts/1001');
    await openDetails(widget);
    await widget.getByRole('button', { name: 'INV-0087' }).focus();
    await page.keyboard.press('Enter');
    const heading = widget.getByRole('heading', { level: 1, name: 'Invoice INV-0087' });
    await widget.getByText(harbour).first().waitFor();
    const { isDrawn, covered, room } = await readRing(heading);
    expect([isDrawn, covered]).toEqual([true, 0]);
    expect(room).toBeGreaterThanOrEqual(0);
  });
});

/** Luminance of a computed colour, as WCAG defines it. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** Holds the request that opens a session until `go` is called. */
async function holdOpen(page: Page) {
  let go: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  await page.route('**/api/open', async (route) => {
    await gate;
    await route.continue();
  });
  return go;
}

function height(widget: FrameLocator) {
  return widget.locator('main').evaluate((main) => main.getBoundingClientRect().height);
}

describe('the skeleton', () => {
  test.each([
    { theme: 'light', path: '/contacts/1001', shows: 'They owe you' },
    { theme: 'dark', path: '/contacts/1001', shows: 'They owe you' },
    { theme: 'light', path: '/contacts/1001?panel=quick', shows: 'Invoices' },
    { theme: 'light', path: '/setup/apps/xero', shows: 'Sales account', user: adminId },
  ] as const)(
    'when $path loads in a $theme page, then it is visible and about as tall as the content',
    async ({ theme, path, shows, ...who }) => {
      const { page, widget } = await stage.open('/', { theme, ...who });
      const go = await holdOpen(page);
      await page.goto(stage.world().crm.origin + path);
      const skeleton = widget.getByRole('status', { name: 'Loading' });
      await skeleton.waitFor();
      await widget.locator(`html[data-theme=${theme}]`).waitFor();
      const bone = await skeleton
        .locator('.bones')
        .first()
        .evaluate((element) => {
          const { backgroundImage } = getComputedStyle(element, '::before');
          return [
            backgroundImage.match(/rgb[^)]*\)/)?.[0] ?? '',
            getComputedStyle(document.documentElement).backgroundColor,
          ];
        });
      expect(contrast(bone[0] ?? '', bone[1] ?? '')).toBeGreaterThan(1.3);
      const before = await height(widget);
      go();
      await widget.getByText(shows, { exact: true }).first().waitFor();
      const after = await height(widget);
      expect(before / after).toBeGreaterThan(0.85);
      expect(before / after).toBeLessThan(1.15);
    },
  );

  test('when no script has run yet, then the same skeleton is shown', async () => {
    const { page, widget } = await stage.open('/');
    await holdOpen(page);
    await page.goto(`${stage.world().crm.origin}/contacts/1001`);
    const drawn = widget.getByRole('status', { name: 'Loading' });
    await drawn.waitFor();
    const src = (await page.locator('ledgerside-widget > iframe').getAttribute('src')) ?? '';
    const written = await (await fetch(src)).text();
    const plain = (html: string) => html.replaceAll(/>\s+</g, '><');
    expect(plain(written)).toContain(plain(await drawn.evaluate((element) => element.outerHTML)));
  });
});

describe('forced colours', () => {
  test('when colours are forced, then the bars of a deal have a border', async () => {
    const { page, widget } = await stage.open('/deals/9001', { forcedColors: 'active' });
    const bars = widget.locator('.meter');
    await bars.first().waitFor();
    expect(await bars.count()).toBe(3);
    for (const bar of await bars.all()) {
      const [width, line, ground] = await bar.evaluate((element) => {
        const { borderTopWidth, borderTopColor } = getComputedStyle(element);
        return [borderTopWidth, borderTopColor, getComputedStyle(document.documentElement).backgroundColor];
      });
      expect([width, contrast(line ?? '', ground ?? '') > 3]).toEqual(['1px', true]);
    }
    await page.emulateMedia({ forcedColors: 'none' });
  });
});
