import { describe, expect, test } from 'vitest';
import type { Choices } from '#shared/contract/choices.ts';
import { rateWords } from '#widget/ui/rate-words.ts';
import { admit } from './attachments/attachments.ts';
import type { DocumentDraft, LineDraft } from './draft/draft.ts';
import { previewDraft } from './draft/preview.ts';
import { placeErrors, readDraft } from './draft/read-draft.ts';
import { startTaxType } from './draft/sides.ts';
import { copyFromDeal, startDraft, startLine, withItem } from './draft/start-draft.ts';
import { createTyping } from './draft/typing.ts';

const today = '2026-11-22';
const typing = createTyping('en-AU', today);
const revenue = { revenue: true, expenses: false, assets: false, liabilities: false, equity: false };
function tax(taxType: string, name: string, rate: string, appliesTo = revenue) {
  return {
    ...{ taxType, name, rate, appliesTo, components: [{ rate, isCompound: false }] },
  };
}
const choices: Choices = {
  accounts: [
    { code: '200', name: 'Sales', class: 'revenue', taxType: 'OUTPUT', isSales: true, isPurchases: false },
    { code: '400', name: 'Advertising', class: 'expenses', taxType: 'INPUT', isSales: false, isPurchases: true },
  ],
  taxRates: [
    tax('OUTPUT', 'GST on Income', '10'),
    tax('EXEMPT', 'GST Free', '0'),
    tax('INPUT', 'GST on Expenses', '10', { ...revenue, revenue: false, expenses: true }),
  ],
  items: [
    {
      code: 'LAMP',
      name: 'Lamp',
      sales: { description: 'Harbour lamp\nlarge', unitAmount: '349', accountCode: '200', taxType: 'EXEMPT' },
      purchases: null,
    },
  ],
  tracking: [],
  currencies: [
    { code: 'AUD', name: 'Australian Dollar' },
    { code: 'USD', name: 'US Dollar' },
  ],
  brandingThemes: [],
  organisation: { baseCurrency: 'AUD', today, lockDate: '2026-06-30', paymentTerms: { sales: null, bills: null } },
  defaults: { salesAccountCode: '200' },
  contact: {
    ...{ id: 'c', name: 'Acme', email: null, currency: 'USD', salesAccountCode: null, purchasesAccountCode: '999' },
    ...{ salesTaxType: null, purchasesTaxType: null, isArchived: false },
    paymentTerms: { sales: { type: 'DAYSAFTERBILLDATE', day: 14 }, bills: null },
  },
  deal: {
    currency: 'AUD',
    lines: [
      { description: 'Plan', quantity: '12', unitAmount: '2500', itemCode: null },
      { description: 'Day', quantity: '1.5', unitAmount: '1200.5', itemCode: 'GONE' },
    ],
    invoiced: [{ index: 0, number: 'INV-1' }],
  },
};
const place = { contactId: 'c', choices, typing, finish: 'draft' } as const;

function draftWith(part: Partial<DocumentDraft>, ...lines: Partial<LineDraft>[]): DocumentDraft {
  const start = startDraft('quote', choices, typing);
  return { ...start, ...part, lines: lines.map((line) => ({ ...startLine('quote', choices), ...line })) };
}

describe('written text can be read', () => {
  test.each(['en-AU', 'en-US', 'de-DE', 'de-AT', 'de-CH', 'fr-FR', 'sv-SE', 'en-IN', 'ja-JP', 'ar-EG'])(
    'when numbers and dates are written in %s, then they mean the same again',
    (locale) => {
      const { readNumber, writePrice, writeQuantity, readDate, writeDate } = createTyping(locale, today);
      for (const amount of ['0', '0.5', '12.345', '1450', '1234.5678', '-3.1', '1000000.01'])
        expect([readNumber(writePrice(amount)), readNumber(writeQuantity(amount))]).toEqual([amount, amount]);
      for (const date of ['2026-11-22', '2027-02-03', '2026-12-31']) expect(readDate(writeDate(date))).toBe(date);
    },
  );
});

