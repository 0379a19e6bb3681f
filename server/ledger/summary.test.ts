import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { summarySchema } from '#shared/contract/summary.ts';
import type { LedgerDocument } from './document.ts';
import { buildSummary } from './summary.ts';

const today = '2026-11-22';
const options = { today, baseCurrency: 'AUD', canViewBills: true };

function buildDocument(part: Partial<LedgerDocument>): LedgerDocument {
  return {
    id: crypto.randomUUID(),
    kind: 'invoice',
    contactId: 'c',
    number: null,
    reference: null,
    status: 'AUTHORISED',
    date: '2026-10-01',
    dueDate: '2026-12-01',
    currency: 'AUD',
    rate: null,
    subTotal: '100',
    total: '110',
    amountDue: '110',
    amountPaid: '0',
    amountCredited: '0',
    updatedAt: '2026-10-01T00:00:00.000Z',
    ...part,
  };
}

describe('buildSummary', () => {
  test('when one of three invoices is late, then it is part of outstanding and overdue', () => {
    const summary = buildSummary(
      [
        buildDocument({ amountDue: '4200.00', dueDate: '2026-11-04' }),
        buildDocument({ amountDue: '6280.00' }),
        buildDocument({ amountDue: '2000.00' }),
      ],
      options,
    );
    expect(summary.outstandingInvoices).toEqual({ count: 3, totals: [{ currency: 'AUD', amount: '12480.00' }] });
    expect(summary.overdueInvoices).toEqual({ count: 1, totals: [{ currency: 'AUD', amount: '4200.00' }] });
    expect(summary.mostDaysLate).toBe(18);
    expect(summary.nextDueDate).toBe('2026-12-01');
  });

  test('when an invoice is due today, then it is not overdue; the day after it is', () => {
    const documents = [buildDocument({ dueDate: today })];
    expect(buildSummary(documents, options).overdueInvoices.count).toBe(0);
    expect(buildSummary(documents, { ...options, today: '2026-11-23' }).overdueInvoices.count).toBe(1);
  });

  test('when amounts are in two currencies, then they are never added; the base line converts at each rate', () => {
    const { outstandingInvoices } = buildSummary(
      [
        buildDocument({ amountDue: '100' }),
        buildDocument({ amountDue: '100', currency: 'USD', rate: '0.65' }),
        buildDocument({ amountDue: '50', currency: 'USD', rate: '0.7' }),
      ],
      options,
    );
    expect(outstandingInvoices).toEqual({
      count: 3,
      totals: [
        { currency: 'AUD', amount: '100.00' },
        { currency: 'USD', amount: '150.00' },
      ],
      base: { currency: 'AUD', amount: '325.27' },
    });
  });

  test('when a foreign document has no rate, then there is no base line rather than a wrong one', () => {
    const { outstandingInvoices } = buildSummary([buildDocument({ currency: 'USD' })], options);
    expect(outstandingInvoices.base).toBeUndefined();
  });

  test('when the user may not see bills, then nothing of them is in the answer', () => {
    const summary = buildSummary([buildDocument({ kind: 'bill', amountDue: '987.65' })], {
      ...options,
      canViewBills: false,
    });
    expect(Object.keys(summary)).not.toContain('outstandingBills');
    expect(JSON.stringify(summary)).not.toMatch(/987|[Bb]ill/);
  });

  test('when quotes are draft, sent, expired or accepted, then they count as design says', () => {
    const quote = (part: Partial<LedgerDocument>) => buildDocument({ kind: 'quote', amountDue: '0', ...part });
    const summary = buildSummary(
      [
        quote({ status: 'DRAFT' }),
        quote({ status: 'SENT', dueDate: '2026-11-01' }),
        quote({ status: 'ACCEPTED' }),
        quote({ status: 'DECLINED' }),
        quote({ status: 'INVOICED' }),
      ],
      options,
    );
    expect([summary.openQuotes.count, summary.expiredQuotes.count, summary.acceptedQuotes.count]).toEqual([2, 1, 1]);
  });
});

