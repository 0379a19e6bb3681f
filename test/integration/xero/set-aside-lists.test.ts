import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { XeroList } from '#server/xero/answers/read-rows.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { type Harness, startHarness } from './gateway-harness.ts';

/** A row that cannot be parsed is left out. The others are returned as usual. */
let harness: Harness;
let connected: Awaited<ReturnType<Harness['connect']>>;
let xero: Awaited<ReturnType<Harness['build']>>;
let caller: XeroCaller;
const setAside = new Map<XeroList, number>();

beforeAll(async () => {
  harness = await startHarness();
});
beforeEach(async () => {
  connected = await harness.connect();
  setAside.clear();
  xero = await harness.build({ onSetAside: (list, rows) => setAside.set(list, (setAside.get(list) ?? 0) + rows) });
  ({ caller } = connected);
});
afterAll(() => harness.close());

function harbour() {
  return connected.contactId('Harbour Lights Pty Ltd');
}
function alter(
  path: string,
  rows: { match?: Record<string, unknown>; set?: Record<string, unknown>; put?: unknown }[],
) {
  return harness.control.fault({ kind: 'alter', path, times: null, alteration: { rows } });
}
function numbers(documents: readonly { number: string | null }[]) {
  return documents.map(({ number }) => number).sort();
}

describe('documents', () => {
  test('an invoice without a currency is reported with its readable parts', async () => {
    const before = await xero.listOpenInvoices(caller, [harbour()]);
    const odd = before.documents.find(({ kind, status }) => kind === 'invoice' && status === 'AUTHORISED');
    await alter('/Invoices$', [{ match: { InvoiceNumber: odd?.number }, set: { CurrencyCode: '' } }]);
    const { documents, unreadable } = await xero.listOpenInvoices(caller, [harbour()]);
    expect(numbers(documents)).toEqual(numbers(before.documents.filter((one) => one !== odd)));
    const { id, kind, contactId, status, updatedAt } = odd ?? {};
    expect(unreadable).toEqual([{ id, kind, contactId, status, updatedAt }]);
    expect([...setAside]).toEqual([['invoices', 1]]);
    expect(harness.logText()).toContain('CurrencyCode');
  });

  test.each([
    ['nothing at all', { put: null }],
    ['no object', { put: 'an invoice' }],
    ['a number of zeros as id', { set: { InvoiceID: '00000000-0000-0000-0000-000000000000' } }],
    ['an unknown status', { set: { Status: 'FROZEN' } }],
    ['an amount that is none', { set: { AmountDue: 'a lot' } }],
    ['a moment that is none', { set: { UpdatedDateUTC: 'yesterday' } }],
  ])('when a row is %s, then the others come', async (_, change) => {
    const before = await xero.listOpenInvoices(caller, [harbour()]);
    await alter('/Invoices$', [{ match: { InvoiceNumber: before.documents[0]?.number }, ...change }]);
    const { documents, unreadable } = await xero.listOpenInvoices(caller, [harbour()]);
    expect(numbers(documents)).toEqual(numbers(before.documents.slice(1)));
    expect(unreadable).toHaveLength(1);
  });

  test('when a quote cannot be read, then the others come', async () => {
    const before = await xero.listQuotes(caller, harbour());
    await alter('/Quotes$', [{ match: { QuoteNumber: before.documents[0]?.number }, set: { Total: null } }]);
    const { documents, unreadable } = await xero.listQuotes(caller, harbour());
    expect(numbers(documents)).toEqual(numbers(before.documents.slice(1)));
    expect(unreadable).toMatchObject([{ kind: 'quote', contactId: harbour() }]);
    expect([...setAside]).toEqual([['quotes', 1]]);
  });

  test('optional members that are null or empty count as absent', async () => {
    const before = await xero.listOpenInvoices(caller, [harbour()]);
    for (const nothing of [null, '']) {
      const set = Object.fromEntries(
        ['Reference', 'InvoiceNumber', 'Date', 'DueDate', 'SubTotal', 'TotalTax', 'CurrencyRate'].map((name) => [
          name,
          nothing,
        ]),
      );
      await harness.control.clearFaults();
      await alter('/Invoices$', [{ set }]);
      const { documents, unreadable } = await xero.listOpenInvoices(caller, [harbour()]);
      expect(unreadable).toEqual([]);
      expect(documents).toEqual(
        before.documents.map((one) => ({
          ...{ ...one, reference: null, number: null, date: null, dueDate: null, rate: null },
          // Without tax, the two are the same.
          subTotal: expect.stringMatching(/^\d/),
        })),
      );
    }
  });

  test('an unreadable chosen document is named beside the others', async () => {
    const { documents } = await xero.listOpenInvoices(caller, [harbour()]);
    const quotes = (await xero.listQuotes(caller, harbour())).documents;
    const places = [...documents.slice(0, 2), ...quotes.slice(0, 2)];
    await alter('/Invoices$', [{ match: { InvoiceID: places[0]?.id }, set: { CurrencyCode: '' } }]);
    await alter('/Quotes/', [{ match: { QuoteID: places[2]?.id }, set: { CurrencyCode: '' } }]);
    const found = await xero.listDocumentsById(caller, places);
    expect(found.documents.map(({ id }) => id).sort()).toEqual([places[1]?.id, places[3]?.id].sort());
    expect(found.unreadable.map(({ kind, id }) => ({ kind, id }))).toEqual([
      { kind: places[0]?.kind, id: places[0]?.id },
      { kind: 'quote', id: places[2]?.id },
    ]);
  });

  test('an unreadable closed document is reported beside the others', async () => {
    const question = { kind: 'invoice' as const, contactIds: [harbour()], statuses: ['PAID', 'VOIDED'] };
    const page = { search: undefined, order: 'newest' as const, page: 1, pageSize: 50 };
    const ask = () => xero.listClosedInvoices(caller, { ...question, ...page }, (_, load) => load());
    const tenantId = caller.organisationId;
    for (const Total of [1, 2]) {
      const Contact = { ContactID: harbour() };
      const { InvoiceID } = await harness.control.addInvoice({ tenantId, Contact, Total, Status: 'AUTHORISED' });
      await harness.control.updateInvoice({ tenantId, InvoiceID, pay: Total });
    }
    const before = await ask();
    await alter('/Invoices$', [{ match: { InvoiceNumber: before.documents[0]?.number }, set: { Total: [] } }]);
    const after = await ask();
    expect(numbers(after.documents)).toEqual(numbers(before.documents.slice(1)));
    expect([after.total, after.unreadable.length]).toEqual([before.total, 1]);
  });

  test('when a bill is odd, then its number is known all the same', async () => {
    const bill = {
      tenantId: caller.organisationId,
      Contact: { ContactID: harbour() },
      Type: 'ACCPAY' as const,
      Total: 5,
    };
    await harness.control.addInvoice({ ...bill, InvoiceNumber: 'S-1', Status: 'AUTHORISED' });
    await alter('/Invoices$', [{ set: { CurrencyCode: '', Date: 'none', LineItems: null } }]);
    expect(await xero.findBillsByNumber(caller, { contactId: harbour(), number: 's-1' })).toEqual([
      expect.objectContaining({ number: 'S-1', date: null }),
    ]);
  });

  test('an unreadable payment leaves out only itself', async () => {
    const draft = { tenantId: caller.organisationId, Contact: { ContactID: harbour() }, Total: 9 };
    const { InvoiceID: id } = await harness.control.addInvoice({ ...draft, Status: 'AUTHORISED' });
    await alter('/Invoices/', [
      {
        set: {
          Payments: [null, { Amount: 4, Date: '2026-11-01' }, { Amount: '' }],
          CreditNotes: null,
          Prepayments: '',
        },
      },
    ]);
    const { payments, credits } = await xero.getDocumentDetail(caller, { kind: 'invoice', id });
    expect([payments.map(({ amount }) => amount), credits]).toEqual([['4'], []]);
    expect([...setAside]).toEqual([['payments', 2]]);
  });
});

