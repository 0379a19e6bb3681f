import type { FrameLocator, Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connectRoute } from '#shared/contract/settings.ts';
import { startHostPage } from '#test/support/page/host-page.ts';
import { press } from '#test/support/page/press.ts';
import { eventually, readFigure, readText, readWidget } from '#test/support/page/screen.ts';
import { setStage } from '#test/support/page/stage.ts';
import { adminId, presets } from '#test/support/people/admin.ts';

const stage = setStage();

async function openSettings() {
  const opened = await stage.open('/setup/apps/xero', { user: adminId });
  await opened.widget.getByRole('heading', { level: 1, name: 'Xero' }).waitFor();
  return opened;
}

/** Goes from the settings to Xero's consent page in the same tab. */
async function goToConsent(page: Page, widget: FrameLocator): Promise<void> {
  await press(widget.getByRole('button', { name: 'Connect to Xero' }));
  await page.getByRole('heading', { name: 'Connect Xero to Fieldnote CRM' }).waitFor();
  await page.getByRole('button', { name: 'Continue to Xero' }).click();
  await page.getByRole('button', { name: 'Allow access' }).waitFor();
}

function readPage(page: Page) {
  return readText(page.locator('main'));
}

describe('an admin connects Xero', () => {
  beforeEach(() => stage.world().admin.disconnect());

  test('when consent is given, then the settings open in the same tab and say so', async () => {
    const { page, widget, screenshot } = await openSettings();
    expect(await readWidget(widget)).toContain('Not connected');
    await press(widget.getByRole('button', { name: 'Connect to Xero' }));
    await page.getByRole('heading', { name: 'Connect Xero to Fieldnote CRM' }).waitFor();
    expect(await readPage(page)).toContain('Asked by Olivia Hart');
    await screenshot('connect-1-page');
    await page.getByRole('button', { name: 'Continue to Xero' }).click();
    await page.getByText('Sandbox, not Xero').first().waitFor();
    await screenshot('connect-2-consent');
    await page.getByRole('button', { name: 'Allow access' }).click();

    await widget.getByRole('region', { name: 'Xero connected successfully' }).waitFor();
    expect(page.url()).toBe(`${stage.world().crm.origin}/setup/apps/xero`);
    expect(page.context().pages()).toHaveLength(1);
    expect(await readWidget(widget)).toContain('Connected to Demo Company (AU)');
    expect(await readText(widget.locator('.settings-status'))).toBe('Running');
    await screenshot('connect-3-settings');
  });

  test('denied consent: the page and the settings say that nothing changed', async () => {
    const { page, widget, screenshot } = await openSettings();
    await goToConsent(page, widget);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('heading', { name: 'Access was not allowed in Xero' }).waitFor();
    await screenshot('connect-denied');
    await page.getByRole('link', { name: 'Back to the CRM' }).click();
    await widget.getByRole('region', { name: 'Couldn’t connect to Xero' }).waitFor();
    expect(await readWidget(widget)).toContain('Access was not allowed in Xero');
    expect(await widget.getByRole('button', { name: 'Connect to Xero' }).count()).toBe(1);
  });

  test('when Xero answers with an unknown state, then a page says so and nothing is connected', async () => {
    const { page, widget, expectProblems } = await openSettings();
    expectProblems(/status of 400/);
    await goToConsent(page, widget);
    await page.goto(`${stage.world().product().origin}/oauth/callback?code=made-up&state=made-up`);
    await page.getByRole('heading', { name: 'This answer from Xero cannot be used' }).waitFor();
    expect(await readPage(page)).toContain('Go back to the CRM’s Xero settings. Connect again.');
    const { opened } = await stage.world().visit({ userId: adminId, recordType: 'settings' });
    expect(opened.connection.status).toBe('disconnected');
  });

  test('when the callback is opened a second time, then it is refused and the connection stays', async () => {
    const { page, widget, expectProblems } = await openSettings();
    expectProblems(/status of 400/);
    const callback = page.waitForRequest(/\/oauth\/callback/);
    await goToConsent(page, widget);
    await page.getByRole('button', { name: 'Allow access' }).click();
    await widget.getByRole('region', { name: 'Xero connected successfully' }).waitFor();
    await page.goto((await callback).url());
    await page.getByRole('heading', { name: /cannot be used|another browser/ }).waitFor();
    const { opened } = await stage.world().visit({ userId: adminId, recordType: 'settings' });
    expect(opened.connection.status).toBe('running');
  });

  test('when the connect link is used again, then the page says that it worked once', async () => {
    const { page, widget, expectProblems, screenshot } = await openSettings();
    expectProblems(/status of 400/);
    const link = page.waitForRequest(/\/connect\?ticket=/);
    await goToConsent(page, widget);
    await page.goto((await link).url());
    await page.getByRole('heading', { name: 'This link is no longer valid' }).waitFor();
    expect(await readPage(page)).toContain('press Connect to Xero again');
    await screenshot('connect-replayed');
  });

  test('when the connect form is sent, then its request has our origin', async () => {
    const { page, widget } = await openSettings();
    const posted = page.waitForRequest((request) => request.method() === 'POST' && /\/connect$/.test(request.url()));
    await goToConsent(page, widget);
    const headers = await (await posted).allHeaders();
    const { origin } = stage.world().product();
    expect([headers.origin, headers['sec-fetch-site']]).toEqual([origin, 'same-origin']);
  });

  test('when another site posts a ticket, then a page stops it and nothing is connected', async () => {
    const { page, expectProblems } = await openSettings();
    expectProblems(/status of 400/);
    const { url } = await (await stage.world().visit({ userId: adminId, recordType: 'settings' })).call(connectRoute);
    const { origin } = stage.world().product();
    const ticket = new URL(url, origin).searchParams.get('ticket') ?? '';
    const other = await startHostPage();
    try {
      const field = `<input type="hidden" name="ticket" value="${ticket}">`;
      other.show({ body: `<form method="post" action="${origin}/connect">${field}<button>A prize</button></form>` });
      await page.goto(other.origin);
      await page.getByRole('button', { name: 'A prize' }).click();
      await page.getByRole('heading', { name: 'You started connecting in another browser' }).waitFor();
      expect(page.url()).toBe(`${origin}/connect`);
    } finally {
      await other.close();
    }
  });

  test('another organisation is refused while one is connected', async () => {
    const { admin, xero } = stage.world();
    await admin.connect();
    await admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
    const other = (await xero.control.seedInfo()).organisations.find(({ name }) => name === 'Late Payers Ltd');
    const { status } = await admin.connect({ organisations: [other?.tenantId ?? ''] });
    expect(status).toBe(400);
    const { widget } = await openSettings();
    expect(await readWidget(widget)).toContain('A different organisation was chosen');
    expect(await readWidget(widget)).toContain('Connected to Demo Company (AU)');
  });

  test('when it is disconnected and connected again, then the links are back', async () => {
    const { admin } = stage.world();
    await admin.connect();
    await admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
    const { page, widget } = await openSettings();
    await press(widget.getByRole('button', { name: 'Disconnect…' }));
    const question = widget.getByRole('alertdialog');
    expect(await readText(question)).toContain('Links and access are kept');
    await press(question.getByRole('button', { name: 'Disconnect' }));
    await eventually(async () => expect(await readWidget(widget)).toContain('Not connected'));
    const { widget: record } = await stage.open('/contacts/1001', { user: adminId });
    await record.getByRole('button', { name: 'Connect to Xero' }).waitFor();

    await goToConsent(page, widget);
    await page.getByRole('button', { name: 'Allow access' }).click();
    await widget.getByRole('region', { name: 'Xero connected successfully' }).waitFor();
    const { widget: again } = await stage.open('/contacts/1001', { user: adminId });
    await eventually(async () => expect(await readFigure(again, 'outstanding')).toBe('3 AUD 12,480.00'));
  });
});

