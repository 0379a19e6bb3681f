import { describe, expect, test } from 'vitest';
import { proposeSplits } from './propose-splits.ts';
import type { Credit, OpenDocument } from './split.ts';

describe('a credit in the currency of the documents', () => {
  test('when it is what one document is due, it pays that document', () => {
    const { splits } = proposeSplits(paid('100.00'), [invoice('a', '250.00'), invoice('b', '100.00')]);
    expect(splits[0]).toEqual({ ...none, fit: 'exact', parts: [{ id: 'b', amount: '100.00' }] });
  });

  test('when two documents have this amount, the oldest is offered first and the other one next', () => {
    const open = [invoice('new', '100.00', { dueDate: '2026-11-09' }), invoice('old', '100.00')];
    const { splits } = proposeSplits(paid('100.00'), open);
    expect(splits.slice(0, 2).map(({ parts }) => parts[0]?.id)).toEqual(['old', 'new']);
  });

  test('when it is what several documents are due together, it pays them', () => {
    const open = [invoice('a', '19.99'), invoice('b', '250.37'), invoice('c', '1200.01')];
    expect(proposeSplits(paid('1220.00'), open).splits[0]).toMatchObject({ fit: 'exact', parts: toParts(open, 'ac') });
  });

  test('when a bank kept a fee, the documents are paid and the fee is named', () => {
    const open = [invoice('a', '2100.00'), invoice('b', '2100.00'), invoice('c', '731.15')];
    const { splits } = proposeSplits(paid('4150.00'), open);
    expect(splits[0]).toEqual({ ...none, fit: 'fee', parts: toParts(open, 'ab'), fee: '50.00' });
  });

  test('when the difference is more than a fee, a document is paid in part', () => {
    const { splits } = proposeSplits(paid('60.00'), [invoice('a', '100.00')]);
    expect(splits).toEqual([{ ...none, fit: 'part', parts: [{ id: 'a', amount: '60.00' }] }]);
  });

  test('when nothing fits, the oldest documents are paid in turn', () => {
    const open = [invoice('b', '100.00', { dueDate: '2026-11-09' }), invoice('a', '100.00'), invoice('c', '900.00')];
    const inTurn = [
      { id: 'a', amount: '100.00' },
      { id: 'c', amount: '50.00' },
    ];
    expect(proposeSplits(paid('150.00'), open).splits[0]).toMatchObject({ fit: 'part', parts: inTurn });
  });

  test('when it is more than all is due, the rest is named', () => {
    const open = [invoice('a', '100.00'), invoice('b', '50.00')];
    const { splits } = proposeSplits(paid('170.00'), open);
    expect(splits[0]).toEqual({ ...none, fit: 'over', parts: toParts(open, 'ab'), rest: '20.00' });
  });

  test('when the reference names a document, that one comes first, also in part', () => {
    const open = [invoice('a', '100.00'), invoice('b', '250.00', { number: 'INV-0091' })];
    const { splits } = proposeSplits(paid('100.00', { reference: 'thanks, inv 0091.' }), open);
    expect(splits[0]).toMatchObject({ fit: 'part', parts: [{ id: 'b', amount: '100.00' }] });
    expect(splits[1]).toMatchObject({ fit: 'exact', parts: [{ id: 'a', amount: '100.00' }] });
  });

  test('when a number is only the beginning of the one in the reference, it is not named', () => {
    const open = [invoice('a', '100.00', { number: 'INV-1' }), invoice('b', '100.00', { number: 'INV-10' })];
    expect(proposeSplits(paid('100.00', { reference: 'INV-10' }), open).splits[0]?.parts[0]?.id).toBe('b');
  });

  test('when nothing is open or nothing was paid, nothing is proposed', () => {
    expect(proposeSplits(paid('100.00'), []).splits).toEqual([]);
    expect(proposeSplits(paid('100.00'), [invoice('a', '0.00')]).splits).toEqual([]);
    expect(proposeSplits(paid('0.00'), [invoice('a', '10.00')]).splits).toEqual([]);
  });

  test('when the currency has no decimals, or three, amounts keep them', () => {
    const yen = { currency: 'JPY' };
    expect(proposeSplits(paid('9900', yen), [invoice('a', '10000', yen)]).splits[0]).toMatchObject({
      ...{ fit: 'fee', fee: '100', rest: '0' },
    });
    const dinar = { currency: 'KWD' };
    expect(proposeSplits(paid('0.999', dinar), [invoice('a', '1.000', dinar)]).splits[0]?.fee).toBe('0.001');
  });
});

describe('a credit in another currency', () => {
  test('when the document was converted at another rate, the exchange difference is named', () => {
    // 1,000.00 USD at 0.8 USD for one AUD are 1,250.00 AUD.
    const open = [invoice('a', '1000.00', { currency: 'USD', rate: '0.8' })];
    expect(proposeSplits(paid('1237.50'), open).splits[0]).toEqual({
      ...{ ...none, fit: 'exchange', exchangeDifference: '12.50' },
      parts: [{ id: 'a', amount: '1000.00' }],
    });
    expect(proposeSplits(paid('1262.50'), open).splits[0]?.exchangeDifference).toBe('-12.50');
  });

  test('when a document of the own currency fits to the cent, it comes first', () => {
    const open = [invoice('a', '990.00', { currency: 'USD', rate: '0.8' }), invoice('b', '1237.50')];
    expect(proposeSplits(paid('1237.50'), open).splits[0]).toMatchObject({ fit: 'exact', parts: toParts(open, 'b') });
  });

  test('when nothing fits, the part has the document’s currency and the rest the credit’s', () => {
    const open = [invoice('a', '1000.00', { currency: 'USD', rate: '0.8' })];
    expect(proposeSplits(paid('100.00'), open).splits).toEqual([
      { ...none, fit: 'part', parts: [{ id: 'a', amount: '80.00' }] },
    ]);
    expect(proposeSplits(paid('2000.00'), open).splits).toEqual([
      { ...none, fit: 'over', parts: [{ id: 'a', amount: '1000.00' }], rest: '750.00' },
    ]);
  });
});

const none = { fee: '0.00', exchangeDifference: '0.00', rest: '0.00' };

function paid(amount: string, change: Partial<Credit> = {}): Credit {
  return { amount, currency: 'AUD', rate: '1', reference: null, ...change };
}

function invoice(id: string, due: string, change: Partial<OpenDocument> = {}): OpenDocument {
  return { id, number: null, dueDate: '2026-10-01', due, currency: 'AUD', rate: '1', ...change };
}

function toParts(open: readonly OpenDocument[], ids: string): { id: string; amount: string }[] {
  return [...ids].map((id) => ({ id, amount: open.find((one) => one.id === id)?.due ?? '' }));
}