describe('credits', () => {
  test('an unreadable credit is reported with its contact and side', async () => {
    const tenantId = caller.organisationId;
    const Contact = { ContactID: harbour() };
    await harness.control.addCreditNote({ tenantId, Contact, Total: 12 });
    await harness.control.addCreditNote({ tenantId, Contact, Total: 13 });
    const before = await xero.listCredits(caller);
    const odd = before.credits.find(({ contactId, remaining }) => contactId === harbour() && Number(remaining) === 12);
    await alter('/CreditNotes$', [{ match: { CreditNoteID: odd?.id }, set: { CurrencyCode: null } }]);
    const after = await xero.listCredits(caller);
    expect(after.credits).toEqual(before.credits.filter((one) => one !== odd));
    expect(after.unreadable).toMatchObject([{ id: odd?.id, contactId: harbour(), kind: 'invoice' }]);
    expect([...setAside]).toEqual([['credit_notes', 1]]);
  });
});

describe('contacts', () => {
  test('when one that is found cannot be read, then the others come', async () => {
    const before = await xero.searchContacts(caller, 'a');
    await alter('/Contacts$', [{ match: { Name: before[0]?.name }, set: { EmailAddress: {} } }]);
    expect(await xero.searchContacts(caller, 'a')).toEqual(before.slice(1));
    expect([...setAside]).toEqual([['contacts', 1]]);
  });

  test('null, empty and zero ids count as absent', async () => {
    const set = {
      ...{ FirstName: null, LastName: '', EmailAddress: null, AccountNumber: '', ContactNumber: null },
      ...{ ContactStatus: null, MergedToContactID: '00000000-0000-0000-0000-000000000000', PaymentTerms: '' },
    };
    await alter('/Contacts', [{ set }]);
    const nothing = { firstName: null, lastName: null, email: null, accountNumber: null, contactNumber: null };
    const contact = { ...nothing, id: harbour(), isArchived: false, mergedToContactId: null };
    expect(await xero.getContact(caller, harbour())).toMatchObject(contact);
    const defaults = await xero.getContactDefaults(caller, harbour());
    expect(defaults.paymentTerms).toEqual({ sales: null, bills: null });
  });
});