describe('the edges of days', () => {
  const dueOn = (dueDate: string | null, part: Partial<LedgerDocument> = {}) => buildDocument({ dueDate, ...part });

  test.each([
    [null, 'not_due'],
    ['2026-11-23', 'not_due'],
    ['2026-11-22', 'not_due'],
    ['2026-11-21', '1_30'],
    ['2026-10-23', '1_30'],
    ['2026-10-22', '31_60'],
    ['2026-09-23', '31_60'],
    ['2026-09-22', '61_90'],
    ['2026-08-24', '61_90'],
    ['2026-08-23', 'over_90'],
    ['2016-11-22', 'over_90'],
  ])('when an invoice or a bill was due on %s, then on 22 November 2026 it is in %s', (dueDate, bucket) => {
    const { ageing } = buildSummary([dueOn(dueDate), dueOn(dueDate, { kind: 'bill' })], options);
    const inBucket = (list: readonly { bucket: string; count: number }[] | undefined) =>
      list?.filter(({ count }) => count > 0).map((one) => one.bucket);
    expect([inBucket(ageing.invoices), inBucket(ageing.bills)]).toEqual([[bucket], [bucket]]);
    const names = ['not_due', '1_30', '31_60', '61_90', 'over_90'];
    expect(ageing.invoices.map((one) => one.bucket)).toEqual(names);
  });

  test('when an invoice is due today, then it is the next one due and not late; tomorrow it is one day late', () => {
    const documents = [dueOn('2026-11-22'), dueOn('2026-12-24')];
    expect(buildSummary(documents, options)).toMatchObject({ mostDaysLate: null, nextDueDate: '2026-11-22' });
    const tomorrow = buildSummary(documents, { ...options, today: '2026-11-23' });
    expect(tomorrow).toMatchObject({
      overdueInvoices: { count: 1, totals: [{ currency: 'AUD', amount: '110.00' }] },
      ...{ mostDaysLate: 1, nextDueDate: '2026-12-24' },
    });
  });

  test('when nothing is due, then an approved invoice is neither outstanding nor late, however old it is', () => {
    const settled = dueOn('2026-01-01', { amountDue: '0.00', amountPaid: '110.00' });
    const summary = buildSummary([settled, { ...settled, id: 'b', kind: 'bill' }], options);
    const none = { count: 0, totals: [] };
    expect(summary).toMatchObject({ outstandingInvoices: none, overdueInvoices: none, mostDaysLate: null });
    expect(summary).toMatchObject({ outstandingBills: none, overdueBills: none, nextDueDate: null });
    expect([...summary.ageing.invoices, ...(summary.ageing.bills ?? [])].every(({ count }) => count === 0)).toBe(true);
  });

  test('when a cent is due, then it is outstanding', () => {
    const summary = buildSummary([dueOn('2026-11-21', { amountDue: '0.01' })], options);
    expect(summary.overdueInvoices).toEqual({ count: 1, totals: [{ currency: 'AUD', amount: '0.01' }] });
  });

  test('when a draft or a paid invoice is past its due date, then it is not late', () => {
    const documents = ['DRAFT', 'SUBMITTED', 'PAID', 'VOIDED'].map((status) => dueOn('2026-01-01', { status }));
    expect(buildSummary(documents, options)).toMatchObject({
      outstandingInvoices: { count: 0 },
      drafts: { invoices: { count: 2, totals: [{ currency: 'AUD', amount: '220.00' }] } },
    });
  });

  test('when a quote expires today, then it is open and not expired; tomorrow it is both; without a date never', () => {
    const quote = dueOn('2026-11-22', { kind: 'quote', status: 'SENT', amountDue: '0' });
    const endless = { ...quote, id: 'endless', dueDate: null };
    expect(buildSummary([quote, endless], options)).toMatchObject({
      ...{ openQuotes: { count: 2 }, expiredQuotes: { count: 0 } },
    });
    expect(buildSummary([quote, endless], { ...options, today: '2026-11-23' })).toMatchObject({
      openQuotes: { count: 2, totals: [{ currency: 'AUD', amount: '220.00' }] },
      expiredQuotes: { count: 1, totals: [{ currency: 'AUD', amount: '110.00' }] },
    });
  });
});

describe('several currencies', () => {
  const inCurrency = (currency: string, amountDue: string, rate: string | null = '2') =>
    buildDocument({ currency, amountDue, rate });

  test.each([
    ['ZAR', ['ZAR', 'AUD', 'EUR', 'USD']],
    ['AUD', ['AUD', 'EUR', 'USD', 'ZAR']],
    ['GBP', ['AUD', 'EUR', 'USD', 'ZAR']],
  ])(
    'when the organisation keeps its books in %s, then that comes first and the others by their codes',
    (baseCurrency, order) => {
      const documents = ['USD', 'ZAR', 'EUR', 'AUD'].map((currency) => inCurrency(currency, '1'));
      const { outstandingInvoices } = buildSummary(documents, { ...options, baseCurrency });
      expect(outstandingInvoices.totals.map(({ currency }) => currency)).toEqual(order);
    },
  );

  test('when amounts are converted, then they are added unrounded and rounded once', () => {
    // A third of a cent three times is a cent; each rounded by itself is none.
    const documents = [1, 2, 3].map(() => inCurrency('USD', '0.01', '3'));
    expect(buildSummary(documents, options).outstandingInvoices).toEqual({
      ...{ count: 3, totals: [{ currency: 'USD', amount: '0.03' }], base: { currency: 'AUD', amount: '0.01' } },
    });
  });

  test('when a currency has no decimals or three, then its total does too', () => {
    const documents = [inCurrency('JPY', '1200.00'), inCurrency('KWD', '1.5')];
    expect(buildSummary(documents, options).outstandingInvoices.totals).toEqual([
      { currency: 'JPY', amount: '1200' },
      { currency: 'KWD', amount: '1.500' },
    ]);
  });

  test.each([null, '0', '-1'])('when one rate of several is %s, then nothing is converted', (rate) => {
    const documents = [inCurrency('USD', '10'), inCurrency('EUR', '10', rate)];
    expect(buildSummary(documents, options).outstandingInvoices).not.toHaveProperty('base');
  });
});

