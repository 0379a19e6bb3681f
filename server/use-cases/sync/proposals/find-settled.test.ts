import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findSettled, isBetter, type Settled, type Wanted } from './find-settled.ts';
import type { Weighed } from './half-sums.ts';
import { proposeSplits } from './propose-splits.ts';

test('the search gives the same as trying all choices', () => {
  const dues = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 9 });
  const window = fc.integer({ min: 0, max: 30 });
  fc.assert(
    fc.property(dues, fc.integer({ min: 1, max: 200 }), window, fc.boolean(), (values, paid, above, isTwoSided) => {
      const documents = weigh(values.map(BigInt));
      const below = isTwoSided ? BigInt(Math.min(above, paid - 1)) : 0n;
      const wanted = { paid: BigInt(paid), below, above: BigInt(above), step: 1n, most: 5 };
      expect(findSettled(documents, wanted).found).toEqual(tryAll(documents, wanted));
    }),
    { numRuns: 400 },
  );
});

/** Dues to the cent, as customers have them. The payment is of one to four documents, or of the whole account. */
const story = fc
  .record({
    dues: fc.array(fc.integer({ min: 1_000, max: 900_000 }), { minLength: 1, maxLength: 20 }),
    picked: fc.array(fc.nat({ max: 19 }), { minLength: 1, maxLength: 4 }),
    isAll: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
    feeCents: fc.constantFrom(0, 0, 5_00, 25_00),
  })
  .map(({ dues, picked, isAll, feeCents }) => {
    const places = isAll ? dues.map((_, place) => place) : [...new Set(picked.map((one) => one % dues.length))];
    const sum = places.reduce((all, place) => all + (dues[place] ?? 0), 0);
    // A fee is at most 20 % of what is paid off.
    const fee = feeCents * 5 <= sum ? feeCents : 0;
    return { dues, ids: places.sort((a, b) => a - b).map(String), cents: sum - fee, fee };
  });

test('when a payment settles documents to the cent, that is among the first three proposals', () => {
  let kept = 0;
  fc.assert(
    fc.property(story, ({ dues, ids, cents, fee }) => {
      fc.pre(fee === 0);
      const { splits } = proposeSplits(toCredit(cents), dues.map(toDocument));
      const place = splits.findIndex(({ parts }) => parts.map(({ id }) => id).join() === ids.join());
      // Others come before it only if they settle the payment to the cent as well.
      const isFirst = place >= 0 && place < 3;
      kept += isFirst ? 1 : 0;
      if (!isFirst) expect(splits.slice(0, 3).map(({ fit }) => fit)).toEqual(['exact', 'exact', 'exact']);
    }),
    { numRuns: 400, seed: 20_261_130 },
  );
  expect(kept).toBe(400);
});

test('a fee kept of one document or of the whole account is among the first three proposals', () => {
  let kept = 0;
  let told = 0;
  fc.assert(
    fc.property(story, ({ dues, ids, cents, fee }) => {
      fc.pre(fee > 0 && (ids.length === 1 || ids.length === dues.length) && dues.length <= 6);
      const { splits } = proposeSplits(toCredit(cents), dues.map(toDocument));
      const place = splits.findIndex(
        ({ parts, fit }) => fit === 'fee' && parts.map(({ id }) => id).join() === ids.join(),
      );
      const better = splits.slice(0, 3).filter(({ fit }) => fit === 'exact' || fit === 'fee');
      const isFirst = place >= 0 && place < 3;
      told += 1;
      kept += isFirst ? 1 : 0;
      if (!isFirst) expect(better).toHaveLength(3);
    }),
    { numRuns: 300, seed: 20_261_130 },
  );
  expect(kept).toBe(told);
});

test('the search looks at no more than 100,000 choices and pairs, whatever the amounts', () => {
  const shapes: Record<string, (place: number) => number> = {
    equal: () => 100_00,
    doubling: (place) => 2 ** place,
    rising: (place) => 100_00 + place,
    prices: (place) => [1999, 4999, 9900][place % 3] ?? 1,
    random: (place) => (place * 7_919 + 104_729) % 900_000,
  };
  const counts = Object.values(shapes).flatMap((shape) => {
    const documents = weigh(Array.from({ length: 20 }, (_, place) => BigInt(shape(place) * 100)));
    const all = documents.reduce((sum, { value }) => sum + value, 0n);
    return [all / 2n, all / 5n, all, 1n].map((paid) => {
      const window = paid / 10n;
      return findSettled(documents, { paid, below: window, above: window, step: 100n, most: 5 }).nodes;
    });
  });
  expect(Math.max(...counts)).toBeLessThanOrEqual(100_000);
  expect(Math.max(...counts)).toBeGreaterThan(2 ** 11);
});

test('when more than twenty documents are open, the oldest and those in the reference are compared', () => {
  const open = Array.from({ length: 60 }, (_, place) => toDocument(10_000 + place * 137, place));
  const { isWhole, nodes, splits } = proposeSplits({ ...toCredit(10_000 + 59 * 137), reference: 'no 59' }, open);
  expect(isWhole).toBe(false);
  expect(nodes).toBeLessThanOrEqual(100_000);
  expect(splits[0]).toMatchObject({ fit: 'exact', parts: [{ id: '59' }] });
});

function tryAll(documents: readonly Weighed[], { paid, below, above, step, most }: Wanted): Settled[] {
  const found: Settled[] = [];
  for (let mask = 1; mask < 2 ** documents.length; mask += 1) {
    const chosen = documents.filter(({ bit }) => (mask & bit) !== 0);
    const difference = chosen.reduce((sum, { value }) => sum + value, 0n) - paid;
    if (difference < -below || difference > above) continue;
    const size = (difference < 0n ? -difference : difference) / step;
    const fitting = 1n + size * (below === 0n ? 1n : 2n);
    found.push({ mask, difference, chances: choose(documents.length, chosen.length) * fitting });
  }
  return found.sort(isBetter).slice(0, most);
}

function choose(all: number, some: number): bigint {
  return some === 0 ? 1n : (choose(all - 1, some - 1) * BigInt(all)) / BigInt(some);
}

function weigh(values: readonly bigint[]): Weighed[] {
  return values.map((value, place) => ({ value, bit: 2 ** (values.length - 1 - place) }));
}

function toCredit(cents: number) {
  return { amount: toText(cents), currency: 'AUD', rate: '1', reference: null };
}

/** Ids sort as places do, so that all of one day keep their order. */
function toDocument(cents: number, place: number) {
  const due = { due: toText(cents), currency: 'AUD', rate: '1' };
  return { id: String(place), number: `no ${place}`, dueDate: `2026-01-${String(place + 1).padStart(2, '0')}`, ...due };
}

function toText(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}
