import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dropFile, openForm, typeLine } from '#test/support/page/forms.ts';
import { press } from '#test/support/page/press.ts';
import { eventually, lostConnection, readFigure, readText } from '#test/support/page/screen.ts';
import { setStage } from '#test/support/page/stage.ts';
import { adminId, presets } from '#test/support/people/admin.ts';

const stage = setStage();
const nora = { type: 'contact', id: '1001' } as const;
const paper = { description: 'Paper', quantity: '10', price: '7.90' };
const pdf = { name: 'bill 4711.pdf', type: 'application/pdf', text: '%PDF-1.7 a bill' };

beforeAll(async () => {
  const { admin } = stage.world();
  await admin.connect();
  await admin.grant({ ben: presets.full });
});
beforeEach(async () => {
  const { xero, admin, restartProduct } = stage.world();
  await xero.control.reset({ keepConnections: true });
  await restartProduct();
  await admin.link(nora, 'Harbour Lights Pty Ltd');
});

/** Finds Nora's organisation and contact in Xero. */
async function findSupplier() {
  const { opened } = await stage.world().visit({ userId: adminId, recordType: 'contact', recordId: nora.id });
  if (opened.view?.status !== 'linked') throw new Error('Nora is linked');
  return { tenantId: opened.organisation?.id ?? '', contactId: opened.view.contact.id };
}

async function listBills(number: string) {
  const { bills } = await stage.world().xero.control.documents(await findSupplier());
  return bills.filter(({ InvoiceNumber }) => InvoiceNumber === number);
}

describe('adding a bill', () => {
  test('after a taken number and a killed server, Save again leaves one bill with its PDF', async () => {
    const { xero, restartProduct } = stage.world();
    const { tenantId, contactId } = await findSupplier();
    await xero.control.addInvoice({
      ...{ tenantId, Type: 'ACCPAY', Status: 'AUTHORISED', InvoiceNumber: '4711', Total: 10 },
      ...{ Contact: { ContactID: contactId }, Date: '2026-10-02', DueDate: '2026-11-30' },
    });
    const { widget, expectProblems, screenshot } = await stage.open('/contacts/1001');
    expectProblems(/status of 422/, lostConnection);
    const form = await openForm(widget, 'Add Bill');
    const number = form.getByRole('textbox', { name: 'Bill number' });
    await number.fill('4711');
    await typeLine(form, 1, paper);
    await dropFile(form, pdf);
    await form.getByText(pdf.name).waitFor();
    await press(form.getByRole('button', { name: 'Save draft' }));
    await form.getByRole('region', { name: 'Couldn’t save the bill: Fix 1 field' }).waitFor();
    expect(await readText(form.locator('.field-error'))).toMatch(/already has a bill 4711/);
    await screenshot('add-bill-number-taken');

    await number.fill('4712');
    await xero.control.clearRequests();
    // Xero has the bill once its caller is gone.
    await xero.control.fault({ kind: 'hang', method: 'PUT', path: 'Invoices$' });
    await press(form.getByRole('button', { name: 'Save draft' }));
    await eventually(async () =>
      expect((await xero.control.requests()).filter(({ method }) => method === 'PUT').length).toBe(1),
    );
    await restartProduct('SIGKILL');
    const note = form.getByRole('region', { name: 'We’re checking whether Xero saved this' });
    await note.waitFor();
    await screenshot('add-bill-unknown');
    await press(note.getByRole('button', { name: 'Retry' }));
    await widget.getByText('1 file attached').waitFor();
    await screenshot('add-bill-saved');

    const [bill, ...others] = await listBills('4712');
    expect(others).toEqual([]);
    const files = await xero.control.attachments(bill?.InvoiceID ?? '');
    expect(files.map(({ fileName, size }) => [fileName, size])).toEqual([[pdf.name, pdf.text.length]]);
  });

  test('each refused or failed file shows its own error; Retry sends only the failed one', async () => {
    const { xero } = stage.world();
    const { widget, expectProblems } = await stage.open('/contacts/1001');
    expectProblems(/status of 50\d/);
    const form = await openForm(widget, 'Add Bill');
    await form.getByRole('textbox', { name: 'Bill number' }).fill('4713');
    await typeLine(form, 1, paper);
    await form.locator('input[type=file]').setInputFiles([
      { name: 'first.pdf', mimeType: 'application/pdf', buffer: Buffer.from('first') },
      { name: 'what: now?.png', mimeType: 'image/png', buffer: Buffer.from('second') },
      { name: 'film.mov', mimeType: 'video/quicktime', buffer: Buffer.alloc(10 * 1024 * 1024 + 1) },
    ]);
    await form.getByText('film.mov is larger than 10 MB.').waitFor();
    await xero.control.fault({ kind: 'status', status: 500, method: 'PUT', path: 'first.pdf', times: 3 });
    await press(form.getByRole('button', { name: 'Save draft' }));
    const retry = widget.getByRole('button', { name: 'Retry first.pdf' });
    await retry.waitFor();
    await widget.getByText('1 file is not attached yet').waitFor();
    await xero.control.clearFaults();
    await press(retry);
    await widget.getByText('2 files attached').waitFor();
    const [bill, ...others] = await listBills('4713');
    expect(others).toEqual([]);
    const files = await xero.control.attachments(bill?.InvoiceID ?? '');
    expect(files.map(({ fileName }) => fileName).sort()).toEqual(['first.pdf', 'what- now-.png']);
  });

  test('a form closed before Xero answers: Check finds the one bill', async () => {
    const { xero } = stage.world();
    const { widget, expectProblems, screenshot } = await stage.open('/contacts/1001');
    expectProblems(/status of 50\d/);
    const form = await openForm(widget, 'Add Bill');
    await form.getByRole('textbox', { name: 'Bill number' }).fill('4714');
    await typeLine(form, 1, paper);
    await xero.control.fault({ kind: 'lose-answer', method: 'PUT', path: 'Invoices$' });
    await press(form.getByRole('button', { name: 'Save draft' }));
    await form.getByText('We’re checking whether Xero saved this').waitFor();
    await press(form.getByRole('button', { name: 'Close' }).first());
    const note = widget.getByRole('region', { name: /^Bill 4714 .*is not confirmed by Xero yet$/ });
    await note.waitFor();
    await screenshot('add-bill-unfinished');
    await press(note.getByRole('button', { name: 'Check' }));
    await widget.getByRole('region', { name: 'Bill 4714 is in Xero' }).waitFor();
    expect((await listBills('4714')).length).toBe(1);
    expect(await note.count()).toBe(0);
  });

  test('when an admin approves it, then it is outstanding at once', async () => {
    const { widget } = await stage.open('/contacts/1001', { user: adminId });
    await eventually(async () => expect(await readFigure(widget, 'bills')).toBe('1 AUD 310.00'));
    const form = await openForm(widget, 'Add Bill');
    await form.getByRole('textbox', { name: 'Bill number' }).fill('4715');
    await typeLine(form, 1, paper);
    await form.getByRole('combobox', { name: 'Account' }).fill('general exp');
    await form.getByRole('combobox', { name: 'Account' }).press('Enter');
    await press(form.getByRole('button', { name: 'More ways to save' }));
    await press(form.getByRole('menuitem', { name: 'Approve' }));
    await widget.getByText('Approved in Xero').waitFor();
    const [bill] = await listBills('4715');
    expect(bill?.Status).toBe('AUTHORISED');
    await press(widget.getByRole('button', { name: 'Done' }));
    await eventually(async () => expect(await readFigure(widget, 'bills')).toMatch(/^2 AUD/));
  });
});
