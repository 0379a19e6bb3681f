import type { FrameLocator, Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { press } from '#test/support/page/press.ts';
import { eventually, readEvents, readFigure, readWidget } from '#test/support/page/screen.ts';
import { setStage } from '#test/support/page/stage.ts';
import { presets } from '#test/support/people/admin.ts';

const stage = setStage();

beforeAll(async () => {
  const { admin } = stage.world();
  await admin.connect();
  await admin.grant({ ben: presets.full });
  await admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
  await admin.link({ type: 'contact', id: '1004' }, 'Nordlys Trading AS');
});
afterEach(() => stage.world().xero.control.clearFaults());

function heading(widget: FrameLocator, name: string) {
  return widget.getByRole('heading', { level: 1, name });
}

/** Leaves a mark in the frame's window. A reload would remove it. */
async function markFrame(widget: FrameLocator): Promise<() => Promise<boolean>> {
  const root = widget.locator('html');
  await root.evaluate(() => Object.assign(window, { hasStayed: true }));
  return () => root.evaluate(() => 'hasStayed' in window);
}

function showRecord(page: Page, id: string) {
  return page
    .locator('ledgerside-widget')
    .evaluate((element, recordId) => element.setAttribute('record-id', recordId), id);
}

describe('the page changes the record', () => {
  test('when the CRM goes to the next record, then the content changes and the frame stays', async () => {
    const { page, widget } = await stage.open('/contacts/1001');
    await heading(widget, 'Harbour Lights Pty Ltd').waitFor();
    const hasStayed = await markFrame(widget);
    await page.getByRole('link', { name: /next/i }).click();
    await page.waitForURL(/\/contacts\/1002/);
    await heading(widget, 'Link to Xero').waitFor();
    expect(await hasStayed()).toBe(true);
  });

  test('when the older record answers late, then its answer is dropped', async () => {
    await stage.world().restartProduct();
    const { page, widget } = await stage.open('/contacts/1004');
    await heading(widget, 'Nordlys Trading AS').waitFor();
    const { control } = stage.world().xero;
    await control.clearRequests();
    await control.fault({ kind: 'slow', delayMs: 1500, path: '/Invoices' });
    const asked = page.waitForRequest(/\/api\/open/);
    await showRecord(page, '1001');
    await asked;
    await showRecord(page, '1004');
    await heading(widget, 'Nordlys Trading AS').waitFor();
    await eventually(async () =>
      expect((await control.requests()).some(({ path, status }) => path.endsWith('/Invoices') && status === 200)).toBe(
        true,
      ),
    );
    expect(await readWidget(widget)).not.toContain('Harbour Lights');
    expect(await readFigure(widget, 'outstanding')).toMatch(/^4 AUD 3,150\.00/);
  });
});

describe('the page changes its theme or size', () => {
  test('when the theme changes, then the widget follows without a reload or a request', async () => {
    const { page, widget } = await stage.open('/contacts/1001', { theme: 'light' });
    await heading(widget, 'Harbour Lights Pty Ltd').waitFor();
    const background = () => widget.locator('body').evaluate((body) => getComputedStyle(body).color);
    const light = await background();
    const hasStayed = await markFrame(widget);
    const asked: string[] = [];
    page.on('request', (request) => request.url().includes('/api/') && asked.push(request.url()));
    await page.locator('#theme-switch').click();
    await widget.locator('html[data-theme=dark]').waitFor();
    expect(await background()).not.toBe(light);
    expect(await hasStayed()).toBe(true);
    expect(asked).toEqual([]);
  });

  test('when the content grows or shrinks, then the frame has its height', async () => {
    const { page, widget } = await stage.open('/contacts/1001');
    await heading(widget, 'Harbour Lights Pty Ltd').waitFor();
    const frameHeight = () => page.locator('ledgerside-widget > iframe').evaluate((frame) => frame.clientHeight);
    const contentHeight = () =>
      widget.locator('#root').evaluate((root) => Math.ceil(root.getBoundingClientRect().height));
    const fits = () => eventually(async () => expect(await frameHeight()).toBe(await contentHeight()));
    await fits();
    const tall = await frameHeight();
    await showRecord(page, '1010');
    await heading(widget, 'Link to Xero').waitFor();
    await fits();
    expect(await frameHeight()).toBeLessThan(tall);
    await page.locator('ledgerside-widget').evaluate((element) => {
      element.style.cssText = 'display:block;width:250px';
    });
    await showRecord(page, '1001');
    await heading(widget, 'Harbour Lights Pty Ltd').waitFor();
    await fits();
    expect(await frameHeight()).toBeGreaterThan(tall);
  });
});

describe('the page gives record tokens', () => {
  test('when it sets getToken instead of token-url, then the widget works the same', async () => {
    const { page, widget } = await stage.open('/contacts');
    await page.locator('[data-quick="1001"]').click();
    await heading(widget, 'Harbour Lights Pty Ltd').waitFor();
    expect(await page.locator('ledgerside-widget').getAttribute('token-url')).toBeNull();
    await eventually(async () => expect((await readEvents(page)).map(({ type }) => type)).toEqual(['ready']));
  });

  test('when it gives no token, then the widget says so and Retry asks again', async () => {
    const { page, widget, expectProblems } = await stage.open('/contacts/1001');
    expectProblems(/status of 404/);
    await heading(widget, 'Harbour Lights Pty Ltd').waitFor();
    await showRecord(page, 'nobody');
    await eventually(async () =>
      expect(await readWidget(widget)).toContain('The CRM did not provide a sign-in for this record'),
    );
    const events = await readEvents(page);
    expect(events.at(-1)).toMatchObject({ type: 'error', detail: { code: 'token_unavailable' } });
    await press(widget.getByRole('button', { name: 'Retry' }));
    await showRecord(page, '1001');
    await heading(widget, 'Harbour Lights Pty Ltd').waitFor();
  });
});

describe('the page moves the element', () => {
  test('when the element is moved within the page, then the widget is shown again', async () => {
    const { page, widget } = await stage.open('/contacts/1001');
    await heading(widget, 'Harbour Lights Pty Ltd').waitFor();
    await page.evaluate(() => {
      const element = document.querySelector('ledgerside-widget');
      if (element) document.querySelector('main')?.prepend(element);
    });
    await heading(widget, 'Harbour Lights Pty Ltd').waitFor();
    expect(await page.locator('ledgerside-widget > iframe').count()).toBe(1);
  });
});