describe('starting a form', () => {
  test('defaults of contact and settings fill the form, except an archived account', () => {
    const quote = startDraft('quote', choices, typing);
    expect(quote).toMatchObject({ date: '22 Nov 2026', dueDate: '6 Dec 2026', currency: 'AUD' });
    expect(quote.lines).toMatchObject([{ accountCode: '200', taxType: 'OUTPUT', quantity: '1' }]);
    const bill = startDraft('bill', { ...choices, deal: null }, typing);
    expect(bill).toMatchObject({ dueDate: '', currency: 'USD', lines: [{ accountCode: null, taxType: null }] });
  });

  test('when the settings have a tax, then it is used with their account, not with another one', () => {
    const defaults = { salesAccountCode: '200', salesTaxType: 'EXEMPT' };
    const set = { ...choices, defaults };
    expect(startLine('quote', set)).toMatchObject({ accountCode: '200', taxType: 'EXEMPT' });
    expect(startTaxType({ ...set, defaults: { salesTaxType: 'EXEMPT' } }, 'quote', '200')).toBe('OUTPUT');
  });

  test('when an item is chosen, then it fills in description, price, account and tax', () => {
    const [item] = choices.items;
    const line = startLine('quote', choices);
    expect(item && withItem(line, item, 'quote', choices, typing)).toMatchObject({
      ...{ itemCode: 'LAMP', description: 'Harbour lamp\nlarge', unitAmount: '349.00' },
      ...{ accountCode: '200', taxType: 'EXEMPT' },
    });
  });

  test('copying a deal leaves out invoiced lines and copies none twice', () => {
    const invoice = startDraft('invoice', choices, typing);
    const once = copyFromDeal(invoice, choices, typing);
    expect(once.lines).toMatchObject([{ description: 'Day', quantity: '1.5', unitAmount: '1,200.50', dealLine: 1 }]);
    expect(copyFromDeal(once, choices, typing).lines).toEqual(once.lines);
    expect(copyFromDeal(startDraft('quote', choices, typing), choices, typing).lines.length).toBe(2);
  });
});

describe('reading a form', () => {
  test('when all fields are valid, then the body has plain decimals and dates, without empty lines', () => {
    const draft = draftWith(
      { date: '22/11/2026', dueDate: '+30', title: ' Renewal ' },
      { description: 'Plan', quantity: '2', unitAmount: 'AUD 1,450.00', discount: '12.5 %', dealLine: 1 },
      {},
    );
    expect(readDraft(draft, place)).toMatchObject({
      isGood: true,
      lineIds: [draft.lines[0]?.id],
      request: {
        kind: 'quote',
        body: {
          ...{ date: '2026-11-22', expiryDate: '2026-12-22', title: 'Renewal', fromDealLines: [1] },
          lines: [{ description: 'Plan', quantity: '2', unitAmount: '1450', discount: '12.5', taxType: 'OUTPUT' }],
        },
      },
    });
  });

  test('when fields are invalid, then each gets its error', () => {
    const draft = draftWith(
      { kind: 'invoice', date: '30 Jun 2026', dueDate: 'some day' },
      { description: 'Plan', quantity: 'two', unitAmount: '', taxType: 'INPUT', discount: '101' },
    );
    const reading = readDraft(draft, place);
    const id = draft.lines[0]?.id;
    expect(reading.isGood).toBe(false);
    expect(reading.isGood ? [] : Object.keys(reading.errors)).toEqual(
      ['date', 'dueDate', 'quantity', 'unitAmount', 'discount', 'taxType'].map((field) =>
        field === 'date' || field === 'dueDate' ? field : `lines.${id}.${field}`,
      ),
    );
  });

  test('refused fields show errors at the form’s lines and keep other errors', () => {
    const refused = [
      { path: 'lines.1.accountCode', message: 'A' },
      { path: '/body/lines/0/itemCode', message: 'B' },
      { path: 'expiryDate', message: 'C' },
      { path: 'contactId', message: 'D' },
    ];
    const deal = [
      { path: 'fromDealLines.0', message: 'E' },
      { path: 'fromDealLines.0', message: 'E' },
    ];
    const sent = { lineIds: ['x', 'y'], dealLineIds: ['z'] };
    expect(placeErrors(deal, sent)).toEqual({ errors: { 'lines.z.description': 'E' }, other: [] });
    expect(placeErrors(refused, sent)).toEqual({
      errors: { 'lines.y.accountCode': 'A', 'lines.x.description': 'B', dueDate: 'C' },
      other: ['D'],
    });
  });
});

