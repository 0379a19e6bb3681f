import { describe, expect, test } from 'vitest';
import type { XeroDocument } from '#server/xero/documents/document.ts';
import { getOnly, parseFullQuotes } from '#server/xero/documents/parse-full-documents.ts';
import { AppError } from '#shared/app-error.ts';
import { toFieldError } from '#shared/words/field-error-words.ts';
import { carryLines } from './carry-lines.ts';

const everywhere = { revenue: true, expenses: true, assets: true, liabilities: true, equity: true };
function rate(taxType: string, percent: string | null) {
  return {
    ...{ taxType, name: taxType, rate: percent, components: [], appliesTo: everywhere },
  };
}
function account(code: string, taxType: string) {
  return {
    ...{ code, name: code, class: 'revenue' as const, taxType, isSales: true, isPurchases: false },
  };
}
const choices = {
  accounts: [account('200', 'OUTPUT'), account('260', 'NONE')],
  taxRates: [rate('NONE', '0'), rate('OUTPUT', '10')],
  items: [],
};

const line = { Description: 'Lamp', Quantity: 10, UnitAmount: 100, AccountCode: '200', TaxType: 'OUTPUT' };
/** A quote from Xero with one line, exclusive of tax. */
function quoteOf(change: object, head: object = {}): XeroDocument {
  const told = { LineItemID: 'b6d1', LineAmount: 1000, TaxAmount: 100, Tracking: [], ...line, ...change };
  const totals = { SubTotal: told.LineAmount, TotalTax: told.TaxAmount, Total: told.LineAmount + told.TaxAmount };
  const quote = {
    QuoteID: '68e9965d-8d22-4e22-a01c-ee0a78fb3ea1',
    Contact: { ContactID: '42771b60-19a7-4692-af81-dd9f9b9362d4' },
    ...{ Status: 'ACCEPTED', CurrencyCode: 'AUD', LineAmountTypes: 'EXCLUSIVE', LineItems: [told], ...totals, ...head },
    UpdatedDateUTC: '/Date(1574029509507)/',
  };
  return getOnly(parseFullQuotes({ status: 200, headers: {}, text: JSON.stringify({ Quotes: [quote] }) }));
}

function refusalOf(quote: XeroDocument, known = choices): unknown {
  try {
    return carryLines(quote, known);
  } catch (error) {
    return error instanceof AppError && [error.code, error.details.errors];
  }
}

