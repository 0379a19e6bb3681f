import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeBlocks } from './merge-blocks.ts';

const blockSize = 3;
type Row = { value: number; id: string };
function keyOf({ id }: Row) {
  return id;
}
function compare(a: Row, b: Row) {
  return a.value - b.value || (a.id < b.id ? -1 : 1);
}

test('every row is on one page in order, and no block is read in vain', async () => {
  const lists = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 14 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(lists, fc.integer({ min: 1, max: 7 }), async (values, pageSize) => {
      const sorted = values.map((list, index) =>
        list.map((value, at) => ({ value, id: `${index}-${at}` })).sort(compare),
      );
      const all = sorted.flat().sort(compare);
      const reads = new Set<string>();
      const readBlock = async (list: number, block: number) => {
        reads.add(`${list}:${block}`);
        const own = sorted[list] ?? [];
        const rows = own.slice((block - 1) * blockSize, block * blockSize);
        return { rows, total: own.length, isLast: block * blockSize >= own.length };
      };
      const readPage = (from: number) =>
        mergeBlocks({ listCount: sorted.length, readBlock, compare, keyOf, from, to: from + pageSize });
      const pages: Row[][] = [];
      for (let from = 0; from < all.length; from += pageSize) {
        const { rows, total } = await readPage(from);
        expect(total).toBe(all.length);
        pages.push([...rows]);
      }
      expect(pages.flat()).toEqual(all);
      const blocks = sorted.reduce((sum, list) => sum + Math.max(1, Math.ceil(list.length / blockSize)), 0);
      expect(reads.size).toBeLessThanOrEqual(blocks);
    }),
  );
});

test('a list that changes order repeats and loses no row', async () => {
  const values = [9, 1, 5];
  const readBlock = async (_list: number, block: number) => ({
    rows: values.slice(block - 1, block).map((value) => ({ value, id: `${value}` })),
    total: values.length,
    isLast: block >= values.length,
  });
  const read = (from: number) => mergeBlocks({ listCount: 1, readBlock, compare, keyOf, from, to: from + 1 });
  const pages = await Promise.all([0, 1, 2].map(read));
  expect(pages.flatMap(({ rows }) => rows.map(({ value }) => value))).toEqual(values);
});
