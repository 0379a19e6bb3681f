import { describe, expect, test } from 'vitest';
import type { DocumentHeader } from '#server/xero/documents/document-header.ts';
import { newDocument } from './document.fixture.ts';
import { buildSummary } from './summary.ts';

const today = '2026-11-22';
const options = { today, baseCurrency: 'AUD', canViewBills: true };

describe('the edges of days', () => {
  const dueOn = (dueDate: string | null, part: Partial<DocumentHeader> = {}) => newDocument({ dueDate, ...part });

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
  ])('an invoice or bill due on %s is in %s on 22 November 2026', (dueDate, bucket) => {
    const { ageing } = buildSummary([dueOn(dueDate), dueOn(dueDate, { kind: 'bill' })], options);
    const inBucket = (list: readonly { bucket: string; count: number }[] | undefined) =>
      list?.filter(({ count }) => count > 0).map((one) => one.bucket);
    expect([inBucket(ageing.invoices), inBucket(ageing.bills)]).toEqual([[bucket], [bucket]]);
    const names = ['not_due', '1_30', '31_60', '61_90', 'over_90'];
    expect(ageing.invoices.map((one) => one.bucket)).toEqual(names);
  });

  test('an invoice due today is next; tomorrow it is one day overdue', () => {
    const documents = [dueOn('2026-11-22'), dueOn('2026-12-24')];
    expect(buildSummary(documents, options)).toMatchObject({ mostDaysLate: null, nextDueDate: '2026-11-22' });
    const tomorrow = buildSummary(documents, { ...options, today: '2026-11-23' });
    expect(tomorrow).toMatchObject({
      overdueInvoices: { count: 1, totals: [{ currency: 'AUD', amount: '110.00' }] },
      ...{ mostDaysLate: 1, nextDueDate: '2026-12-24' },
    });
  });

  test('an approved invoice with nothing due is never outstanding or overdue', () => {
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

  test('a draft or paid invoice past its due date is not overdue', () => {
    const documents = ['DRAFT', 'SUBMITTED', 'PAID', 'VOIDED'].map((status) => dueOn('2026-01-01', { status }));
    expect(buildSummary(documents, options)).toMatchObject({
      outstandingInvoices: { count: 0 },
      drafts: { invoices: { count: 2, totals: [{ currency: 'AUD', amount: '220.00' }] } },
    });
  });

  test('names the most overdue invoice and the next due date', () => {
    const days = ['2026-11-20', '2026-09-01', '2026-11-10', '2026-12-24', '2026-11-30', '2027-01-05'];
    const documents = days.map((day) => dueOn(day));
    expect(buildSummary(documents, options)).toMatchObject({ mostDaysLate: 82, nextDueDate: '2026-11-30' });
  });

  test('a quote expiring today is not expired until tomorrow', () => {
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

describe('the kinds of documents', () => {
  test('each figure counts only its own kind, whatever the others’ status', () => {
    const statuses = ['DRAFT', 'SUBMITTED', 'SENT', 'ACCEPTED', 'AUTHORISED'];
    const totals = { quote: '1.00', invoice: '10.00', bill: '100.00' } as const;
    const documents = statuses.flatMap((status) =>
      (['quote', 'invoice', 'bill'] as const).map((kind) =>
        newDocument({ kind, status, total: totals[kind], amountDue: totals[kind], dueDate: '2026-11-01' }),
      ),
    );
    const figure = (count: number, amount: string) => ({ count, totals: [{ currency: 'AUD', amount }] });
    expect(buildSummary(documents, options)).toMatchObject({
      ...{ openQuotes: figure(2, '2.00'), expiredQuotes: figure(2, '2.00'), acceptedQuotes: figure(1, '1.00') },
      ...{ outstandingInvoices: figure(1, '10.00'), overdueInvoices: figure(1, '10.00') },
      ...{ outstandingBills: figure(1, '100.00'), overdueBills: figure(1, '100.00') },
      drafts: { invoices: figure(2, '20.00'), bills: figure(2, '200.00') },
    });
  });
});

describe('several currencies', () => {
  const inCurrency = (currency: string, amountDue: string, rate: string | null = '2') =>
    newDocument({ currency, amountDue, rate });

  test.each([
    ['ZAR', ['ZAR', 'AUD', 'EUR', 'USD']],
    ['AUD', ['AUD', 'EUR', 'USD', 'ZAR']],
    ['GBP', ['AUD', 'EUR', 'USD', 'ZAR']],
  ])('books in %s come first, other currencies by code', (baseCurrency, order) => {
    const documents = ['USD', 'ZAR', 'EUR', 'AUD'].map((currency) => inCurrency(currency, '1'));
    const { outstandingInvoices } = buildSummary(documents, { ...options, baseCurrency });
    expect(outstandingInvoices.totals.map(({ currency }) => currency)).toEqual(order);
  });

  test('converted amounts are added unrounded and rounded once', () => {
    // Three times a third of a cent is a cent. Rounded one by one, they would add up to zero.
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
