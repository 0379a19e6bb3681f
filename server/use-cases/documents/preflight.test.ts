import { expect, test } from 'vitest';
import { newBillSchema, newInvoiceSchema, newQuoteSchema } from '#shared/contract/document.ts';
import { computePreview, type DocumentForm, toNewDocument } from './document-form.ts';
import { listPreflightErrors, type PreflightFacts } from './preflight.ts';

const contactId = '11111111-1111-4111-8111-111111111111';
const categoryId = '22222222-2222-4222-8222-222222222222';
const optionId = '33333333-3333-4333-8333-333333333333';

const appliesTo = { revenue: true, expenses: false, assets: false, liabilities: false, equity: false };
const side = { description: null, unitAmount: '10', accountCode: '200', taxType: null };
const facts: PreflightFacts = {
  choices: {
    accounts: [
      { code: '200', name: 'Sales', class: 'revenue', taxType: 'OUTPUT', isSales: true, isPurchases: false },
      { code: '400', name: 'Advertising', class: 'expenses', taxType: 'INPUT', isSales: false, isPurchases: true },
    ],
    taxRates: [
      { taxType: 'OUTPUT', name: 'GST on Income', rate: '10', components: [], appliesTo },
      {
        taxType: 'INPUT',
        name: 'GST on Expenses',
        rate: '10',
        components: [],
        appliesTo: { ...appliesTo, revenue: false, expenses: true },
      },
    ],
    items: [{ code: 'DESK', name: 'Desk', sales: side, purchases: null }],
    tracking: [{ id: categoryId, name: 'Region', options: [{ id: optionId, name: 'North' }] }],
    currencies: [{ code: 'AUD', name: 'Australian Dollar' }],
    brandingThemes: [],
    organisation: {
      id: 'o',
      name: 'Demo',
      baseCurrency: 'AUD',
      shortCode: '!a',
      countryCode: 'AU',
      timeZone: 'Australia/Sydney',
      periodLockDate: '2026-06-30',
      endOfYearLockDate: '2026-03-31',
    },
  },
  contact: {
    contact: {
      id: contactId,
      name: 'Acme',
      firstName: null,
      lastName: null,
      email: null,
      accountNumber: null,
      contactNumber: null,
      isArchived: false,
      mergedToContactId: null,
    },
    currency: null,
    salesAccountCode: null,
    purchasesAccountCode: null,
    salesTaxType: null,
    purchasesTaxType: null,
    paymentTerms: { sales: null, bills: null },
    asOf: '2026-11-22T00:00:00.000Z',
  },
  sameNumber: [],
  heldNumber: null,
  dealLineCount: null,
  invoicedLines: [],
  sees: { bills: true, invoices: true },
};

const line = { description: 'Desk', quantity: '1', unitAmount: '10', accountCode: '200', taxType: 'OUTPUT' };
const base = { contactId, date: '2026-11-22', currency: 'AUD', lineAmountTypes: 'exclusive', lines: [line] };
function invoice(change: object = {}): DocumentForm {
  return {
    kind: 'invoice',
    body: newInvoiceSchema.parse({ ...base, ...change }),
  };
}
function bill(change: object = {}): DocumentForm {
  return {
    kind: 'bill',
    body: newBillSchema.parse({ ...base, lines: [{ ...line, accountCode: '400', taxType: 'INPUT' }], ...change }),
  };
}
function quote(change: object = {}): DocumentForm {
  return {
    kind: 'quote',
    body: newQuoteSchema.parse({ ...base, ...change }),
  };
}
function paths(form: DocumentForm, change: Partial<PreflightFacts> = {}) {
  return listPreflightErrors(form, { ...facts, ...change }).map(({ path }) => path);
}
function withLine(change: object) {
  return { lines: [line, { ...line, ...change }] };
}

test('reports nothing when nothing is wrong', () => {
  expect([paths(invoice()), paths(bill()), paths(quote())]).toEqual([[], [], []]);
});

test.each([
  ['an inactive account', invoice(withLine({ accountCode: '999' })), ['lines.1.accountCode']],
  ['an unknown item', invoice(withLine({ itemCode: 'LAMP' })), ['lines.1.itemCode']],
  [
    'an item that is not bought',
    bill({ lines: [{ ...line, itemCode: 'DESK', accountCode: '400', taxType: 'INPUT' }] }),
    ['lines.0.itemCode'],
  ],
  ['a tax rate that does not suit the account', invoice(withLine({ taxType: 'INPUT' })), ['lines.1.taxType']],
  ['a tax rate Xero no longer has', invoice(withLine({ taxType: 'OLD' })), ['lines.1.taxType']],
  [
    'an unknown tracking option',
    invoice(withLine({ tracking: [{ categoryId, optionId: contactId }] })),
    ['lines.1.tracking'],
  ],
  ['a date on the lock date', invoice({ date: '2026-06-30' }), ['date']],
  ['a quote on the lock date', quote({ date: '2026-06-30' }), []],
  ['a currency the organisation lacks', invoice({ currency: 'NZD' }), ['currency']],
  [
    'a discount on a bill',
    bill({ lines: [{ ...line, accountCode: '400', taxType: 'INPUT', discount: '5' }] }),
    ['lines.0.discount'],
  ],
  ['a reference on a bill', bill({ reference: 'PO 7' }), ['reference']],
  ['a quote that expires first', quote({ expiryDate: '2026-11-21' }), ['expiryDate']],
  ['three decimals on a quote', quote({ lines: [{ ...line, unitAmount: '1.005' }] }), ['lines.0.unitAmount']],
  [
    'approving without a due date or account',
    invoice({ finish: 'approve', lines: [{ ...line, accountCode: undefined }] }),
    ['dueDate', 'lines.0.accountCode'],
  ],
  ['an e-mail to nowhere', invoice({ finish: 'approve_and_email', dueDate: '2026-12-01' }), ['contactId']],
  ['lines of a deal that is none', invoice({ fromDealLines: [0] }), ['fromDealLines.0']],
  ['a branding theme that is gone', invoice({ brandingThemeId: contactId }), ['brandingThemeId']],
])('reports %s at its field', (_name, form, expected) => {
  expect(paths(form)).toEqual(expected);
});

