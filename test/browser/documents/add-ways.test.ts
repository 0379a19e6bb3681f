import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openForm, pasteFile, typeLine } from '#test/support/page/forms.ts';
import { press } from '#test/support/page/press.ts';
import { readText } from '#test/support/page/screen.ts';
import { setStage } from '#test/support/page/stage.ts';
import { adminId, presets } from '#test/support/people/admin.ts';

const stage = setStage();
const nora = { type: 'contact', id: '1001' } as const;
const plan = { description: 'Annual service plan', quantity: '2', price: '50' };

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

/** Nora's newest invoice or bill in Xero. */
async function readNewest(kind: 'invoices' | 'bills') {
  return (await readDocuments())[kind].at(-1);
}

async function readDocuments() {
  return stage.world().xero.control.documents(await findNora());
}

/** Finds Nora's organisation and contact in Xero. */
async function findNora() {
  const { opened } = await stage.world().visit({ userId: adminId, recordType: 'contact', recordId: nora.id });
  if (opened.view?.status !== 'linked') throw new Error('Nora is linked');
  return { tenantId: opened.organisation?.id ?? '', contactId: opened.view.contact.id };
}

/** Nora's page for a person whose locale differs from the CRM's. */
async function openIn(locale: string) {
  const opened = await stage.open('/contacts/1001');
  await opened.widget.getByRole('button', { name: 'More actions' }).waitFor();
  await opened.page.locator('ledgerside-widget').evaluate((element, value) => {
    element.setAttribute('locale', value);
  }, locale);
  return opened;
}

describe('ways to save', () => {
  test('when an admin approves and e-mails, then a question comes first and Xero sends it once', async () => {
    const { control } = stage.world().xero;
    const { widget } = await stage.open('/contacts/1001', { user: adminId });
    const form = await openForm(widget, 'Add Invoice (Draft)');
    await typeLine(form, 1, plan);
    await press(form.getByRole('button', { name: 'More ways to save' }));
    await press(form.getByRole('menuitem', { name: 'Approve and e-mail…' }));
    const question = form.getByRole('alertdialog', { name: 'Approve and e-mail?' });
    await question.getByText('accounts@harbourlights.example').waitFor();
    expect(await control.emails()).toEqual([]);
    await press(question.getByRole('button', { name: 'Approve and e-mail' }));
    await widget.getByText('Approved in Xero').waitFor();
    expect((await control.emails()).length).toBe(1);
    expect(await readNewest('invoices')).toMatchObject({ Status: 'AUTHORISED', SentToContact: true });
  });

  test('an invoice that Ben submits awaits approval, and Ben cannot approve it', async () => {
    const { widget } = await stage.open('/contacts/1001');
    const form = await openForm(widget, 'Add Invoice (Draft)');
    await typeLine(form, 1, plan);
    await press(form.getByRole('button', { name: 'More ways to save' }));
    expect(await form.getByRole('menuitem').allInnerTexts()).toEqual(['Submit for approval']);
    await press(form.getByRole('menuitem', { name: 'Submit for approval' }));
    await widget.getByText('Saved in Xero, awaiting approval').waitFor();
    expect(await readNewest('invoices')).toMatchObject({ Status: 'SUBMITTED' });
  });

  test('when Xero computes another total than the form, then both are shown', async () => {
    const rate = { Name: 'GST on Income', TaxType: 'OUTPUT', Status: 'ACTIVE', EffectiveRate: 12.5 };
    const applies = { CanApplyToRevenue: true, TaxComponents: [{ Name: 'GST', Rate: 12.5, IsCompound: false }] };
    const body = { TaxRates: [{ ...rate, ...applies }] };
    await stage.world().xero.control.fault({ kind: 'status', status: 200, body, path: 'TaxRates$' });
    const { widget } = await stage.open('/contacts/1001');
    const form = await openForm(widget, 'Add Invoice (Draft)');
    await typeLine(form, 1, plan);
    await form.getByText('AUD 112.50').waitFor();
    await press(form.getByRole('button', { name: 'Save draft' }));
    await widget.getByRole('region', { name: /^Xero’s total is AUD.110\.00 instead of AUD.112\.50\./ }).waitFor();
    expect(await widget.locator('.add-document-saved-total').innerText()).toMatch(/^AUD.110\.00$/);
  });
});