describe('what is carried from a quote to an invoice', () => {
  test('carries all of a line and adds nothing', () => {
    const tracking = { TrackingCategoryID: null, TrackingOptionID: null, Name: 'Region', Option: 'East' };
    const told = { ItemCode: 'LAMP-S', DiscountRate: 50, LineAmount: 500, TaxAmount: 50, Tracking: [tracking] };
    const { lines } = carryLines(quoteOf(told), choices);
    expect(JSON.parse(JSON.stringify(lines))).toEqual([
      {
        description: 'Lamp',
        ...{ quantity: '10', unitAmount: '100', discount: '50', itemCode: 'LAMP-S' },
        ...{ accountCode: '200', taxType: 'OUTPUT' },
        tracking: [{ name: 'Region', option: 'East', categoryId: null, optionId: null }],
      },
    ]);
  });

  test('carries tracking given by option id only', () => {
    const [entry, id] = [
      { TrackingOptionID: 'AE777A87-5EF3-4FA0-A4F0-D10E1F13073A' },
      'ae777a87-5ef3-4fa0-a4f0-d10e1f13073a',
    ];
    expect(carryLines(quoteOf({ Tracking: [entry] }), choices).lines).toMatchObject([{ tracking: [{ optionId: id }] }]);
    expect(carryLines(quoteOf({ Tracking: null }), choices).lines).toMatchObject([{ tracking: [] }]);
  });

  test('a discount entered as an amount ignores the percentage beside it', () => {
    const told = { DiscountRate: 33.33, DiscountAmount: 200, DiscountEnteredAsPercent: false };
    const [carried] = carryLines(quoteOf({ ...told, LineAmount: 800, TaxAmount: 80 }), choices).lines;
    expect([carried?.discount, carried?.discountAmount]).toEqual([undefined, '200']);
  });

  test('computes a line’s amount and tax when Xero does not return them', () => {
    const head = { SubTotal: 1000, TotalTax: 100, Total: 1100 };
    const quote = quoteOf({ LineAmount: undefined, TaxAmount: undefined }, head);
    const [carried] = carryLines(quote, choices).lines;
    expect([carried?.taxType, carried?.taxAmount]).toEqual(['OUTPUT', undefined]);
  });

  test('stops when a tax that Xero does not return was set by hand', () => {
    const untold = { LineAmount: undefined, TaxAmount: undefined };
    const byHand = { SubTotal: 1000, TotalTax: 99.5, Total: 1099.5 };
    const differs = ['preflight_failed', [toFieldError('lines', 'quote_total_differs')]];
    expect(refusalOf(quoteOf(untold, byHand))).toEqual(differs);
    expect(refusalOf(quoteOf({ ...untold, TaxType: undefined }, byHand))).toEqual(differs);
    const withoutTax = { LineAmountTypes: 'NOTAX', SubTotal: 1000, TotalTax: 5, Total: 1000 };
    expect(refusalOf(quoteOf({ ...untold, TaxType: 'OLDRATE' }, withoutTax))).toEqual(differs);
    // The tax of an unknown rate cannot be checked before Xero computes it.
    expect(carryLines(quoteOf({ ...untold, TaxType: 'OLDRATE' }, byHand), choices).lines).toHaveLength(1);
  });

  test('keeps 200 off 10 × 100 as an amount, not a percentage', () => {
    const [carried] = carryLines(quoteOf({ DiscountAmount: 200, LineAmount: 800, TaxAmount: 80 }), choices).lines;
    expect(carried).toMatchObject({ quantity: '10', unitAmount: '100', discountAmount: '200', taxType: 'OUTPUT' });
    expect(carried?.discount).toBeUndefined();
    // Xero computes the same 80.00.
    expect(carried?.taxAmount).toBeUndefined();
  });

  test('a percentage with its value counts once', () => {
    const told = {
      DiscountRate: 20,
      DiscountAmount: 200,
      DiscountEnteredAsPercent: true,
      LineAmount: 800,
      TaxAmount: 80,
    };
    const [carried] = carryLines(quoteOf(told), choices).lines;
    expect([carried?.discount, carried?.discountAmount]).toEqual(['20', undefined]);
  });

  test('a tax set by hand is sent to the cent', () => {
    const { lines } = carryLines(quoteOf({ TaxAmount: 99.5 }), choices);
    expect(lines).toMatchObject([{ taxType: 'OUTPUT', taxAmount: '99.5' }]);
  });

  test('the tax of an unknown rate is sent to the cent', () => {
    const { lines } = carryLines(quoteOf({ TaxType: 'OLDRATE', TaxAmount: 125 }), choices);
    expect(lines).toMatchObject([{ taxType: 'OLDRATE', taxAmount: '125' }]);
  });

  test('a tax that only Xero can compute is left to Xero', () => {
    const known = { ...choices, taxRates: [rate('AVALARA', null)] };
    const [carried] = carryLines(quoteOf({ TaxType: 'AVALARA', TaxAmount: 72.5 }), known).lines;
    expect([carried?.taxType, carried?.taxAmount]).toEqual(['AVALARA', undefined]);
  });

  test('a line without a tax needs an account without a tax', () => {
    const untaxed = { TaxType: undefined, TaxAmount: 0 };
    expect(carryLines(quoteOf(untaxed), choices).lines).toMatchObject([{ taxType: 'NONE' }]);
    const without = { ...choices, taxRates: [rate('OUTPUT', '10')] };
    expect(refusalOf(quoteOf(untaxed), without)).toEqual([
      'preflight_failed',
      [
        {
          path: 'lines.0.taxType',
          code: 'quote_line_tax_missing',
          values: { line: '1' },
          message: 'Line 1 of the quote has no tax rate, but Xero would add the account’s tax on an invoice.',
        },
      ],
    ]);
    // An account without a tax, or an unknown account, gives no tax.
    expect(carryLines(quoteOf({ ...untaxed, AccountCode: '999' }), without).lines[0]?.taxType).toBeUndefined();
    const uncounted = quoteOf({ ...untaxed, LineAmount: undefined }, { SubTotal: 1000, TotalTax: 0, Total: 1000 });
    expect(carryLines(uncounted, choices).lines).toMatchObject([{ taxType: 'NONE' }]);
    const words = { Quantity: 0, UnitAmount: 0, LineAmount: 0, ...untaxed };
    expect(carryLines(quoteOf(words), without).lines[0]?.taxType).toBeUndefined();
  });

  test('carries US sales tax members, but not what Xero computed from them', () => {
    const told = { Taxability: 'TAXABLE', SalesTaxCodeId: 7, TaxBreakdown: [{ TaxAmount: 100 }] };
    expect(carryLines(quoteOf(told), choices).lines).toMatchObject([{ taxability: 'TAXABLE', salesTaxCodeId: '7' }]);
  });

  test('an account without a code is named by its id', () => {
    const told = { AccountCode: undefined, AccountID: '11111111-1111-4111-8111-111111111111' };
    expect(carryLines(quoteOf(told), choices).lines).toMatchObject([{ accountId: told.AccountID }]);
    const [carried] = carryLines(quoteOf({ AccountID: told.AccountID }), choices).lines;
    expect([carried?.accountCode, carried?.accountId]).toEqual(['200', undefined]);
  });

  test('a price without a quantity is for one; a text line has no numbers', () => {
    const alone = quoteOf({ Quantity: undefined, LineAmount: 100, TaxAmount: 10 });
    expect(carryLines(alone, choices).lines).toMatchObject([{ quantity: '1', unitAmount: '100' }]);
    const words = { Quantity: undefined, UnitAmount: undefined, TaxType: undefined, LineAmount: 0, TaxAmount: 0 };
    const [carried] = carryLines(quoteOf(words), choices).lines;
    expect([carried?.quantity, carried?.unitAmount]).toEqual([undefined, undefined]);
  });
});