test('reports an archived contact, a used number and an invoiced line', () => {
  const archived = { ...facts.contact, contact: { ...facts.contact.contact, isArchived: true } };
  expect(paths(invoice(), { contact: archived })).toEqual(['contactId']);
  expect(paths(bill({ number: '4711' }), { sameNumber: [{ number: '4711', date: null }] })).toEqual(['number']);
  expect(paths(bill({ number: '4711' }), { heldNumber: { number: null } })).toEqual(['number']);
  const deal = { dealLineCount: 2, invoicedLines: [{ index: 1, number: 'INV-1' }] };
  expect(paths(invoice({ fromDealLines: [0, 1] }), deal)).toEqual(['fromDealLines.1']);
  expect(paths(quote({ fromDealLines: [0, 1] }), deal)).toEqual([]);
});

test('reports a conflict without details the person may not view', () => {
  const say = (form: DocumentForm, change: Partial<PreflightFacts>) =>
    listPreflightErrors(form, { ...facts, ...change }).map(({ message }) => message);
  const sees = { bills: false, invoices: false };
  const used = ['This number is already used for a bill from this supplier.'];
  const form = bill({ number: '4711' });
  expect(say(form, { sees, sameNumber: [{ number: '4711', date: '2026-10-01' }] })).toEqual(used);
  expect(say(form, { sees, heldNumber: { number: null } })).toEqual(used);
  expect(say(form, { sameNumber: [{ number: '4711', date: '2026-10-01' }] })).toEqual([
    'This supplier already has a bill 4711, dated 2026-10-01.',
  ]);
  for (const number of ['INV-1', null]) {
    const deal = { dealLineCount: 1, invoicedLines: [{ index: 0, number }] };
    expect(say(invoice({ fromDealLines: [0] }), { ...deal, sees })).toEqual([
      'This line of the deal is already invoiced.',
    ]);
  }
});

test('a document gets tracking names, and no tax type without tax', () => {
  const form = invoice({ lineAmountTypes: 'none', lines: [{ ...line, tracking: [{ categoryId, optionId }] }] });
  const document = toNewDocument(form, { contactId, url: 'https://crm.example/1', choices: facts.choices });
  expect(document).toMatchObject({
    status: 'DRAFT',
    url: 'https://crm.example/1',
    lines: [{ taxType: undefined, tracking: [{ name: 'Region', option: 'North', categoryId, optionId }] }],
  });
});

test('a quote names the account’s tax, an invoice leaves it to Xero', () => {
  const lines = [{ ...line, taxType: undefined }];
  const where = { contactId, url: 'https://crm.example/1', choices: facts.choices };
  expect(toNewDocument(quote({ lines }), where).lines).toMatchObject([{ taxType: 'OUTPUT' }]);
  expect(toNewDocument(invoice({ lines }), where).lines).toMatchObject([{ taxType: undefined }]);
  const item = { ...line, taxType: undefined, accountCode: undefined, itemCode: 'DESK' };
  expect(toNewDocument(quote({ lines: [item] }), where).lines).toMatchObject([{ taxType: 'OUTPUT' }]);
  expect(toNewDocument(quote({ lineAmountTypes: 'none', lines }), where).lines[0]?.taxType).toBeUndefined();
});

test('the preview knows an account’s tax, but not one left to Xero', () => {
  expect(computePreview(invoice({ lines: [{ ...line, taxType: undefined }] }), facts.choices)).toBe('11.00');
  expect(
    computePreview(invoice({ lines: [{ ...line, taxType: undefined, accountCode: undefined }] }), facts.choices),
  ).toBe(null);
});

test('without a preview when only Xero can compute a line’s tax', () => {
  const automatic = { taxType: 'AVALARA', name: 'Auto Look Up', rate: null, components: [], appliesTo };
  const choices = { ...facts.choices, taxRates: [...facts.choices.taxRates, automatic] };
  const form = invoice({ lines: [line, { ...line, taxType: 'AVALARA' }] });
  expect(computePreview(form, choices)).toBe(null);
  expect(listPreflightErrors(form, { ...facts, choices })).toEqual([]);
  expect(computePreview(invoice({ lineAmountTypes: 'none', lines: [{ ...line, taxType: 'AVALARA' }] }), choices)).toBe(
    '10.00',
  );
});