describe('an admin says who may see what', () => {
  beforeAll(async () => {
    const { admin } = stage.world();
    await admin.disconnect();
    await admin.connect();
    await admin.grant({});
    await admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
  });

  test('Ben with all rights but bills sees no bills; Tom has no access', async () => {
    const { widget, screenshot } = await openSettings();
    await widget.getByRole('combobox', { name: 'Add a person' }).fill('ben');
    await press(widget.getByRole('option', { name: /Ben Carter/ }));
    await widget.getByRole('combobox', { name: 'Access for Ben Carter' }).selectOption({ label: 'All but bills' });
    await widget.getByText('Unsaved changes').waitFor();
    await screenshot('settings-access');
    await press(widget.getByRole('button', { name: 'Save' }));
    await widget.getByText('Unsaved changes').waitFor({ state: 'detached' });

    const { widget: bens } = await stage.open('/contacts/1001', { user: 'ben' });
    await eventually(async () => expect(await readFigure(bens, 'outstanding')).toBe('3 AUD 12,480.00'));
    expect(await readWidget(bens)).not.toMatch(/bill/i);

    const { widget: toms, screenshot: screenshotToms } = await stage.open('/contacts/1001', { user: 'tom' });
    await toms.getByRole('heading', { name: 'No access to Xero figures' }).waitFor();
    expect(await readWidget(toms)).not.toContain('12,480');
    await screenshotToms('forbidden');
  });

  test('when a viewer opens an unlinked record, then it says whom to ask', async () => {
    await stage.world().admin.grant({ priya: presets.viewer });
    const { widget } = await stage.open('/contacts/1004', { user: 'priya' });
    await widget.getByRole('heading', { name: 'Not linked to Xero yet' }).waitFor();
    expect(await readWidget(widget)).toContain('You don’t have permission to link. Ask an admin.');
    expect(await widget.getByRole('combobox').count()).toBe(0);
  });
});
