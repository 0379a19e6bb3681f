import type { FrameLocator } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { press } from '#test/support/page/press.ts';
import { eventually, readEvents, readFigure, readText, readWidget } from '#test/support/page/screen.ts';
import { setStage } from '#test/support/page/stage.ts';
import { presets } from '#test/support/people/admin.ts';

const stage = setStage();
function record(id: string) {
  return { type: 'contact' as const, id };
}

beforeAll(async () => {
  const { admin } = stage.world();
  await admin.connect();
  await admin.grant({ ben: presets.full });
});
// A new process has all 60 calls of the minute.
beforeEach(async () => {
  await stage.world().restartProduct();
  await stage.world().xero.control.reset({ keepConnections: true });
});

function search(widget: FrameLocator) {
  return widget.getByRole('combobox', { name: 'Search contact in Xero' });
}

async function openUnlinked(id: string) {
  await stage.world().admin.unlink(record(id));
  const opened = await stage.open(`/contacts/${id}`);
  await opened.widget.getByRole('heading', { level: 1, name: 'Link to Xero' }).waitFor();
  return opened;
}

async function openLinked(id: string, contactName: string) {
  await stage.world().admin.link(record(id), contactName);
  const opened = await stage.open(`/contacts/${id}`);
  await opened.widget.getByRole('heading', { level: 1, name: contactName }).waitFor();
  return opened;
}