describe('amounts in the reader’s own locale', () => {
  test('when price and discount are in native digits, then preview and body have their values', () => {
    const persian = createTyping('fa', today);
    const line = { description: 'Lamp', quantity: '۲', unitAmount: '۱٬۴۵۰٫۵۰', discount: '۱۰٪' };
    const draft = draftWith({ date: '۴ دسامبر ۲۰۲۶', dueDate: '' }, line);
    expect(previewDraft(draft, choices, persian)).toMatchObject({ subTotal: '2610.90', isComplete: true });
    expect(readDraft(draft, { ...place, typing: persian })).toMatchObject({
      isGood: true,
      request: { body: { date: '2026-12-04', lines: [{ quantity: '2', unitAmount: '1450.5', discount: '10' }] } },
    });
  });

  test('when a price has the document’s currency sign, then it is read; another sign is refused', () => {
    const zloty = { description: 'Lamp', quantity: '1', unitAmount: '12 zł' };
    const polish = draftWith({ currency: 'PLN' }, zloty);
    expect(readDraft(polish, place)).toMatchObject({ request: { body: { lines: [{ unitAmount: '12' }] } } });
    expect(previewDraft(polish, choices, typing).amounts).toEqual({ [polish.lines[0]?.id ?? '']: '12.00' });
    expect(readDraft(draftWith({ currency: 'AUD' }, zloty), place).isGood).toBe(false);
  });
});

describe('the preview', () => {
  test('when a line cannot be read yet, then the total has the other lines and is incomplete', () => {
    const draft = draftWith({}, { unitAmount: '33.35', quantity: '1.5' }, { unitAmount: 'x' });
    expect(previewDraft(draft, choices, typing)).toMatchObject({
      ...{ subTotal: '50.03', taxes: [{ name: 'GST on Income', amount: '5.00' }], total: '55.03' },
      ...{ isComplete: false, isTaxKnown: true },
    });
  });

  test('when only Xero can compute a tax, then no tax is shown and the total is not known', () => {
    const automatic = { ...tax('AVALARA', 'Auto Look Up', '0'), rate: null, components: [] };
    const draft = draftWith({}, { unitAmount: '100', taxType: 'AVALARA' });
    const known = { ...choices, taxRates: [...choices.taxRates, automatic] };
    expect(previewDraft(draft, known, typing)).toMatchObject({ taxes: [], total: '100.00', isTaxKnown: false });
    expect([rateWords(null), rateWords('10')]).toEqual(['calculated by Xero', '10 %']);
  });
});

describe('attachments', () => {
  const file = (name: string, bytes = 1) => new File([new Uint8Array(bytes)], name);

  test('when names clash or have characters that Xero refuses, then they are changed', () => {
    const { admitted } = admit([], [file('a:b?.pdf'), file('image.png'), file('Image.png'), file('??'), file('..')]);
    expect(admitted.map(({ name }) => name)).toEqual(['a-b-.pdf', 'image.png', 'Image (2).png', '--', 'file']);
  });

  test('when files are too many, too large or empty, then each is left out with its reason', () => {
    const many = Array.from({ length: 12 }, (_, index) => file(`${index}.txt`));
    const { admitted, refused } = admit([], [file('big', 10 * 1024 * 1024 + 1), file('none', 0), ...many]);
    expect(admitted.length).toBe(10);
    expect(refused).toEqual([
      'big is larger than 10 MB.',
      'none is empty.',
      'Xero accepts 10 files per document. Not added: 10.txt, 11.txt',
    ]);
  });
});
