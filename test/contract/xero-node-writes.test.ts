import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AccountingApi } from 'xero-node/dist/gen/api/accountingApi.js';
import { Invoice } from 'xero-node/dist/gen/model/accounting/invoice.js';
import { LineAmountTypes } from 'xero-node/dist/gen/model/accounting/lineAmountTypes.js';
import { QuoteLineAmountTypes } from 'xero-node/dist/gen/model/accounting/quoteLineAmountTypes.js';
import { openTestDesk, type TestDesk } from '#test/sandbox/xero/testing/desk.ts';

let desk: TestDesk;
let api: AccountingApi;

beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.session.xero.close());
beforeEach(async () => {
  await desk.renew();
  api = new AccountingApi(`${desk.session.xero.origin}/api.xro/2.0`);
  api.accessToken = (await desk.session.connect()).access_token;
});

const line = { description: 'Lamp', quantity: 3, unitAmount: 19.99, accountCode: '200', taxType: 'OUTPUT' };
function contact() {
  return { contactID: desk.contact('Harbour Lights Pty Ltd') };
}

async function putInvoice(): Promise<string> {
  const { body } = await api.createInvoices(desk.tenantId(), {
    invoices: [
      {
        type: Invoice.TypeEnum.ACCREC,
        contact: contact(),
        lineItems: [line],
        lineAmountTypes: LineAmountTypes.Inclusive,
        date: '2026-11-10',
        dueDate: '2026-11-24',
        status: Invoice.StatusEnum.AUTHORISED,
      },
    ],
  });
  expect(body.invoices?.[0]).toMatchObject({ total: 59.97, totalTax: 5.45, lineItems: [{ taxAmount: 5.45 }] });
  return body.invoices?.[0]?.invoiceID ?? '';
}

describe('writing through xero-node', () => {
  test('when an invoice is made, then all that hangs on it can be asked for', async () => {
    const id = await putInvoice();
    const tenantId = desk.tenantId();
    await api.createInvoiceHistory(tenantId, id, { historyRecords: [{ details: 'Added from Fieldnote' }] });
    const history = (await api.getInvoiceHistory(tenantId, id)).body.historyRecords;
    expect(history?.map(({ changes }) => changes)).toEqual(['Note', 'Created']);
    expect((await api.emailInvoice(tenantId, id, {})).response.status).toBe(204);
    expect((await api.getOnlineInvoice(tenantId, id)).body.onlineInvoices).toHaveLength(1);
    expect((await api.getInvoiceAsPdf(tenantId, id)).body.toString('latin1', 0, 5)).toBe('%PDF-');
  });

  test('when a file is attached, then its bytes arrive, whatever type axios gives them', async () => {
    const id = await putInvoice();
    const bytes = Buffer.from(new Uint8Array(256).map((_, index) => index));
    // The class types its body as a stream and passes whatever it gets to axios.
    await Reflect.apply(api.createInvoiceAttachmentByFileName, api, [desk.tenantId(), id, 'a b.pdf', bytes, true]);
    const [file] = await desk.session.control.attachments(id);
    expect(file).toMatchObject({ fileName: 'a b.pdf', base64: bytes.toString('base64'), includeOnline: true });
    expect((await api.getInvoiceAttachments(desk.tenantId(), id)).body.attachments).toMatchObject([
      { fileName: 'a b.pdf', contentLength: 256 },
    ]);
  });

  test('when a quote is made, then its classes read it and its PDF', async () => {
    const { body } = await api.createQuotes(desk.tenantId(), {
      quotes: [
        { contact: contact(), lineItems: [line], date: '2026-11-10', lineAmountTypes: QuoteLineAmountTypes.EXCLUSIVE },
      ],
    });
    expect(body.quotes?.[0]).toMatchObject({ total: 65.97, lineAmountTypes: 'EXCLUSIVE' });
    const pdf = await api.getQuoteAsPdf(desk.tenantId(), body.quotes?.[0]?.quoteID ?? '');
    expect(pdf.body.toString('latin1', 0, 5)).toBe('%PDF-');
  });

  test('when it is refused, then the texts reach the caller', async () => {
    const bad = { type: Invoice.TypeEnum.ACCREC, contact: contact(), lineItems: [{ ...line, accountCode: '999' }] };
    const refusal = await api.createInvoices(desk.tenantId(), { invoices: [bad] }).catch((error: unknown) => error);
    expect(String(refusal)).toContain("Account code '999' is not a valid code for this document.");
  });
});
