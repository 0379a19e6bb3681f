import type { FrameLocator } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { press } from '#test/support/page/press.ts';
import { eventually, readEvents, readText } from '#test/support/page/screen.ts';
import { setStage } from '#test/support/page/stage.ts';
import { presets } from '#test/support/people/admin.ts';

const stage = setStage();
const harbour = 'Harbour Lights Pty Ltd';
const company = { type: 'company', id: '501' } as const;

beforeAll(async () => {
  const { admin } = stage.world();
  await admin.connect();
  await admin.grant({ ben: presets.full, priya: presets.viewer });
});
beforeEach(async () => {
  const { admin, xero, restartProduct } = stage.world();
  await restartProduct();
  await xero.control.reset({ keepConnections: true });
  await admin.link(company, harbour);
  await admin.unlink({ type: 'contact', id: '1001' });
});

function openMenu(widget: FrameLocator) {
  return press(widget.getByRole('button', { name: 'More actions' }));
}

async function openCompany(user = 'ben') {
  const opened = await stage.open('/companies/501', { user });
  await opened.widget.getByText('They owe you').waitFor();
  return opened;
}

describe('a company’s page', () => {
  test('when the company is linked, then its menu leads to its contact in Xero', async () => {
    const { widget } = await openCompany();
    await openMenu(widget);
    const { organisations } = await stage.world().xero.control.seedInfo();
    const href = await widget.getByRole('menuitem', { name: 'View in Xero' }).getAttribute('href');
    expect(href).toContain(organisations[0]?.contacts[harbour]);
  });

  test('when Unlink is confirmed, then the company is unlinked and suggestions are back', async () => {
    const { page, widget } = await openCompany();
    await openMenu(widget);
    await press(widget.getByRole('menuitem', { name: 'Unlink…' }));
    const question = widget.getByRole('alertdialog', { name: `Unlink from ${harbour}?` });
    await press(question.getByRole('button', { name: 'Cancel' }));
    await openMenu(widget);
    await press(widget.getByRole('menuitem', { name: 'Unlink…' }));
    await press(question.getByRole('button', { name: 'Unlink' }));
    await widget.getByRole('heading', { level: 1, name: 'Link to Xero' }).waitFor();
    await widget.getByRole('button', { name: `Link Contact: ${harbour}` }).waitFor();
    expect((await readEvents(page)).map(({ type }) => type)).toEqual(['ready', 'unlinked']);
    await eventually(async () =>
      expect(await widget.getByRole('heading', { level: 1 }).evaluate((h) => h === document.activeElement)).toBe(true),
    );
  });

  test('a person linked by mistake can be unlinked from the company’s page', async () => {
    await stage.world().admin.link({ type: 'contact', id: '1002' }, 'Blue Gum Dental');
    const { widget } = await openCompany();
    await widget.getByText('1 person and the company').click();
    await press(widget.getByRole('button', { name: 'Unlink Jonas Weber from Blue Gum Dental' }));
    const question = widget.getByRole('alertdialog', { name: 'Unlink Jonas Weber from Blue Gum Dental?' });
    await press(question.getByRole('button', { name: 'Unlink' }));
    await widget.getByRole('button', { name: 'Find Jonas Weber in Xero' }).waitFor();
    expect(await readText(widget.locator('summary'))).toBe('Based on 1 Xero contact');
  });

  test('when a user may not link, then nothing offers to unlink', async () => {
    const { widget } = await openCompany('priya');
    await widget.getByText('Based on 1 Xero contact').click();
    await openMenu(widget);
    await widget.getByRole('menuitem', { name: 'Refresh' }).waitFor();
    expect(await widget.getByRole('menuitem', { name: 'Unlink…' }).count()).toBe(0);
    expect(await widget.getByRole('button', { name: /^Unlink/ }).count()).toBe(0);
  });

  test('when a person is opened, then suggestions and Add Contact are those of their own page', async () => {
    const own = await stage.open('/contacts/1001');
    const cards = (widget: FrameLocator) => widget.getByRole('list', { name: 'Possible matches' });
    const expected = await readText(cards(own.widget));
    expect(expected).toContain(harbour);
    const { widget } = await openCompany();
    await press(widget.getByRole('button', { name: 'Find Nora Lindqvist in Xero' }));
    expect(await readText(cards(widget))).toBe(expected);
    await press(widget.getByRole('button', { name: 'Add Contact' }));
    const form = widget.getByRole('form', { name: 'Add Contact' });
    expect(await form.getByLabel('E-mail').inputValue()).toBe('office@harbourlights.example');
    await press(form.getByRole('button', { name: 'Cancel' }));
    await press(widget.getByRole('button', { name: `Link Contact: ${harbour}` }));
    await widget.getByText('1 person and the company').waitFor();
  });
});

