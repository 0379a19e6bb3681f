import { describe, expect, test } from 'vitest';
import { refusalSigns } from '#test/sandbox/xero/api/writes/errors-inside.ts';
import { setGatewayStage } from './gateway-stage.ts';

/** Xero answers 200 to a write that it refused, with the errors inside. */
const stage = setGatewayStage();

function Contact() {
  return { ContactID: stage.connected.contactId('Harbour Lights Pty Ltd') };
}
const idempotencyKey = 'a-key';
function addInvoice() {
  return stage.harness.control.addInvoice({
    tenantId: stage.connected.caller.organisationId,
    Contact: Contact(),
    Total: 5,
  });
}
function addQuote() {
  return stage.harness.control.addQuote({
    tenantId: stage.connected.caller.organisationId,
    Contact: Contact(),
    Total: 5,
  });
}
function toJson(plural: string, element: Record<string, unknown>) {
  return JSON.stringify({ [plural]: [element] });
}
function bill() {
  return toJson('Invoices', { Type: 'ACCPAY', Contact: Contact(), Date: '2026-11-01', InvoiceNumber: 'B-1' });
}
const text = 'Words of Xero about what was sent';
const refusal = { code: 'xero_rejected', details: { errors: [expect.objectContaining({ message: text })] } };

/** Every question that writes. */
const writes: Record<string, () => Promise<unknown>> = {
  'a contact': () =>
    stage.xero.createContact(stage.connected.caller, { name: 'Ada', contactNumber: 'crm-1' }, idempotencyKey),
  'a bill': () => stage.xero.createDocument(stage.connected.caller, { kind: 'bill', json: bill(), idempotencyKey }),
  'a quote': () => {
    const json = toJson('Quotes', { Contact: Contact(), Date: '2026-11-01', LineItems: [{ Description: 'Work' }] });
    return stage.xero.createDocument(stage.connected.caller, { kind: 'quote', json, idempotencyKey });
  },
  'a change of an invoice': async () => {
    const { InvoiceID: id } = await addInvoice();
    const json = toJson('Invoices', { InvoiceID: id, Status: 'VOIDED' });
    return stage.xero.updateInvoice(stage.connected.caller, { id, json, idempotencyKey });
  },
  'a change of a quote': async () => {
    const { QuoteID: id } = await addQuote();
    return stage.xero.changeQuoteStatus(stage.connected.caller, { id, status: 'SENT', idempotencyKey });
  },
  'a file': async () => {
    const { InvoiceID: id } = await addInvoice();
    const file = { fileName: 'a.txt', contentType: 'text/plain', bytes: Buffer.from('a'), idempotencyKey };
    return stage.xero.attachFile(stage.connected.caller, { kind: 'invoice', id }, file);
  },
  'a note': async () => {
    const { QuoteID: id } = await addQuote();
    const json = JSON.stringify({ HistoryRecords: [{ Details: 'Added' }] });
    return stage.xero.addHistory(stage.connected.caller, { kind: 'quote', id }, { json, idempotencyKey });
  },
  'an e-mail': async () =>
    stage.xero.emailInvoice(stage.connected.caller, (await addInvoice()).InvoiceID, idempotencyKey),
};

describe('a write that Xero refuses with 200', () => {
  test.each(Object.keys(writes))('when it is %s, then it is refused with Xero’s texts', async (what) => {
    // A quote is sent again without its lines when Xero refuses it with them.
    const where = what === 'a change of a quote' ? { method: 'POST', times: 2 } : {};
    await stage.harness.control.fault({ kind: 'errors-inside', message: text, ...where });
    await expect(writes[what]?.()).rejects.toMatchObject(refusal);
  });

  test.each(refusalSigns)('%s alone marks a contact or bill as refused, with messages', async (sign) => {
    for (const what of ['a contact', 'a bill']) {
      await stage.harness.control.fault({ kind: 'errors-inside', message: text, sign });
      await expect(writes[what]?.()).rejects.toMatchObject({ code: 'xero_rejected' });
    }
    const { invoices, quotes } = await stage.harness.control.documents({
      tenantId: stage.connected.caller.organisationId,
    });
    expect([...invoices, ...quotes].filter((one) => 'InvoiceNumber' in one && one.InvoiceNumber === 'B-1')).toEqual([]);
  });

  test('a taken name is reported as data', async () => {
    const message =
      'The contact name Ada is already assigned to another contact. The contact name must be unique across all active contacts.';
    await stage.harness.control.fault({ kind: 'errors-inside', message });
    await expect(writes['a contact']?.()).rejects.toMatchObject({ details: { extension: { nameTaken: true } } });
  });

  test('a message about a field is assigned to that field', async () => {
    await stage.harness.control.fault({ kind: 'errors-inside', message: 'Invoice # must be unique.' });
    await expect(writes['a bill']?.()).rejects.toMatchObject({ details: { errors: [{ path: 'number' }] } });
  });
});

describe('a write that is answered with a page', () => {
  test.each(Object.keys(writes))('after %s, the outcome is unknown', async (what) => {
    await stage.harness.control.fault({ kind: 'html', path: '^/api.xro' });
    await expect(writes[what]?.()).rejects.toMatchObject({ code: 'xero_invalid_answer' });
  });
});