describe('files', () => {
  test('when a picture is pasted into the form, then it is attached to the document', async () => {
    const { widget } = await stage.open('/contacts/1001');
    const form = await openForm(widget, 'Add Bill');
    await typeLine(form, 1, plan);
    await pasteFile(form, { name: 'image.png', type: 'image/png', text: 'a picture' });
    await form.getByText('image.png').waitFor();
    await press(form.getByRole('button', { name: 'Save draft' }));
    await widget.getByText('1 file attached').waitFor();
    const bill = await readNewest('bills');
    const files = await stage.world().xero.control.attachments(bill?.InvoiceID ?? '');
    expect(files.map(({ fileName, size }) => [fileName, size])).toEqual([['image.png', 9]]);
  });

  test('when more than ten files are picked, then ten stay and the others are named', async () => {
    const { widget } = await stage.open('/contacts/1001');
    const form = await openForm(widget, 'Add Bill');
    await form.getByText('up to 10 files of 10 MB each').waitFor();
    const pick = (count: number) =>
      form.locator('input[type=file]').setInputFiles(
        Array.from({ length: count }, (_, index) => ({
          ...{ name: `page ${index + 1}.pdf`, mimeType: 'application/pdf', buffer: Buffer.from('%PDF') },
        })),
      );
    await pick(12);
    await form.getByText('Xero accepts 10 files per document. Not added: page 11.pdf, page 12.pdf').waitFor();
    await form.getByText('10 of 10 files: Xero accepts no more').waitFor();
    expect(await form.getByRole('button', { name: 'Attach files' }).getAttribute('aria-disabled')).toBe('true');
    await press(form.getByRole('button', { name: 'Remove page 3.pdf' }));
    await form.getByText('up to 10 files of 10 MB each').waitFor();
  });
});

describe('text in the reader’s own locale', () => {
  test('when digits are Persian, then typed numbers and dates are saved correctly', async () => {
    const { widget } = await openIn('fa-IR');
    const form = await openForm(widget, 'Add Invoice (Draft)');
    await typeLine(form, 1, { description: plan.description, quantity: '۲', price: '۱٬۴۵۰٫۵' });
    await press(form.getByRole('button', { name: 'Save draft' }));
    await widget.getByText('Saved in Xero as a draft').waitFor();
    expect(await widget.locator('.add-document-saved-total').innerText()).toContain('۳٬۱۹۱٫۱۰');
    expect(await readNewest('invoices')).toMatchObject({ SubTotal: 2901, TotalTax: 290.1, Total: 3191.1 });
  });

  test('a Thai year of two digits is refused; a full one is saved as Gregorian', async () => {
    const { widget } = await openIn('th-TH');
    const form = await openForm(widget, 'Add Quote');
    await typeLine(form, 1, plan);
    const expires = form.getByRole('textbox', { name: 'Expires' });
    // The year 2569 of the Thai calendar is 2026. Read as a year of this century it would be 2069.
    await expires.fill('4/12/69');
    await press(form.getByRole('button', { name: 'Save quote' }));
    await form.getByRole('region', { name: /^Couldn’t save the quote/ }).waitFor();
    expect(await readText(form.locator('.field-error'))).toMatch(/^Enter a date, such as /);
    await expires.fill('4/12/2026');
    await expires.blur();
    expect(await expires.inputValue()).toBe('4 ธ.ค. 2026');
    await press(form.getByRole('button', { name: 'Save quote' }));
    await widget.getByText('Saved in Xero as a draft').waitFor();
    expect((await readDocuments()).quotes.at(-1)).toMatchObject({ ExpiryDate: '2026-12-04' });
  });

  test('when the reader is west or east of UTC, then a document has the dates that Xero shows', async () => {
    const { tenantId, contactId } = await findNora();
    const { xero, restartProduct } = stage.world();
    await xero.control.addInvoice({
      ...{ tenantId, Type: 'ACCREC', Status: 'AUTHORISED', InvoiceNumber: 'INV-NEWYEAR', Total: 10 },
      ...{ Contact: { ContactID: contactId }, Date: '2025-12-31', DueDate: '2099-01-01' },
    });
    // Forgets what was cached about Nora.
    await restartProduct();
    for (const timezoneId of ['America/Los_Angeles', 'Pacific/Auckland']) {
      const { widget } = await stage.open('/contacts/1001', { timezoneId });
      await press(widget.getByRole('button', { name: 'View Details' }));
      await press(widget.getByRole('button', { name: 'INV-NEWYEAR', exact: true }));
      await widget.getByRole('heading', { level: 1, name: 'Invoice INV-NEWYEAR' }).waitFor();
      expect(await readText(widget.locator('.facts'))).toBe('Date 31 Dec 2025 Due 1 Jan 2099');
    }
  });
});
