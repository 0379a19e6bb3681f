import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DocumentHeader } from '#server/xero/documents/document-header.ts';
import { buildDealBar, type Deal } from './deal-bar.ts';
import { newDocument as newInvoice } from './document.fixture.ts';

const deal: Deal = { value: '42000', currency: 'AUD', valueIncludesTax: false };

function newDocument(change: Partial<DocumentHeader>) {
  return newInvoice({
    kind: 'quote',
    status: 'SENT',
    dueDate: null,
    subTotal: '100.00',
    total: '110.00',
    amountDue: '0',
    ...change,
  });
}
function aud(amount: string) {
  return { currency: 'AUD', amount };
}
function stage(amount: string) {
  return { amount: aud(amount), others: [] };
}

describe('buildDealBar', () => {
  test('two chosen quotes are quoted, and nothing is invoiced', () => {
    const quotes = ['18000.00', '12000.00'].map((subTotal) => newDocument({ subTotal }));
    expect(buildDealBar(deal, quotes)).toEqual({
      value: aud('42000.00'),
      includesTax: false,
      quoted: stage('30000.00'),
      invoiced: stage('0.00'),
      paid: stage('0.00'),
      notYetInvoiced: aud('42000.00'),
    });
  });

  test('a quote and its invoice count once per stage; paid is the net share', () => {
    const quote = newDocument({ status: 'INVOICED', subTotal: '30000.00', total: '33000.00' });
    const invoice = newDocument({
      kind: 'invoice',
      status: 'AUTHORISED',
      subTotal: '30000.00',
      total: '33000.00',
      amountDue: '22000.00',
      amountPaid: '11000.00',
    });
    const documents = [quote, invoice, invoice, quote];
    expect(buildDealBar(deal, documents)).toMatchObject({
      quoted: stage('30000.00'),
      invoiced: stage('30000.00'),
      paid: stage('10000.00'),
      notYetInvoiced: aud('12000.00'),
    });
    expect(buildDealBar({ ...deal, valueIncludesTax: true }, documents)).toMatchObject({
      quoted: stage('33000.00'),
      invoiced: stage('33000.00'),
      paid: stage('11000.00'),
      notYetInvoiced: aud('9000.00'),
    });
  });

  const invoice = (change: Partial<DocumentHeader>) =>
    newDocument({ kind: 'invoice', status: 'PAID', subTotal: '100.00', total: '110.00', amountDue: '0.00', ...change });

  test('an invoice settled by a credit note is credited, not paid', () => {
    const bar = buildDealBar(deal, [invoice({ amountPaid: '0.00', amountCredited: '110.00' })]);
    expect(bar).toMatchObject({ invoiced: stage('100.00'), paid: stage('0.00'), credited: stage('100.00') });
  });

  test('part payment and part credit are separate, net or with tax', () => {
    const part = invoice({ status: 'AUTHORISED', amountDue: '11.00', amountPaid: '66.00', amountCredited: '33.00' });
    expect(buildDealBar(deal, [part])).toMatchObject({ paid: stage('60.00'), credited: stage('30.00') });
    const gross = buildDealBar({ ...deal, valueIncludesTax: true }, [part]);
    expect(gross).toMatchObject({ paid: stage('66.00'), credited: stage('33.00') });
  });

  test('an amount due below the total is not a payment, as with CIS', () => {
    const deducted = invoice({ status: 'AUTHORISED', amountDue: '90.00', amountPaid: '0.00' });
    expect(buildDealBar(deal, [deducted])).toMatchObject({ paid: stage('0.00') });
  });

  test('without credits, none is shown; other currencies are separate', () => {
    expect(buildDealBar(deal, [invoice({ amountPaid: '110.00' })])).not.toHaveProperty('credited');
    const usd = invoice({ currency: 'USD', amountPaid: '0', amountCredited: '110.00' });
    expect(buildDealBar(deal, [usd]).credited).toEqual({
      amount: aud('0.00'),
      others: [{ currency: 'USD', amount: '100.00' }],
    });
  });

  test('without a paid amount: total less amount due less credited', () => {
    const untold = invoice({ amountPaid: null, amountCredited: '33.00' });
    expect(buildDealBar(deal, [untold])).toMatchObject({ paid: stage('70.00'), credited: stage('30.00') });
    expect(buildDealBar(deal, [invoice({ amountPaid: null, amountCredited: null })])).toMatchObject({
      paid: stage('100.00'),
    });
  });

  test('a draft or submitted invoice is neither paid nor credited', () => {
    const drafts = ['DRAFT', 'SUBMITTED'].map((status) => invoice({ status, amountPaid: '5', amountCredited: '5' }));
    expect(buildDealBar(deal, drafts)).toMatchObject({ paid: stage('0.00') });
    expect(buildDealBar(deal, drafts)).not.toHaveProperty('credited');
  });

  test('declined, voided and deleted documents and bills do not count', () => {
    const documents = [
      newDocument({ status: 'DECLINED' }),
      newDocument({ status: 'DELETED' }),
      newDocument({ kind: 'invoice', status: 'VOIDED' }),
      newDocument({ kind: 'bill', status: 'AUTHORISED' }),
    ];
    expect(buildDealBar(deal, documents)).toMatchObject({ quoted: stage('0.00'), invoiced: stage('0.00') });
  });

  test('an invoice over zero adds nothing, with tax or without', () => {
    const free = invoice({ subTotal: '0.00', total: '0.00', amountDue: '0.00', amountPaid: '0.00', status: 'PAID' });
    for (const valueIncludesTax of [true, false]) {
      expect(buildDealBar({ ...deal, valueIncludesTax }, [free])).toMatchObject({
        ...{ invoiced: stage('0.00'), paid: stage('0.00'), notYetInvoiced: aud('42000.00') },
      });
    }
  });

  test('a currency whose amounts are all zero is not listed', () => {
    const documents = ['0.00', '80.00'].map((subTotal) => invoice({ subTotal, currency: 'USD', amountPaid: '0' }));
    const bar = buildDealBar(deal, documents);
    expect(bar.invoiced.others).toEqual([{ currency: 'USD', amount: '80.00' }]);
    expect(bar.paid.others).toEqual([]);
  });

  test('nothing is left to invoice when more than the value is invoiced', () => {
    const invoice = newDocument({ kind: 'invoice', status: 'DRAFT', subTotal: '50000', amountDue: '110' });
    expect(buildDealBar(deal, [invoice])).toMatchObject({ paid: stage('0.00'), notYetInvoiced: aud('0.00') });
  });

  test('other currencies are separate and never added', () => {
    const documents = [newDocument({}), newDocument({ currency: 'USD' }), newDocument({ currency: 'JPY' })];
    expect(buildDealBar(deal, documents).quoted).toEqual({
      amount: aud('100.00'),
      others: [
        { currency: 'JPY', amount: '100' },
        { currency: 'USD', amount: '100.00' },
      ],
    });
  });
});

