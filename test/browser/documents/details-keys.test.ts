import type { FrameLocator } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { press } from '#test/support/page/press.ts';
import { eventually } from '#test/support/page/screen.ts';
import { setStage } from '#test/support/page/stage.ts';
import { presets } from '#test/support/people/admin.ts';

/** View Details of a contact, with the keyboard alone. */
const stage = setStage();

beforeAll(async () => {
  const { admin } = stage.world();
  await admin.connect();
  await admin.grant({ ben: presets.full });
  await admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
});

function row(widget: FrameLocator, number: string) {
  return widget.getByRole('button', { name: number, exact: true });
}

async function openDetails() {
  const opened = await stage.open('/contacts/1001', { user: 'ben' });
  await press(opened.widget.getByRole('button', { name: /Details$/ }));
  await row(opened.widget, 'INV-0087').waitFor();
  return opened;
}

test('when a tab has the focus, then Home and End lead to the first and the last, arrows around', async () => {
  const { page, widget } = await openDetails();
  await widget.getByRole('tab', { name: /^Invoices/ }).focus();
  const steps = [
    ['End', /^Bills/],
    ['End', /^Bills/],
    ['ArrowRight', /^Quotes/],
    ['ArrowLeft', /^Bills/],
    ['Home', /^Quotes/],
    ['ArrowRight', /^Invoices/],
  ] as const;
  for (const [key, name] of steps) {
    await page.keyboard.press(key);
    const looked = widget.getByRole('tab', { name });
    await eventually(async () => {
      expect(await looked.evaluate((button) => button === document.activeElement)).toBe(true);
      expect(await widget.getByRole('tab', { selected: true }).allInnerTexts()).toEqual([await looked.innerText()]);
    });
    await widget.getByRole('tabpanel', { name }).waitFor();
  }
});

test('when only the keyboard is used, then arrows move, Enter opens and Escape leads back', async () => {
  const { page, widget } = await openDetails();
  const hasFocus = (number: string, expected = true) =>
    eventually(async () =>
      expect(await row(widget, number).evaluate((button) => button === document.activeElement)).toBe(expected),
    );
  await widget.getByRole('searchbox', { name: 'Search invoices' }).focus();
  await page.keyboard.press('ArrowDown');
  await hasFocus('INV-0087');
  await page.keyboard.press('End');
  await hasFocus('INV-0087', false);
  await page.keyboard.press('Home');
  await hasFocus('INV-0087');
  await page.keyboard.press('Enter');
  await widget.getByRole('heading', { level: 1, name: 'Invoice INV-0087' }).waitFor();
  await page.keyboard.press('Escape');
  await hasFocus('INV-0087');
  await page.keyboard.press('Escape');
  await widget.getByText('They owe you').waitFor();
  await eventually(async () =>
    expect(
      await widget
        .getByRole('button', { name: 'View Details' })
        .evaluate((button) => button === document.activeElement),
    ).toBe(true),
  );
});
