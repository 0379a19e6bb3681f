import { beforeAll, describe, expect, test } from 'vitest';
import { openTestPage } from '#test/support/page/browser.ts';
import { setHostStage } from '#test/support/page/host-stage.ts';
import { eventually, readFigure } from '#test/support/page/screen.ts';
import { buildHost } from './frameworks/build-host.ts';

const stage = setHostStage();

beforeAll(() => stage.world().admin.link({ type: 'contact', id: '1004' }, 'Nordlys Trading AS'));

function loaderTag() {
  return `<script defer src="${stage.world().product().origin}/embed.js"></script>`;
}
const appTag = '<script defer src="/host.js"></script>';

async function visit(script: string, { how, head }: { how: 'late' | 'usual'; head: string }) {
  const host = stage.host();
  host.show({ body: '', head, script });
  const { origin: server, workspace } = stage.world().product();
  const opened = await openTestPage(stage.browser());
  await opened.page.goto(`${host.origin}/?${new URLSearchParams({ server, workspace: workspace.id, how })}`);
  const { page, widget } = opened;
  const element = page.locator('ledgerside-widget');
  return {
    ...opened,
    element,
    press: (name: string) => page.getByRole('button', { name }).click(),
    addLoader: () => page.addScriptTag({ url: `${server}/embed.js` }),
    shows: (heading: string) => widget.getByRole('heading', { level: 1, name: heading }).waitFor(),
    readAsked: async () => (await page.locator('html').getAttribute('data-asked'))?.trim().split(' '),
  };
}

describe.each([
  ['React 19', 'react-host.tsx'],
  ['Preact', 'preact-host.tsx'],
  ['Vue 3', 'vue-host.ts'],
])('a page made with %s', (_framework, file) => {
  let script: string;
  beforeAll(async () => {
    script = await buildHost(file);
  });

  test('when the loader comes before the app, then getToken, figures and events work', async () => {
    const { widget, element, page, shows, press, readAsked, problems, close } = await visit(script, {
      ...{ how: 'usual', head: loaderTag() + appTag },
    });
    await shows('Harbour Lights Pty Ltd');
    await eventually(async () => expect(await readFigure(widget, 'outstanding')).toBe('3 AUD 12,480.00'));
    expect(await element.evaluate((one) => 'getToken' in one && typeof one.getToken)).toBe('function');
    expect(await element.evaluate((one) => one.getAttributeNames().filter((name) => /token/i.test(name)))).toEqual([]);
    await page.locator('html[data-ready=yes]').waitFor();
    await press('Next record');
    await shows('Nordlys Trading AS');
    expect(await readAsked()).toEqual(['contact/1001', 'contact/1004']);
    expect(problems()).toEqual([]);
    await close();
  });

  test('when the loader comes after the app, then a getToken that was set earlier works', async () => {
    const { element, addLoader, shows, press, problems, close } = await visit(script, { how: 'late', head: appTag });
    await element.waitFor({ state: 'attached' });
    await addLoader();
    await shows('Harbour Lights Pty Ltd');
    await press('Next record');
    await shows('Nordlys Trading AS');
    expect(problems()).toEqual([]);
    await close();
  });

  test('a late loader and getToken set on the next render: the frame waits', async () => {
    const { element, page, addLoader, shows, press, problems, close } = await visit(script, {
      ...{ how: 'usual', head: appTag },
    });
    await element.waitFor({ state: 'attached' });
    await addLoader();
    await page.frameLocator('ledgerside-widget > iframe').locator('main').waitFor();
    await press('Render again');
    await shows('Harbour Lights Pty Ltd');
    expect(problems()).toEqual([]);
    await close();
  });
});

describe('a page without a framework', () => {
  const setToken = `document.querySelector('ledgerside-widget').getToken = async (record) =>
    (await fetch('/token?' + new URLSearchParams(record))).text();`;

  test.each([
    ['before the element is defined', () => appTag + loaderTag(), setToken],
    ['after the element is in the page', () => loaderTag() + appTag, setToken],
    // Real time: the page sets it after everything is loaded.
    ['long after', () => loaderTag() + appTag, `addEventListener('load', () => setTimeout(() => {${setToken}}, 500));`],
  ])('when getToken is set %s, then it is called for the token', async (_when, head, script) => {
    const body = `<ledgerside-widget ${stage.attributes()}></ledgerside-widget>`;
    const { widget, problems, close } = await stage.visit({ body, head: head(), script });
    await eventually(async () => expect(await readFigure(widget, 'outstanding')).toBe('3 AUD 12,480.00'));
    expect(problems()).toEqual([]);
    await close();
  });

  test('when a framework looks for the property, then it finds it on the prototype', async () => {
    const { page, close } = await stage.visit({ body: '', head: loaderTag() });
    const found = () => {
      const accessor = Object.getOwnPropertyDescriptor(customElements.get('ledgerside-widget')?.prototype, 'getToken');
      return [typeof accessor?.get, typeof accessor?.set, 'getToken' in document.createElement('ledgerside-widget')];
    };
    expect(await page.evaluate(found)).toEqual(['function', 'function', true]);
    await close();
  });
});
