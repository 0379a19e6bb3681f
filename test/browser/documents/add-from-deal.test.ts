import { beforeAll, describe, expect, test } from 'vitest';
import { lineOf, openForm } from '#test/support/page/forms.ts';
import { press } from '#test/support/page/press.ts';
import { readText } from '#test/support/page/screen.ts';
import { setStage } from '#test/support/page/stage.ts';
import { presets } from '#test/support/people/admin.ts';

const stage = setStage();

beforeAll(async () => {
  const { admin } = stage.world();
  await admin.connect();
  await admin.grant({ ben: presets.full });
  await admin.link({ type: 'company', id: '501' }, 'Harbour Lights Pty Ltd');
});

describe('adding documents from a deal', () => {
  test('when its lines are copied into an invoice, then they are not offered for a second one', async () => {
    const { widget } = await stage.open('/deals/9001');
    const form = await openForm(widget, 'Add Invoice (Draft)');
    await press(form.getByRole('button', { name: 'Copy from deal' }));
    expect(await form.getByRole('group', { name: /^Line/ }).count()).toBe(2);
    const plan = lineOf(form, 1);
    expect(await plan.getByRole('textbox', { name: 'Description' }).inputValue()).toBe(
      'Annual service plan, 12 months',
    );
    expect(await plan.getByRole('textbox', { name: 'Qty' }).inputValue()).toBe('12');
    expect(await plan.getByRole('textbox', { name: 'Price' }).inputValue()).toBe('2,500.00');
    expect(await readText(form.locator('.add-document-totals'))).toMatch(/^Subtotal 42,000.00 .* Total AUD 46,200.00$/);
    expect(await form.getByRole('button', { name: 'Copy from deal' }).count()).toBe(0);
    await press(form.getByRole('button', { name: 'Save draft' }));
    await widget.getByText('Saved in Xero as a draft').waitFor();
    const number = (await widget.getByRole('heading', { level: 1 }).innerText()).replace('Invoice ', '');
    await press(widget.getByRole('button', { name: 'Done' }));

    const next = await openForm(widget, 'Add Invoice (Draft)');
    await next.getByText(`Not copied because already invoiced: ${number}`).waitFor();
    expect(await next.getByRole('button', { name: 'Copy from deal' }).count()).toBe(0);
  });

  test('Create invoice under the bar fills the form with the deal’s lines; it needs the right', async () => {
    const { widget } = await stage.open('/deals/9002');
    await widget.getByText('Deal value AUD 18,600.00 net').waitFor();
    await press(widget.getByRole('button', { name: 'Create invoice' }));
    const form = widget.getByRole('form', { name: 'Add Invoice (Draft)' });
    const rig = lineOf(form, 1);
    expect(await rig.getByRole('textbox', { name: 'Description' }).inputValue()).toBe('Lighting rig hire, week');
    expect(await rig.getByRole('textbox', { name: 'Qty' }).inputValue()).toBe('3');
    expect(await form.getByRole('group', { name: /^Line/ }).count()).toBe(1);
    await press(form.getByRole('button', { name: 'Close' }));
    await widget.getByText('AUD 18,600.00 not yet invoiced').waitFor();

    await stage.world().admin.grant({ ben: presets.full, priya: ['view', 'link', 'quotes'] });
    const { widget: hers } = await stage.open('/deals/9002', { user: 'priya' });
    await hers.getByText('AUD 18,600.00 not yet invoiced').waitFor();
    expect(await hers.getByRole('button', { name: 'Create invoice' }).count()).toBe(0);
  });

  test('when a company has one Xero contact, then documents can be added from its page', async () => {
    const { widget } = await stage.open('/companies/501');
    const form = await openForm(widget, 'Add Bill');
    expect(await readText(form.locator('.header'))).toContain('from Harbour Lights Pty Ltd');
  });
});
