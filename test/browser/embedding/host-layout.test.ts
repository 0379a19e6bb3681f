import { describe, expect, test } from 'vitest';
import { setHostStage } from '#test/support/page/host-stage.ts';
import { eventually, readWidget } from '#test/support/page/screen.ts';

const stage = setHostStage();

async function visit(around: (element: string) => string, { head = '', more = '' } = {}) {
  const opened = await stage.visit(
    {
      body: around(`<ledgerside-widget ${stage.attributes()} token-url="/token" ${more}></ledgerside-widget>`),
      head: `<style>body { margin: 0 }</style>${head}<script src="${stage.world().product().origin}/embed.js"></script>`,
    },
    { viewport: { width: 900, height: 800 } },
  );
  const element = opened.page.locator('ledgerside-widget');
  const width = (selector: string) =>
    opened.page.locator(selector).evaluate((one) => Math.round(one.getBoundingClientRect().width));
  return {
    ...opened,
    element,
    readWidths: async () => [await width('ledgerside-widget'), await width('ledgerside-widget > iframe')],
  };
}

function row(style: string, before = '') {
  return (element: string) => `<div style="display:flex;width:800px;${style}">${before}${element}</div>`;
}

describe('a page without styles for the element', () => {
  test.each<[string, (element: string) => string, number]>([
    ['a block', (element) => `<div style="width:800px">${element}</div>`, 800],
    ['a paragraph of text', (element) => `<p style="width:800px">Xero: ${element}</p>`, 800],
    ['a row', row(''), 800],
    ['a row beside something of a fixed width', row('', '<div style="flex:none;width:300px">Left</div>'), 500],
    ['a row beside something that takes the rest', row('', '<div style="flex:1">Left</div>'), 525],
    ['a row beside text without an end', row('', `<div style="white-space:nowrap">${'long '.repeat(300)}</div>`), 250],
    ['a column', row('flex-direction:column'), 800],
    ['a column that centres', row('flex-direction:column;align-items:center'), 800],
    ['a row that is narrower than the narrowest frame', row('width:200px'), 200],
    [
      'a grid',
      (element) => `<div style="display:grid;width:800px;grid-template-columns:300px 1fr"><i></i>${element}</div>`,
      500,
    ],
    [
      'a shadow tree',
      (element) => `<div style="width:800px"><template shadowrootmode="open">${row('')(element)}</template></div>`,
      800,
    ],
  ])('when the element is in %s, then element and frame fill the space', async (_where, around, expected) => {
    const { widget, readWidths, problems, close } = await visit(around);
    await widget.locator('main').waitFor();
    expect(await readWidths()).toEqual([expected, expected]);
    expect(problems()).toEqual([]);
    await close();
  });

  test('when it has the attribute hidden, then it is hidden', async () => {
    const { element, close } = await visit((one) => one, { more: 'hidden' });
    expect(await element.isVisible()).toBe(false);
    await element.evaluate((one) => one.removeAttribute('hidden'));
    expect(await element.evaluate((one) => getComputedStyle(one).display)).toBe('block');
    await close();
  });
});

test.each([
  ['ledgerside-widget { width: 320px; flex: none }', [320, 320]],
  ['ledgerside-widget { display: none }', [0, 0]],
])('when the page’s own style says %j, then it applies', async (css, expected) => {
  const { readWidths, close } = await visit(row(''), { head: `<style>${css}</style>` });
  expect(await readWidths()).toEqual(expected);
  await close();
});

test('when the locale is written with an underscore, then numbers and dates follow it', async () => {
  const { widget, close } = await visit((element) => element, { more: 'locale="de_DE"' });
  await eventually(async () => expect(await readWidget(widget)).toContain('12.480,00'));
  await close();
});