/** Whole cents and a tax of 10 %, so that a separate sum in integers is exact. */
const documentArbitrary = fc
  .record({
    id: fc.integer({ min: 1, max: 12 }),
    kind: fc.constantFrom('quote' as const, 'invoice' as const, 'bill' as const),
    status: fc.constantFrom('DRAFT', 'SENT', 'INVOICED', 'AUTHORISED', 'PAID', 'VOIDED', 'DECLINED', 'DELETED'),
    currency: fc.constantFrom('AUD', 'USD', 'EUR'),
    cents: fc.integer({ min: 0, max: 5_000_000 }).map((ten) => ten * 10),
    paidTenths: fc.integer({ min: 0, max: 5 }),
    creditedTenths: fc.integer({ min: 0, max: 5 }),
  })
  .map(({ id, cents, paidTenths, creditedTenths, ...rest }) => {
    const gross = cents + cents / 10;
    const [paid, credited] = [(gross / 10) * paidTenths, (gross / 10) * creditedTenths];
    const text = (amount: number) => (amount / 100).toFixed(2);
    return newDocument({
      ...{ ...rest, id: String(id), subTotal: text(cents), total: text(gross) },
      ...{ amountDue: text(gross - paid - credited), amountPaid: text(paid), amountCredited: text(credited) },
    });
  });

function toCents(amount: string) {
  return Math.round(Number(amount) * 100);
}

describe('properties of buildDealBar', () => {
  test('each stage is the sum of distinct counting documents per currency', () => {
    fc.assert(
      fc.property(fc.array(documentArbitrary, { maxLength: 30 }), (documents) => {
        const bar = buildDealBar(deal, documents);
        const distinct = [...new Map(documents.map((one) => [one.id, one])).values()];
        const counted = distinct.filter(({ status }) => !['VOIDED', 'DECLINED', 'DELETED'].includes(status));
        for (const currency of ['AUD', 'USD', 'EUR']) {
          const of = (kind: string) => counted.filter((one) => one.kind === kind && one.currency === currency);
          const sum = (list: DocumentHeader[], field: 'subTotal' | 'amountPaid' | 'amountCredited') =>
            list.reduce((cents, one) => cents + toCents(one[field] ?? '0'), 0);
          const settled = of('invoice').filter(({ status }) => status === 'AUTHORISED' || status === 'PAID');
          const inStage = (name: 'quoted' | 'invoiced' | 'paid' | 'credited') => {
            const all = [bar[name]?.amount ?? aud('0'), ...(bar[name]?.others ?? [])];
            return toCents(all.find((money) => money.currency === currency)?.amount ?? '0');
          };
          expect(inStage('quoted')).toBe(sum(of('quote'), 'subTotal'));
          expect(inStage('invoiced')).toBe(sum(of('invoice'), 'subTotal'));
          expect(inStage('paid')).toBe(Math.round((sum(settled, 'amountPaid') * 10) / 11));
          expect(inStage('credited')).toBe(Math.round((sum(settled, 'amountCredited') * 10) / 11));
        }
      }),
    );
  });

  test('without a value, the stages are the same and there is no rest', () => {
    const documents = [newDocument({}), newDocument({ kind: 'invoice', status: 'AUTHORISED', amountPaid: '55.00' })];
    expect(buildDealBar({ currency: 'AUD', valueIncludesTax: false }, documents)).toEqual({
      includesTax: false,
      quoted: stage('100.00'),
      invoiced: stage('100.00'),
      paid: stage('50.00'),
    });
  });

  test('order and duplicates change nothing; the rest is never negative', () => {
    fc.assert(
      fc.property(fc.uniqueArray(documentArbitrary, { selector: ({ id }) => id }), (documents) => {
        const bar = buildDealBar(deal, documents);
        expect(buildDealBar(deal, [...documents.toReversed(), ...documents])).toEqual(bar);
        const { value = aud('none'), notYetInvoiced = aud('none'), invoiced } = bar;
        expect(toCents(notYetInvoiced.amount)).toBe(
          Math.max(0, toCents(value.amount) - toCents(invoiced.amount.amount)),
        );
      }),
    );
  });
});
