import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { getChoicesRoute } from '#shared/contract/choices.ts';
import { leaveTwins } from '#test/support/page/form-states.ts';
import { openForm, typeLine } from '#test/support/page/forms.ts';
import { press } from '#test/support/page/press.ts';
import { readText } from '#test/support/page/screen.ts';
import { setStage } from '#test/support/page/stage.ts';
import { presets } from '#test/support/people/admin.ts';
import { newDocument, sendDocument } from '#test/support/people/documents.ts';

const stage = setStage();
const nordlys = { type: 'contact', id: '1004' } as const;
const contactName = 'Nordlys Trading AS';

beforeAll(async () => {
  const { admin } = stage.world();
  await admin.connect();
  await admin.grant({ ben: presets.full });
});
beforeEach(async () => {
  const { xero, restartProduct } = stage.world();
  await xero.control.reset({ keepConnections: true });
  await restartProduct();
});

describe('when Xero’s answer was lost', () => {
  test('of two possible quotes she chooses one; the other is found automatically', async () => {
    await leaveTwins(stage.world(), nordlys.id, contactName);
    const { widget, expectProblems } = await stage.open('/contacts/1004');
    expectProblems(/status of 409/);
    await press(widget.getByRole('button', { name: 'Check' }).first());
    const choices = widget.getByRole('button', { name: /^Use QU-/ });
    await choices.first().waitFor();
    expect(await choices.count()).toBe(2);
    const number = ((await choices.first().getAttribute('aria-label')) ?? '').replace('Use ', '');
    await press(choices.first());
    await widget.getByRole('region', { name: `Quote ${number} is in Xero` }).waitFor();
    await press(widget.getByRole('button', { name: 'Check' }));
    const found = widget.getByRole('region', { name: /^Quote QU-\d+ is in Xero$/ });
    await found.nth(1).waitFor();
    expect(new Set(await found.evaluateAll((notes) => notes.map((note) => note.ariaLabel))).size).toBe(2);
    expect(await widget.getByRole('region', { name: /is not confirmed by Xero yet$/ }).count()).toBe(0);
  });

  test('when none of them is it, then each is discarded separately', async () => {
    await leaveTwins(stage.world(), nordlys.id, contactName);
    const { widget, expectProblems } = await stage.open('/contacts/1004');
    expectProblems(/status of 409/);
    await press(widget.getByRole('button', { name: 'Check' }).first());
    await press(widget.getByRole('button', { name: 'None of these: discard' }));
    await widget.getByRole('region', { name: 'Discarded: Xero has no such document' }).waitFor();
    // The other document still has its two candidates.
    expect(await widget.getByRole('region', { name: /is not confirmed by Xero yet$/ }).count()).toBe(1);
    await press(widget.getByRole('button', { name: 'Check' }));
    await press(widget.getByRole('button', { name: 'None of these: discard' }));
    await widget.getByRole('region', { name: 'Discarded: Xero has no such document' }).nth(1).waitFor();
  });

  test('when a form finds several candidates, then it leads to the figures, which list them', async () => {
    const { admin, visit, xero } = stage.world();
    const { contactId } = await admin.link(nordlys, contactName);
    const { widget, expectProblems } = await stage.open('/contacts/1004');
    expectProblems(/status of (409|50\d)/);
    await xero.control.fault({ kind: 'lose-answer', method: 'PUT', path: 'Quotes$', times: 2 });
    const form = await openForm(widget, 'Add Quote');
    await typeLine(form, 1, { description: 'Oak desk', quantity: '3', price: '33.35' });
    await press(form.getByRole('button', { name: 'Save quote' }));
    await form.getByText('We’re checking whether Xero saved this').waitFor();
    // The same in a second form, whose answer is lost too. Then Xero forgets both keys.
    const other = await visit({ userId: 'ben', recordType: 'contact', recordId: nordlys.id });
    const { today: date } = (await other.call(getChoicesRoute)).organisation;
    const line = { description: 'Oak desk', quantity: '3', unitAmount: '33.35', accountCode: '200', taxType: 'OUTPUT' };
    const body = newDocument(contactId, { date, dueDate: undefined, currency: 'USD', lines: [line] });
    await sendDocument(other, { path: '/api/quotes', key: randomUUID(), body });
    await xero.control.clock({ advanceSeconds: 600 });
    await press(form.getByRole('button', { name: 'Retry' }));
    await form.getByRole('region', { name: 'Several documents in Xero may be this one' }).waitFor();
    await press(form.getByRole('button', { name: 'Close' }).first());
    await press(widget.getByRole('button', { name: /^Use QU-/ }).first());
    await widget.getByRole('region', { name: /^Quote QU-\d+ is in Xero$/ }).waitFor();
  });

  test('a contact unlinked before Xero confirms: the record says so and Check finds it', async () => {
    const { admin, visit, xero } = stage.world();
    const bluegum = { type: 'contact', id: '1006' } as const;
    const { contactId } = await admin.link(bluegum, 'Blue Gum Dental');
    const session = await visit({ userId: 'ben', recordType: 'contact', recordId: bluegum.id });
    const { today: date } = (await session.call(getChoicesRoute)).organisation;
    await xero.control.fault({ kind: 'lose-answer', method: 'PUT', path: 'Invoices$' });
    const body = newDocument(contactId, { date });
    await sendDocument(session, { path: '/api/invoices', key: randomUUID(), body });
    await admin.unlink(bluegum);
    const { page, widget } = await stage.open('/contacts/1006');
    const note = widget.getByRole('region', { name: /^An invoice for AUD 123.81 is not confirmed by Xero yet$/ });
    await note.waitFor();
    await page.reload();
    await xero.control.fault({ kind: 'status', status: 503, method: 'PUT', path: '/History' });
    await press(note.getByRole('button', { name: 'Check' }));
    const found = widget.getByRole('region', { name: /^Invoice INV-\d+ is in Xero$/ });
    // What could not be done is shown with what was found.
    expect(await readText(found)).toContain('The history note has not been added in Xero yet');
  });
});
