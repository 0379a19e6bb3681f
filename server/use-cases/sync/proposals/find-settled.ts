import { findPlace, listSums, type Sum, sortByCount, type Weighed } from './half-sums.ts';

/**
 * `paid`: in units of the credit's currency. `below` and `above`: how far the documents' sum may be from it.
 * `step`: the smallest amount of the currency. `most`: how many are wanted.
 */
export type Wanted = { paid: bigint; below: bigint; above: bigint; step: bigint; most: number };

/**
 * Documents whose sum is `difference` more than what was paid. `chances`: how many choices of as many documents there
 * are, times the differences that would fit as well. The fewer, the less likely it is that the sum fits by chance.
 */
export type Settled = { mask: number; difference: bigint; chances: bigint };

/**
 * The likeliest choices of documents that a payment settles in full, out of at most 20. The search is exact: it gives
 * the same as trying all 1,048,576 choices. It splits the documents into two halves of at most 1,024 choices each, and
 * looks for each choice of one half only at the nearest sums of the other. `nodes`: how many choices and pairs it saw.
 */
export function findSettled(documents: readonly Weighed[], wanted: Wanted): { found: Settled[]; nodes: number } {
  const middle = Math.ceil(documents.length / 2);
  const near = listSums(documents.slice(0, middle), wanted.most);
  const far = listSums(documents.slice(middle), wanted.most);
  const farByCount = sortByCount(far.sums);
  const rows = countChoices(documents.length);
  let found: Settled[] = [];
  let nodes = near.nodes + far.nodes;
  for (const one of near.sums) {
    for (const others of farByCount) {
      for (const other of listNearest(others, one, wanted)) {
        nodes += 1;
        const count = one.count + other.count;
        if (count === 0) continue;
        const difference = one.value + other.value - wanted.paid;
        const chances = (rows[count] ?? 0n) * countDifferences(difference, wanted);
        const masks = joinMasks(one, other, wanted.most);
        nodes += masks.length;
        found = keepBest([...found, ...masks.map((mask) => ({ mask, difference, chances }))], wanted.most);
      }
    }
  }
  return { found, nodes };
}

/** Fewer chances first. Of equal ones the documents that have been due longest. */
export function isBetter(a: Settled, b: Settled): number {
  if (a.chances !== b.chances) return a.chances < b.chances ? -1 : 1;
  return b.mask - a.mask;
}

function keepBest(found: readonly Settled[], most: number): Settled[] {
  return [...found].sort(isBetter).slice(0, most);
}

/**
 * The sums of one count that fit best beside this one, on both sides of what was paid. The more a sum differs the worse
 * it is, so those after `most` can never be among the best `most`.
 */
function listNearest(sums: readonly Sum[], one: Sum, { paid, below, above, most }: Wanted): Sum[] {
  const place = findPlace(sums, paid - one.value);
  const fits = ({ value }: Sum): boolean => {
    const difference = one.value + value - paid;
    return -below <= difference && difference <= above;
  };
  const higher = sums.slice(place, place + most).filter(fits);
  return below === 0n ? higher : [...higher, ...sums.slice(Math.max(place - most, 0), place).filter(fits)];
}

/** The best `most` of both halves together. The pair (i, j) is worse than all (k, l) with k ≤ i and l ≤ j. */
function joinMasks(one: Sum, other: Sum, most: number): number[] {
  return one.masks.flatMap((mask, i) =>
    other.masks.flatMap((more, j) => ((i + 1) * (j + 1) <= most ? [mask + more] : [])),
  );
}

/** How many differences are as small as this one. */
function countDifferences(difference: bigint, { below, step }: Wanted): bigint {
  const size = (difference < 0n ? -difference : difference) / step;
  return 1n + (below === 0n ? size : 2n * size);
}

/** How many choices of 0, 1, 2, … documents there are. */
function countChoices(documents: number): bigint[] {
  const rows = [1n];
  for (let count = 1; count <= documents; count += 1) {
    rows.push(((rows[count - 1] ?? 0n) * BigInt(documents - count + 1)) / BigInt(count));
  }
  return rows;
}
