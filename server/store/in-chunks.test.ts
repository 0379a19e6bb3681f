import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RecordKey } from '#shared/contract/record.ts';
import { chunksOf, inRecordChunks } from './in-chunks.ts';

test('chunks add up to the list, and none is too long or empty', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 10 }), (items, size) => {
      const chunks = chunksOf(items, size);
      expect(chunks.flat()).toEqual(items);
      expect(chunks.every((chunk) => chunk.length > 0 && chunk.length <= size)).toBe(true);
    }),
  );
});

test('each record is asked for once, with its own type', async () => {
  const recordArbitrary: fc.Arbitrary<RecordKey> = fc.record({
    type: fc.constantFrom('contact', 'company', 'deal'),
    id: fc.constantFrom('1', '2', '3', '4'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(recordArbitrary), async (records) => {
      const asked = await inRecordChunks(records, async (type, ids) => ids.map((id) => `${type} ${id}`));
      expect(asked.toSorted()).toEqual([...new Set(records.map(({ type, id }) => `${type} ${id}`))].sort());
    }),
  );
});
