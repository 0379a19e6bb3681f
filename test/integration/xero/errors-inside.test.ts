import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { refusalSigns } from '#test/sandbox/xero/api/writes/errors-inside.ts';
import { type Harness, startHarness } from './gateway-harness.ts';

/** Xero answers 200 to a write that it refused, with the errors inside. */
let harness: Harness;
let connected: Awaited<ReturnType<Harness['connect']>>;
let xero: Awaited<ReturnType<Harness['build']>>;
let caller: XeroCaller;

beforeAll(async () => {
  harness = await startHarness();
});
beforeEach(async () => {
  connected = await harness.connect();
  xero = await harness.build();
  ({ caller } = connected);
});
afterAll(() => harness.close());

const Contact = () => ({ ContactID: connected.contactId('Harbour Lights Pty Ltd') });
const idempotencyKey = 'a-key';
const addInvoice = () => harness.control.addInvoice({ tenantId: caller.organisationId, Contact: Contact(), Total: 5 });
const addQuote = () => harness.control.addQuote({ tenantId: caller.organisationId, Contact: Contact(), Total: 5 });
const toJson = (plural: string, element: Record<string, unknown>) => JSON.stringify({ [plural]: [element] });
const bill = () => toJson('Invoices', { Type: 'ACCPAY', Contact: Contact(), Date: '2026-11-01', InvoiceNumber: 'B-1' });
const text = 'Words of Xero about what was sent';
const refusal = { code: 'xero_rejected', details: { errors: [expect.objectContaining({ message: text })] } };

/** Every question that writes. */
const writes: Record<string, () => Promise<unknown>> = {
  'a contact': () => xero.createContact(caller, { name: 'Ada', contactNumber: 'crm-1' }, idempotencyKey),
  'a bill': () => xero.createDocument(caller, { kind: 'bill', json: bill(), idempotencyKey }),
  'a quote': () => {
    const json = toJson('Quotes', { Contact: Contact(), Date: '2026-11-01', LineItems: [{ Description: 'Work' }] });
    return xero.createDocument(caller, { kind: 'quote', json, idempotencyKey });
  },
  'a change of an invoice': async () => {
    const { InvoiceID: id } = await addInvoice();
    const json = toJson('Invoices', { InvoiceID: id, Status: 'VOIDED' });
    return xero.updateInvoice(caller, { id, json, idempotencyKey });
  },
  'a change of a quote': async () => {
    const { QuoteID: id } = await addQuote();
    return xero.changeQuoteStatus(caller, { id, status: 'SENT', idempotencyKey });
  },
  'a file': async () => {
    const { InvoiceID: id } = await addInvoice();
    const file = { fileName: 'a.txt', contentType: 'text/plain', bytes: Buffer.from('a'), idempotencyKey };
    return xero.attachFile(caller, { kind: 'invoice', id }, file);
  },
  'a note': async () => {
    const { QuoteID: id } = await addQuote();
    const json = JSON.stringify({ HistoryRecords: [{ Details: 'Added' }] });
    return xero.addHistory(caller, { kind: 'quote', id }, { json, idempotencyKey });
  },
  'an e-mail': async () => xero.emailInvoice(caller, (await addInvoice()).InvoiceID, idempotencyKey),
};

describe('a write that Xero refuses with 200', () => {
  it.each(Object.keys(writes))('when it is %s, then it is refused with Xero’s texts', async (what) => {
    // A quote is read first, and said again without its lines where Xero refuses it with them.
    const where = what === 'a change of a quote' ? { method: 'POST', times: 2 } : {};
    await harness.control.fault({ kind: 'errors-inside', message: text, ...where });
    await expect(writes[what]?.()).rejects.toMatchObject(refusal);
  });

  it.each(refusalSigns)(
    'when %s alone says so of a contact or a bill, then it is refused with the texts',
    async (sign) => {
      for (const what of ['a contact', 'a bill']) {
        await harness.control.fault({ kind: 'errors-inside', message: text, sign });
        await expect(writes[what]?.()).rejects.toMatchObject({ code: 'xero_rejected' });
      }
      const { invoices, quotes } = await harness.control.documents({ tenantId: caller.organisationId });
      expect([...invoices, ...quotes].filter((one) => 'InvoiceNumber' in one && one.InvoiceNumber === 'B-1')).toEqual(
        [],
      );
    },
  );

  it('when the name is taken, then the refusal says so in data', async () => {
    const message =
      'The contact name Ada is already assigned to another contact. The contact name must be unique across all active contacts.';
    await harness.control.fault({ kind: 'errors-inside', message });
    await expect(writes['a contact']?.()).rejects.toMatchObject({ details: { extension: { nameTaken: true } } });
  });

  it('when the text speaks of a field of the form, then it stands beside that field', async () => {
    await harness.control.fault({ kind: 'errors-inside', message: 'Invoice # must be unique.' });
    await expect(writes['a bill']?.()).rejects.toMatchObject({ details: { errors: [{ path: 'number' }] } });
  });
});

describe('a write that is answered with a page', () => {
  it.each(Object.keys(writes))('when it is %s, then nobody knows what became of it', async (what) => {
    await harness.control.fault({ kind: 'html', path: '^/api.xro' });
    await expect(writes[what]?.()).rejects.toMatchObject({ code: 'xero_invalid_answer' });
  });
});
