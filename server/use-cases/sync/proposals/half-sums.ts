/** Of a document among at most 20. `value`: what is due, in units of the credit's currency. */
export type Weighed = { value: bigint; bit: number };

/**
 * All choices of a half of the documents that have the same sum and the same number of documents. `masks`: the bits of
 * the documents, the best choices first, never more than are shown in the end.
 */
export type Sum = { value: bigint; count: number; masks: number[] };

/**
 * Every choice out of these documents, by sum and count. Choices that are worse than `most` others of the same sum and
 * count can never be among the best `most`, whatever the other half adds, so they are left out.
 */
export function listSums(documents: readonly Weighed[], most: number): { sums: Sum[]; nodes: number } {
  const bySum = new Map<string, Sum>();
  const choices = 2 ** documents.length;
  for (let choice = 0; choice < choices; choice += 1) {
    const chosen = documents.filter((_, place) => Math.floor(choice / 2 ** place) % 2 === 1);
    const value = chosen.reduce((sum, one) => sum + one.value, 0n);
    const mask = chosen.reduce((bits, { bit }) => bits + bit, 0);
    const key = `${value}/${chosen.length}`;
    const known = bySum.get(key) ?? { value, count: chosen.length, masks: [] };
    known.masks = [...known.masks, mask].sort((a, b) => b - a).slice(0, most);
    bySum.set(key, known);
  }
  return { sums: [...bySum.values()], nodes: choices };
}

/** By count, each in the order of its sums. */
export function sortByCount(sums: readonly Sum[]): Sum[][] {
  const counts = [...new Set(sums.map(({ count }) => count))];
  return counts.map((count) => sums.filter((sum) => sum.count === count).sort((a, b) => (a.value < b.value ? -1 : 1)));
}

/** The place of the first sum that is not smaller. */
export function findPlace(sums: readonly Sum[], least: bigint): number {
  let from = 0;
  let to = sums.length;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if ((sums[middle]?.value ?? least) < least) from = middle + 1;
    else to = middle;
  }
  return from;
}