describe('finding a contact', () => {
  test('when nothing is suggested, then it says No Records Found until somebody types', async () => {
    const { widget } = await stage.open('/contacts/1019');
    await widget.getByText('No Records Found').waitFor();
    await widget.getByRole('combobox').fill('kookaburra');
    await widget.getByText('1 contact found').waitFor();
    expect(await widget.getByText('No Records Found').count()).toBe(0);
  });

  test('when one contact is found, then Enter picks it', async () => {
    const { page, widget } = await stage.open('/contacts/1019');
    await widget.getByRole('combobox').fill('kookaburra');
    await widget.getByRole('option', { name: /Kookaburra Couriers/, selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await widget.getByRole('heading', { level: 1, name: 'Kookaburra Couriers' }).waitFor();
    await stage.world().admin.unlink({ type: 'contact', id: '1019' });
  });

  test('several matches show their names in narrow frames; Enter picks none by itself', async () => {
    const { page, widget } = await stage.open('/contacts/1019');
    await widget.getByRole('combobox').fill('harbour');
    await widget.getByText('2 contacts found').waitFor();
    expect(await widget.getByRole('option').allInnerTexts()).toEqual([
      expect.stringContaining(harbour),
      expect.stringContaining('H. Lights (old)'),
    ]);
    await page.locator('ledgerside-widget').evaluate((element) => {
      element.style.cssText = 'width: 280px; flex: none';
    });
    await eventually(async () => expect(await widget.locator('html').evaluate(() => innerWidth)).toBe(280));
    const cut = await widget
      .locator('.option b')
      .evaluateAll((names) =>
        names.filter((name) => name.scrollWidth > name.clientWidth || name.scrollHeight > name.clientHeight),
      );
    expect(cut).toEqual([]);
    await page.keyboard.press('Enter');
    expect(await widget.getByRole('option', { selected: true }).count()).toBe(0);
    await widget.getByRole('heading', { level: 1, name: 'Link to Xero' }).waitFor();
  });

  test('when a new contact is unlinked, then it is suggested, and an earlier search finds it', async () => {
    const { widget } = await stage.open('/contacts/1019');
    const search = () => widget.getByRole('combobox').fill('dev kapoor');
    await search();
    await widget.getByText('No Records Found').waitFor();
    await press(widget.getByRole('button', { name: 'Add Contact' }).first());
    await press(widget.getByRole('button', { name: 'Create' }));
    await widget.getByRole('heading', { level: 1, name: 'Dev Kapoor' }).waitFor();
    await openMenu(widget);
    await press(widget.getByRole('menuitem', { name: 'Unlink…' }));
    await press(widget.getByRole('alertdialog').getByRole('button', { name: 'Unlink' }));
    await widget.getByRole('button', { name: 'Link Contact: Dev Kapoor' }).waitFor();
    await search();
    await widget.getByText('1 contact found').waitFor();
  });

  test('when a name matches with another e-mail address, then it asks to check', async () => {
    const { widget } = await stage.open('/contacts/1005');
    const card = widget.getByRole('list', { name: 'Possible matches' }).getByRole('listitem');
    expect(await readText(card)).toContain('Same name, different e-mail');
  });

  test('when Xero refuses a name with angle brackets, then its words are shown beside the name', async () => {
    const { widget, expectProblems } = await stage.open('/contacts/1019');
    expectProblems(/status of 422/);
    await press(widget.getByRole('button', { name: 'Add Contact' }).first());
    const name = widget.getByLabel('Name', { exact: true });
    await name.fill('Dev <Kapoor>');
    await press(widget.getByRole('button', { name: 'Create' }));
    await widget.getByText(/must not contain the characters < or >/).waitFor();
    expect(await name.getAttribute('aria-invalid')).toBe('true');
  });
});