describe('searching Xero for a contact', () => {
  test('a part of a name offers matching contacts, and Enter links the chosen one', async () => {
    const { page, widget } = await openUnlinked('1010');
    await search(widget).fill('kookaburra');
    await widget.getByRole('option', { name: /Kookaburra Couriers/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await widget.getByRole('heading', { level: 1, name: 'Kookaburra Couriers' }).waitFor();
    expect((await readEvents(page)).map(({ type }) => type)).toEqual(['ready', 'linked']);
  });

  test('when nothing matches, then it says No Records Found', async () => {
    const { widget } = await openUnlinked('1010');
    await search(widget).fill('nobody is called this');
    await widget.getByText('No Records Found').waitFor();
  });

  test.each(['Ørsted & Søn "Værft"', '100% "true" OR 1==1', "O'", '\\', '<script>', '?&=#+;', '日本'])(
    'when %s is typed, then the search answers and nothing breaks',
    async (text) => {
      const { widget } = await openUnlinked('1010');
      await search(widget).fill(text);
      await eventually(async () => expect(await readWidget(widget)).toMatch(/No Records Found|\d+ contacts? found/));
      expect(await readWidget(widget)).not.toContain('Error fetching details');
    },
  );

  test('when a name has quotes and an ampersand, then search finds it and shows it unchanged', async () => {
    const { widget } = await openUnlinked('1010');
    await search(widget).fill('Ørsted & Søn "Værft"');
    await widget.getByRole('option', { name: 'Ørsted & Søn "Værft" A/S' }).waitFor();
  });

  test('when Xero fails during a search, then Retry is offered and typed text stays', async () => {
    const { widget, expectProblems } = await openUnlinked('1010');
    expectProblems(/status of 50[23]/);
    await stage.world().xero.control.fault({ kind: 'status', status: 500, times: Number.POSITIVE_INFINITY });
    await search(widget).fill('kookaburra');
    await widget.getByRole('region', { name: 'Error fetching details, click Retry' }).waitFor();
    await stage.world().xero.control.clearFaults();
    await press(widget.getByRole('button', { name: 'Retry' }));
    await widget.getByRole('option', { name: /Kookaburra Couriers/ }).waitFor();
    expect(await search(widget).inputValue()).toBe('kookaburra');
  });
});

describe('adding a contact', () => {
  const openForm = async (id: string) => {
    const opened = await openUnlinked(id);
    await press(opened.widget.getByRole('button', { name: 'Add Contact' }).first());
    const form = opened.widget.getByRole('form', { name: 'Add Contact' });
    await form.waitFor();
    return { ...opened, form };
  };

  test('Create adds the contact with the CRM’s details and links the record', async () => {
    const { page, widget, form, screenshot } = await openForm('1010');
    expect(await form.getByLabel('Name', { exact: true }).inputValue()).toBe('Zeynep Aydın');
    expect(await form.getByLabel('E-mail').inputValue()).toBe('zeynep@kiteworks.example');
    await screenshot('add-contact');
    await press(form.getByRole('button', { name: 'Create' }));
    await widget.getByRole('heading', { level: 1, name: 'Zeynep Aydın' }).waitFor();
    await eventually(async () => expect(await readWidget(widget)).toContain('Nothing overdue'));
    const created = (await readEvents(page)).find(({ type }) => type === 'created');
    expect(created?.detail).toMatchObject({ kind: 'contact', number: null });
    const { organisations } = await stage.world().xero.control.seedInfo();
    expect(Object.values(organisations[0]?.contacts ?? {})).toContain(created?.detail.id);
  });

  test('when the name is taken, then the contact that has it is offered and linked', async () => {
    const { widget, form, expectProblems, screenshot } = await openForm('1010');
    expectProblems(/status of 409/);
    await form.getByLabel('Name', { exact: true }).fill('Kookaburra Couriers');
    await press(form.getByRole('button', { name: 'Create' }));
    await widget.getByRole('region', { name: 'Kookaburra Couriers already exists in Xero' }).waitFor();
    expect(await form.getByLabel('E-mail').inputValue()).toBe('zeynep@kiteworks.example');
    await screenshot('add-contact-clash');
    await press(widget.getByRole('button', { name: 'Link Kookaburra Couriers' }));
    await widget.getByRole('heading', { level: 1, name: 'Kookaburra Couriers' }).waitFor();
  });

  test('when Xero fails, then typed text stays and the next Create makes one contact', async () => {
    const { widget, form, expectProblems } = await openForm('1010');
    expectProblems(/status of 50\d/);
    const { control } = stage.world().xero;
    await form.getByLabel('First name').fill('Zeyneb');
    await control.fault({ kind: 'status', status: 503, method: 'PUT', path: '/Contacts' });
    await press(form.getByRole('button', { name: 'Create' }));
    await widget.getByRole('region', { name: 'Couldn’t add the contact' }).waitFor();
    expect(await form.getByLabel('First name').inputValue()).toBe('Zeyneb');
    await press(form.getByRole('button', { name: 'Create' }));
    await widget.getByRole('heading', { level: 1, name: 'Zeynep Aydın' }).waitFor();
  });

  test('when the name is empty, then it says so at the field and nothing is sent', async () => {
    const { form } = await openForm('1010');
    await stage.world().xero.control.clearRequests();
    await form.getByLabel('Name', { exact: true }).fill(' ');
    await press(form.getByRole('button', { name: 'Create' }));
    await form.getByText('Enter a name.').waitFor();
    expect(await stage.world().xero.control.requests()).toEqual([]);
  });
});

describe('a linked contact', () => {
  test('when it is shown, then it has the time of its figures and a link to the contact in Xero', async () => {
    const { widget } = await openLinked('1001', 'Harbour Lights Pty Ltd');
    expect(await readText(widget.locator('footer time'))).toMatch(/^As of \d{1,2}:\d\d/);
    const { control, origin } = stage.world().xero;
    const organisation = (await control.seedInfo()).organisations[0];
    const id = organisation?.contacts['Harbour Lights Pty Ltd'];
    await press(widget.getByRole('button', { name: 'More actions' }));
    const href = await widget.getByRole('menuitem', { name: 'View in Xero' }).getAttribute('href');
    expect(href).toBe(`${origin}/app/${organisation?.shortCode}/contacts/contact/${id}`);
    expect((await fetch(href ?? '')).ok).toBe(true);
  });

  test('when documents are in two currencies, then each has a line, and an approximate sum is below', async () => {
    const { widget } = await openLinked('1004', 'Nordlys Trading AS');
    await eventually(async () =>
      expect(await readFigure(widget, 'outstanding')).toMatch(
        /^4 AUD 3,150\.00 USD 2,400\.00 ≈ AUD [\d,]+\.\d\d each document converted at its own exchange rate$/,
      ),
    );
    const basis = 'Each document is converted at its own exchange rate. The balance in Xero may differ.';
    const row = widget.getByRole('row', { name: /^Outstanding invoices .*at its own exchange rate$/ });
    expect(await row.getByTitle(basis).count()).toBe(1);
    const notDue = widget.getByRole('list', { name: 'Invoice ageing' }).getByRole('listitem').first();
    expect(await notDue.getAttribute('title')).toContain(basis);
    expect(await readText(notDue)).toContain('each document converted at its own exchange rate');
    expect(await readText(widget.getByRole('region', { name: 'Overdue' }))).toContain('Nothing overdue');
  });

  test('when somebody pays an invoice in Xero, then Refresh shows it', async () => {
    const { widget } = await openLinked('1001', 'Harbour Lights Pty Ltd');
    await eventually(async () => expect(await readFigure(widget, 'outstanding')).toBe('3 AUD 12,480.00'));
    const { control } = stage.world().xero;
    const organisation = (await control.seedInfo()).organisations[0];
    await control.addInvoice({
      tenantId: organisation?.tenantId ?? '',
      Type: 'ACCREC',
      Contact: { ContactID: organisation?.contacts['Harbour Lights Pty Ltd'] ?? '' },
      Status: 'AUTHORISED',
      CurrencyCode: 'AUD',
      LineItems: [{ Description: 'One more', Quantity: 1, UnitAmount: 20 }],
    });
    await press(widget.getByRole('button', { name: 'Refresh' }));
    await eventually(async () => expect(await readFigure(widget, 'outstanding')).toMatch(/^4 AUD 12,50\d\.00$/));
  });

  test('Unlink asks first; Cancel changes nothing, Unlink shows suggestions', async () => {
    const { page, widget, screenshot } = await openLinked('1001', 'Harbour Lights Pty Ltd');
    const choose = async () => {
      await press(widget.getByRole('button', { name: 'More actions' }));
      await press(widget.getByRole('menuitem', { name: 'Unlink…' }));
    };
    await choose();
    const question = widget.getByRole('alertdialog', { name: 'Unlink from Harbour Lights Pty Ltd?' });
    await screenshot('unlink-question');
    await press(question.getByRole('button', { name: 'Cancel' }));
    await question.waitFor({ state: 'detached' });
    await choose();
    await press(question.getByRole('button', { name: 'Unlink' }));
    await widget.getByRole('heading', { level: 1, name: 'Link to Xero' }).waitFor();
    expect((await readEvents(page)).map(({ type }) => type)).toEqual(['ready', 'unlinked']);
  });

  test('when only the keyboard is used, then everything from the first match to Unlink works', async () => {
    await stage.world().admin.link({ type: 'company', id: '501' }, 'Harbour Lights Pty Ltd');
    const { page, widget } = await openUnlinked('1001');
    const first = widget.getByRole('button', { name: 'Link Contact: Harbour Lights Pty Ltd' });
    await first.waitFor();
    const pressUntil = async (key: string, isThere: () => Promise<boolean>) => {
      for (let count = 0; count < 60 && !(await isThere()); count += 1) await page.keyboard.press(key);
      expect(await isThere()).toBe(true);
    };
    const hasFocus = (name: string, role: 'button' | 'menuitem') => () =>
      widget
        .getByRole(role, { name })
        .first()
        .evaluate((element) => element === document.activeElement);
    await pressUntil('Tab', hasFocus('Link Contact: Harbour Lights Pty Ltd', 'button'));
    await page.keyboard.press('Enter');
    await widget.getByRole('heading', { level: 1, name: 'Harbour Lights Pty Ltd' }).waitFor();
    await eventually(async () =>
      expect(await widget.getByRole('heading', { level: 1 }).evaluate((h) => h === document.activeElement)).toBe(true),
    );
    await pressUntil('Tab', hasFocus('More actions', 'button'));
    await page.keyboard.press('Enter');
    await widget.locator('[role=menuitem]:focus').waitFor();
    await pressUntil('ArrowDown', hasFocus('Unlink…', 'menuitem'));
    await page.keyboard.press('Enter');
    await widget.getByRole('alertdialog').waitFor();
    await pressUntil('Tab', hasFocus('Unlink', 'button'));
    await page.keyboard.press('Enter');
    await widget.getByRole('heading', { level: 1, name: 'Link to Xero' }).waitFor();
  });
});