const documentArbitrary = fc
  .record({
    kind: fc.constantFrom('quote', 'invoice', 'bill'),
    status: fc.constantFrom('DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'DELETED', 'SENT', 'ACCEPTED'),
    currency: fc.constantFrom('AUD', 'USD', 'EUR'),
    cents: fc.integer({ min: 0, max: 10_000_000 }),
    dueDay: fc.option(fc.integer({ min: -200, max: 200 })),
  })
  .map(({ cents, dueDay, currency, kind, status }) => {
    const amount = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
    return buildDocument({
      kind: kind as LedgerDocument['kind'],
      status,
      currency,
      rate: currency === 'AUD' ? null : '0.5',
      total: amount,
      amountDue: amount,
      dueDate: dueDay === null ? null : toDate(dueDay),
    });
  });

function toDate(daysFromToday: number): string {
  return new Date(Date.parse(today) + daysFromToday * 86_400_000).toISOString().slice(0, 10);
}

describe('unused credit', () => {
  const credit = { side: 'invoice' as const, contactId: 'c', currency: 'AUD', rate: '1' };

  test('when credits are not loaded, then null; when they are, then each counts once and on its side', () => {
    expect(buildSummary([], options).credit).toBeNull();
    const credits = [
      { ...credit, id: '1', remaining: '10.10' },
      { ...credit, id: '1', remaining: '10.10' },
      { ...credit, id: '2', remaining: '5', currency: 'USD', rate: '0.5' },
      { ...credit, id: '3', remaining: '7', side: 'bill' as const },
    ];
    expect(buildSummary([], { ...options, credits }).credit).toEqual({
      invoices: {
        count: 2,
        totals: [
          { currency: 'AUD', amount: '10.10' },
          { currency: 'USD', amount: '5.00' },
        ],
        base: { currency: 'AUD', amount: '20.10' },
      },
      bills: { count: 1, totals: [{ currency: 'AUD', amount: '7.00' }] },
    });
    expect(buildSummary([], { ...options, credits, canViewBills: false }).credit).not.toHaveProperty('bills');
  });
});

describe('properties of buildSummary', () => {
  const documents = fc.array(documentArbitrary, { maxLength: 60 });

  test('when any documents are summed up, then the contract holds and the ageing adds up to outstanding', () => {
    fc.assert(
      fc.property(documents, (list) => {
        const summary = buildSummary(list, options);
        expect(() => summarySchema.parse(summary)).not.toThrow();
        const aged = summary.ageing.invoices;
        expect(aged.reduce((sum, { count }) => sum + count, 0)).toBe(summary.outstandingInvoices.count);
        expect(addByCurrency(aged.flatMap(({ totals }) => totals))).toEqual(
          addByCurrency(summary.outstandingInvoices.totals),
        );
        expect(aged.slice(1).reduce((sum, { count }) => sum + count, 0)).toBe(summary.overdueInvoices.count);
      }),
    );
  });

  test('when documents come in any order and more than once, then nothing changes', () => {
    const shuffled = documents.chain((list) =>
      fc
        .shuffledSubarray([...list, ...list], { minLength: list.length * 2, maxLength: list.length * 2 })
        .map((again) => ({ list, again })),
    );
    fc.assert(
      fc.property(shuffled, ({ list, again }) => {
        expect(buildSummary(again, options)).toEqual(buildSummary(list, options));
      }),
    );
  });
});

/** Hundredths by currency: a second way to add. */
function addByCurrency(totals: readonly { currency: string; amount: string }[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { currency, amount } of totals) {
    sums[currency] = (sums[currency] ?? 0) + Number(amount.replace('.', ''));
  }
  return sums;
}
