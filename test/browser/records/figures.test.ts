import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { exampleData } from '#test/sandbox/crm/example/example-data.ts';
import { press } from '#test/support/page/press.ts';
import { eventually, readFigure, readText, readWidget } from '#test/support/page/screen.ts';
import { setStage } from '#test/support/page/stage.ts';
import { presets } from '#test/support/people/admin.ts';

/** Of the people at Harbour Lights, one is visible only to Ben and one only to Priya. */
const visibleTo: Readonly<Record<string, readonly string[]>> = { 1002: ['ben'], 1003: ['priya'] };
const contacts = exampleData.contacts.map((contact) => {
  const users = visibleTo[contact.id];
  return users ? { ...contact, visibleTo: users } : contact;
});
const stage = setStage({ crmData: { ...exampleData, contacts } });
function person(id: string) {
  return { type: 'contact' as const, id };
}

beforeAll(async () => {
  const { admin } = stage.world();
  await admin.connect();
  await admin.grant({ ben: presets.full, priya: presets.sales });
  await admin.link(person('1001'), 'Harbour Lights Pty Ltd');
  await admin.link(person('1002'), 'Nordlys Trading AS');
  await admin.link(person('1003'), 'Blue Gum Dental');
  await admin.link(person('1006'), 'Kookaburra Couriers');
});
beforeEach(async () => {
  await stage.world().restartProduct();
  await stage.world().xero.control.reset({ keepConnections: true });
});

describe('two users who see different people of one company', () => {
  test('when both view it, then each gets only the figures of the people they see', async () => {
    const ben = await stage.open('/companies/501', { user: 'ben' });
    const priya = await stage.open('/companies/501', { user: 'priya' });
    await press(ben.widget.getByText('2 people → 2 Xero contacts'));
    await press(priya.widget.getByText('2 people → 2 Xero contacts'));
    expect(await readFigure(ben.widget, 'outstanding')).toMatch(/^7 AUD 15,630\.00 USD 2,400\.00 ≈ AUD/);
    expect(await readFigure(priya.widget, 'outstanding')).toBe('4 AUD 13,140.00');
    const [bens, priyas] = await Promise.all([ben, priya].map(({ widget }) => readWidget(widget)));
    expect(bens).toContain('Nordlys Trading AS');
    expect(bens).not.toMatch(/Blue Gum|Aroha/);
    expect(priyas).toContain('Blue Gum Dental');
    expect(priyas).not.toMatch(/Nordlys|Jonas/);
    await press(priya.widget.getByRole('button', { name: 'View Details' }));
    await priya.widget.getByRole('button', { name: 'INV-0091' }).waitFor();
    expect(await priya.widget.getByRole('button', { name: 'INV-0089' }).count()).toBe(0);
  });
});

describe('figures that come later, and ages in numbers', () => {
  test('when unused credit is loaded after the answer, then it appears automatically', async () => {
    const { control } = stage.world().xero;
    await control.fault({ kind: 'slow', delayMs: 700, path: 'CreditNotes' });
    const { widget } = await stage.open('/contacts/1001');
    await widget.getByText('They owe you').waitFor();
    expect(await widget.getByText('Their unused credit').count()).toBe(0);
    const credit = widget.locator('.quiet > div').filter({ hasText: 'Their unused credit' });
    await eventually(async () => expect(await readText(credit)).toBe('Their unused credit 1 AUD 120.00'));
  });

  test('ages of late bills are shown, but not to users who may not see bills', async () => {
    const { widget } = await stage.open('/contacts/1006');
    const ages = widget.getByRole('list', { name: 'Bill ageing' }).getByRole('listitem');
    await ages.first().waitFor();
    expect(await ages.locator('.sr').allInnerTexts()).toEqual([
      'Not due yet: AUD 176.20, 1 bill',
      '1 to 30 days late: AUD 98.45, 1 bill',
      '31 to 60 days late: AUD 132.00, 1 bill',
      '61 to 90 days late: none',
      'More than 90 days late: none',
    ]);
    expect(await readText(ages.nth(2))).toMatch(/^132\.00 31–60/);
    const { widget: hers } = await stage.open('/contacts/1006', { user: 'priya' });
    await hers.getByText('They owe you').waitFor();
    expect(await hers.getByRole('list', { name: 'Bill ageing' }).count()).toBe(0);
  });
});
