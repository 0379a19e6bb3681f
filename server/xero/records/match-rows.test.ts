import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchRows } from './match-rows.ts';

type Row = Record<string, unknown>;

function id(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
const zero = '00000000-0000-0000-0000-000000000000';

function bill(mark: number): Row {
  return { Type: 'ACCPAY', InvoiceNumber: 'B-1', Url: `https://crm.example/1#ledgerside=${mark}` };
}
function made(sent: Row, number: number): Row {
  return { ...sent, InvoiceID: id(number), StatusAttributeString: 'OK' };
}
/** A refused row that says nothing of what was sent. */
const silent: Row = { InvoiceID: zero, StatusAttributeString: 'ERROR' };

function match(elements: Row[], rows: unknown[], resource: 'invoice' | 'contact' | 'credit_note' = 'invoice') {
  const sent = elements.map((element) => JSON.stringify(element));
  return matchRows(resource, sent, rows).map((row) => (row === undefined ? null : rows.indexOf(row)));
}

describe('bills, by the mark in their Url', () => {
  const sent = [bill(1), bill(2), bill(3)];
  const rows = sent.map((one, index) => made(one, index + 1));
  const [first, second, third] = rows;

  test('in order', () => {
    expect(match(sent, rows)).toEqual([0, 1, 2]);
  });

  test('in another order', () => {
    expect(match(sent, [third, first, second])).toEqual([1, 2, 0]);
  });

  test('one row is missing: only its bill is unknown', () => {
    expect(match(sent, [first, third])).toEqual([0, null, 1]);
  });

  test('a row of something else is in the place of one', () => {
    expect(match(sent, [first, made(bill(9), 9), third])).toEqual([0, null, 2]);
  });

  test('a row is there twice', () => {
    expect(match(sent, [first, first, third])).toEqual([null, null, 2]);
  });

  test('nothing, or rows that are no rows', () => {
    expect(match(sent, [])).toEqual([null, null, null]);
    expect(match(sent, [null, 'text', 4])).toEqual([null, null, null]);
  });

  test('two that were sent have the same mark', () => {
    expect(match([bill(1), bill(1)], [first, first])).toEqual([null, null]);
    expect(match([bill(1), bill(1)], [first, made(bill(1), 7)])).toEqual([null, null]);
  });

  test('a refusal without a key is the one in its place, if all others are in place', () => {
    expect(match(sent, [first, silent, third])).toEqual([0, 1, 2]);
    expect(match(sent, [third, silent, first])).toEqual([2, null, 0]);
    expect(match(sent, [first, silent])).toEqual([0, null, null]);
  });

  test('a bill without a key is none of them', () => {
    expect(match(sent, [first, { InvoiceID: id(2) }, third])).toEqual([0, null, 2]);
  });
});

describe('by other keys', () => {
  test('the only row of one bill may have no key, but not another key', () => {
    expect(match([{ Type: 'ACCPAY' }], [{ InvoiceID: id(1) }])).toEqual([0]);
    expect(match([bill(1)], [made(bill(2), 2)])).toEqual([null]);
    expect(match([bill(1)], [{ InvoiceID: id(1) }, { InvoiceID: id(2) }])).toEqual([null]);
  });

  test('an id, whatever its case', () => {
    const [upper, lower] = ['AAAAAAAA-0000-4000-8000-00000000000A', 'aaaaaaaa-0000-4000-8000-00000000000a'];
    expect(match([{ InvoiceID: upper }, { InvoiceID: id(2) }], [{ InvoiceID: id(2) }, { InvoiceID: lower }])).toEqual([
      1, 0,
    ]);
  });

  test('a name with other spaces and case', () => {
    expect(match([{ Name: ' Ada  Lee' }, { Name: 'Bob' }], [{ Name: 'bob' }, { Name: 'Ada LEE' }], 'contact')).toEqual([
      1, 0,
    ]);
  });

  test('one number at two suppliers', () => {
    const note = (supplier: number) => ({ CreditNoteNumber: 'CR-1', Contact: { ContactID: id(supplier) } });
    expect(match([note(1), note(2)], [note(2), note(1)], 'credit_note')).toEqual([1, 0]);
    expect(match([note(1), note(1)], [note(1), note(1)], 'credit_note')).toEqual([null, null]);
  });
});

test('however rows are lost, doubled and shuffled, no bill gets the row of another', () => {
  const kept = fc.array(fc.nat({ max: 7 }), { maxLength: 12 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), kept, (count, places) => {
      const sent = Array.from({ length: count }, (_, index) => bill(index));
      const rows = places.filter((place) => place < count).map((place) => made(bill(place), place));
      const matched = matchRows(
        'invoice',
        sent.map((one) => JSON.stringify(one)),
        rows,
      );
      matched.forEach((row, place) => {
        const own = rows.filter(({ InvoiceID }) => InvoiceID === id(place));
        expect(row).toEqual(own.length === 1 ? own[0] : undefined);
      });
    }),
  );
});