describe('what forms pick from', () => {
  test('an unreadable first row leaves all others in every list', async () => {
    const before = await xero.listChoices(caller);
    const first: Record<string, [string, string | undefined]> = {
      Accounts: ['Code', before.accounts[0]?.code],
      TaxRates: ['TaxType', before.taxRates[0]?.taxType],
      Items: ['Code', before.items[0]?.code],
      TrackingCategories: ['TrackingCategoryID', before.tracking[0]?.id],
      Currencies: ['Code', before.currencies[0]?.code],
      BrandingThemes: ['BrandingThemeID', before.brandingThemes[0]?.id],
    };
    for (const [list, [name, value]] of Object.entries(first))
      await alter(`/${list}$`, [{ match: { [name]: value }, put: { [name]: {} } }]);
    const after = await xero.listChoices(caller);
    const rest = (rows: readonly unknown[]) => rows.slice(1);
    expect(after).toEqual({
      accounts: rest(before.accounts),
      taxRates: rest(before.taxRates),
      items: rest(before.items),
      tracking: rest(before.tracking),
      currencies: rest(before.currencies),
      brandingThemes: rest(before.brandingThemes),
    });
    expect(new Set(setAside.keys())).toEqual(
      new Set(['accounts', 'tax_rates', 'items', 'tracking_categories', 'currencies', 'branding_themes']),
    );
  });

  test('when optional members are null or empty, then they count as absent', async () => {
    const before = await xero.listChoices(caller);
    await alter('/Accounts$', [{ set: { TaxType: '', Class: null } }]);
    await alter('/TaxRates$', [{ set: { TaxComponents: null, DisplayTaxRate: '', CanApplyToAssets: null } }]);
    await alter('/Items$', [{ set: { SalesDetails: null, PurchaseDetails: '', IsSold: null, Description: '' } }]);
    await alter('/TrackingCategories$', [{ set: { Options: null } }]);
    await alter('/Currencies$', [{ set: { Description: '' } }]);
    const after = await xero.listChoices(caller);
    expect([...setAside]).toEqual([]);
    expect(after.accounts).toEqual(
      before.accounts.map((one) => ({ ...one, taxType: null, class: null, isSales: false, isPurchases: false })),
    );
    expect(after.taxRates.map(({ taxType, rate }) => [taxType, rate])).toEqual(
      before.taxRates.map(({ taxType, rate }) => [taxType, rate]),
    );
    expect(after.items).toHaveLength(before.items.length);
    expect(after.tracking).toEqual(before.tracking.map((one) => ({ ...one, options: [] })));
    expect(after.currencies.map(({ name }) => name)).toEqual(before.currencies.map(({ code }) => code));
  });
});

describe('files and notes', () => {
  test('when one of them cannot be read, then the others come', async () => {
    const { InvoiceID: id } = await harness.control.addInvoice({
      tenantId: caller.organisationId,
      Contact: { ContactID: harbour() },
      Total: 9,
    });
    const place = { kind: 'invoice' as const, id };
    for (const fileName of ['a.txt', 'b.txt']) {
      const file = { contentType: 'text/plain', bytes: Buffer.from('a'), idempotencyKey: fileName };
      await xero.attachFile(caller, place, { ...file, fileName });
    }
    await alter('/Attachments$', [{ match: { FileName: 'a.txt' }, put: null }]);
    expect((await xero.listAttachments(caller, place)).map(({ fileName }) => fileName)).toEqual(['b.txt']);
    const notes = await xero.listHistory(caller, place);
    await alter('/History$', [{ match: { Details: notes[0] }, set: { Details: 5.5e-2 } }, { set: { User: null } }]);
    expect(notes.length).toBeGreaterThan(1);
    expect((await xero.listHistory(caller, place)).slice(1)).toEqual(notes.slice(1));
  });
});

describe('connections', () => {
  const answer = (rows: unknown[]) =>
    harness.control.fault({ kind: 'status', status: 200, path: '^/connections', body: rows, times: null });
  const other = { id: '7f3e4a6c-1c2b-4b54-9d0a-35f1a1b0c9de', tenantId: '7f3e4a6c-1c2b-4b54-9d0a-35f1a1b0c9df' };

  test('when one cannot be read, then the others come', async () => {
    await answer([null, { ...other, tenantType: null, tenantName: '' }, { id: 'none' }]);
    const found = await xero.listConnections(connected.tokenSet.accessToken);
    expect(found).toEqual([{ ...other, tenantName: null, authEventId: null }]);
    expect([...setAside]).toEqual([['connections', 2]]);
  });

  test('does not ask to reconnect when the missing one may be unreadable', async () => {
    await answer([other, { id: 'none' }]);
    await xero.checkConnection(caller, { isDoubted: false });
    await harness.control.clearFaults();
    await answer([other]);
    await expect(xero.checkConnection(caller, { isDoubted: false })).rejects.toMatchObject({
      code: 'reconnect_needed',
    });
  });
});
