import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StoreContext } from './backends.ts';
import { at } from './rows.ts';

export function oneTimeSuite({ store, openAnother }: StoreContext): void {
  describe('one-time keys', () => {
    test('one of many gets a single-use key, and nobody later', async () => {
      const key = randomUUID();
      const another = await openAnother();
      const uses = await Promise.all(
        Array.from({ length: 20 }, (_, index) => (index % 2 ? another : store()).oneTime.spend('jti', key, at(5))),
      );
      expect(uses.filter(Boolean)).toHaveLength(1);
      expect(await store().oneTime.spend('jti', key, at(5))).toBe(false);
    });

    test('when many take, then each key goes to exactly one of them', async () => {
      const another = await openAnother();
      await fc.assert(
        fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 }), async (takers) => {
          const keys = takers.map(() => randomUUID());
          for (const key of keys) await store().oneTime.put('state', key, `data of ${key}`, at(10));
          const asked = keys.flatMap((key, index) => Array.from({ length: takers[index] ?? 1 }, () => key));
          const taken = await Promise.all(
            asked.map((key, index) => (index % 2 ? another : store()).oneTime.take('state', key)),
          );
          const received = taken.filter((item) => item !== undefined);
          expect(received.map((item) => item.data).sort()).toEqual(keys.map((key) => `data of ${key}`).sort());
        }),
        { numRuns: 20 },
      );
    });

    test('reading a ticket keeps it, taking it does not', async () => {
      const key = randomUUID();
      await store().oneTime.put('ticket', key, '{"workspace":"w"}', at(-1));
      const expected = { data: '{"workspace":"w"}', expiresAt: at(-1) };
      expect(await store().oneTime.find('ticket', key)).toEqual(expected);
      expect(await store().oneTime.take('state', key)).toBeUndefined();
      expect(await store().oneTime.take('ticket', key)).toEqual(expected);
      expect(await store().oneTime.find('ticket', key)).toBeUndefined();
    });
  });
}