describe('how amounts are meant', () => {
  const inclusive = { LineAmountTypes: 'INCLUSIVE', SubTotal: 1000, TotalTax: 100, Total: 1100 };

  test('an inclusive quote with amounts including tax stays inclusive', () => {
    const quote = quoteOf({ UnitAmount: 110, LineAmount: 1100 }, inclusive);
    expect(carryLines(quote, choices)).toMatchObject({ lineAmountTypes: 'inclusive', lines: [{ unitAmount: '110' }] });
  });

  test('an inclusive quote with amounts less tax gets its tax added once', () => {
    const { lineAmountTypes, lines } = carryLines(quoteOf({}, inclusive), choices);
    expect([lineAmountTypes, lines[0]?.unitAmount, lines[0]?.taxAmount]).toEqual(['exclusive', '100', undefined]);
  });

  test('without tax, no tax is sent', () => {
    const quote = quoteOf({ TaxType: undefined, TaxAmount: 0 }, { LineAmountTypes: 'NOTAX' });
    expect(carryLines(quote, choices)).toMatchObject({ lineAmountTypes: 'none', lines: [{ taxType: undefined }] });
  });

  test.each([
    ['a total that its lines do not make', {}, { SubTotal: 999, Total: 1099 }],
    ['a subtotal alone that its lines make, without tax at all', {}, { LineAmountTypes: 'NOTAX', Total: 1200 }],
    ['tax that its lines do not make', {}, { TotalTax: 99, Total: 1099 }],
    [
      'amounts with tax although it is exclusive',
      { UnitAmount: 110, LineAmount: 1100 },
      { SubTotal: 1000, Total: 1100 },
    ],
  ])('a quote with %s is not converted', (_what, change, head) => {
    expect(refusalOf(quoteOf(change, head))).toEqual([
      'preflight_failed',
      [toFieldError('lines', 'quote_total_differs')],
    ]);
  });
});

describe('what stops a conversion', () => {
  test.each<[string, object, string]>([
    ['a member that nobody knows', { Surcharge: { Percent: 3 } }, 'unknown_member'],
    ['a repeating invoice', { RepeatingInvoiceID: 'x' }, 'unknown_member'],
    ['too many decimals of a price', { UnitAmount: 100.00001 }, 'too_fine'],
    ['too many decimals of a quantity', { Quantity: 10.00001 }, 'too_fine'],
    ['tracking without an option', { Tracking: [{ Name: 'Region' }] }, 'option_missing'],
    ['tax without a rate', { TaxType: undefined }, 'tax_missing'],
    ['something that is so', { IsBackOrder: true }, 'unknown_member'],
    ['an amount of its own', { Quantity: 9 }, 'amount_differs'],
  ])('when a line has %s, then it is named', (_what, change, code) => {
    expect(refusalOf(quoteOf(change))).toMatchObject([
      'preflight_failed',
      [{ code: `quote_line_${code}`, values: { line: '1' } }],
    ]);
  });

  test('reports only the unknown member, which may explain the amount', () => {
    const [, errors] = refusalOf(quoteOf({ Surcharge: 5, Quantity: 9 })) as [string, { path: string }[]];
    expect(errors.map(({ path }) => path)).toEqual(['lines.0.Surcharge']);
  });

  test.each([
    [{ Surcharge: null }],
    [{ Surcharge: 0 }],
    [{ Surcharge: '0.00' }],
    [{ Surcharge: '' }],
    [{ Surcharge: false }],
    [{ Surcharge: [] }],
    [{ Surcharge: { Percent: 0, Names: [] } }],
    [{ ValidationErrors: [{ Message: 'x' }], Item: { Code: 'L' }, LineItemID: 'z' }],
  ])('carries a line whose unknown members are empty, as in %j', (change) => {
    expect(carryLines(quoteOf(change), choices).lines).toHaveLength(1);
  });
});
