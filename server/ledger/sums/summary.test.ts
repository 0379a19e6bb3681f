import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DocumentHeader } from '#server/xero/documents/document-header.ts';
import { summarySchema } from '#shared/contract/summary.ts';
import { newDocument } from './document.fixture.ts';
import { buildSummary } from './summary.ts';

const today = '2026-11-22';
const options = { today, baseCurrency: 'AUD', canViewBills: true };

describe('buildSummary', () => {
  test('an overdue invoice is part of outstanding', () => {
    const summary = buildSummary(
      [
        newDocument({ amountDue: '4200.00', dueDate: '2026-11-04' }),
        newDocument({ amountDue: '6280.00' }),
        newDocument({ amountDue: '2000.00' }),
      ],
      options,
    );
    expect(summary.outstandingInvoices).toEqual({ count: 3, totals: [{ currency: 'AUD', amount: '12480.00' }] });
    expect(summary.overdueInvoices).toEqual({ count: 1, totals: [{ currency: 'AUD', amount: '4200.00' }] });
    expect(summary.mostDaysLate).toBe(18);
    expect(summary.nextDueDate).toBe('2026-12-01');
  });

  test('an invoice due today is not overdue until the next day', () => {
    const documents = [newDocument({ dueDate: today })];
    expect(buildSummary(documents, options).overdueInvoices.count).toBe(0);
    expect(buildSummary(documents, { ...options, today: '2026-11-23' }).overdueInvoices.count).toBe(1);
  });

  test('two currencies are never added; the base converts at each rate', () => {
    const { outstandingInvoices } = buildSummary(
      [
        newDocument({ amountDue: '100' }),
        newDocument({ amountDue: '100', currency: 'USD', rate: '0.65' }),
        newDocument({ amountDue: '50', currency: 'USD', rate: '0.7' }),
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

  test('a foreign document without a rate removes the base line', () => {
    const { outstandingInvoices } = buildSummary([newDocument({ currency: 'USD' })], options);
    expect(outstandingInvoices.base).toBeUndefined();
  });

  test('without viewBills, the answer contains no bills', () => {
    const summary = buildSummary([newDocument({ kind: 'bill', amountDue: '987.65' })], {
      ...options,
      canViewBills: false,
    });
    expect(Object.keys(summary)).not.toContain('outstandingBills');
    expect(JSON.stringify(summary)).not.toMatch(/987|[Bb]ill/);
  });

  test('draft, sent, expired and accepted quotes are counted separately', () => {
    const quote = (part: Partial<DocumentHeader>) => newDocument({ kind: 'quote', amountDue: '0', ...part });
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
    return newDocument({
      kind: kind as DocumentHeader['kind'],
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

  test('credits are null until loaded, then count once on their side', () => {
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

  test('any summary fits the contract, and ageing adds up to outstanding', () => {
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

  test('order and duplicates change nothing', () => {
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

/** Adds up cents by currency, independently of the code under test. */
function addByCurrency(totals: readonly { currency: string; amount: string }[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { currency, amount } of totals) {
    sums[currency] = (sums[currency] ?? 0) + Number(amount.replace('.', ''));
  }
  return sums;
}
