import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Cache } from '#server/cache/cache.ts';

export function guardedValuesSuite(cache: () => Cache): void {
  describe('values read and written together', () => {
    test('values are returned in the order asked for', async () => {
      const [first, second, absent] = [randomUUID(), randomUUID(), randomUUID()];
      await cache().set(first, 'one', 60);
      await cache().set(second, '', 60);
      expect(await cache().getMany([second, absent, first, second])).toEqual(['', undefined, 'one', '']);
      expect(await cache().getMany([])).toEqual([]);
    });

    test('sets all values if the guard matches, otherwise none', async () => {
      const [guard, other] = [randomUUID(), randomUUID()];
      const set = (value: string | undefined, next: string) =>
        cache().setIf(
          { key: guard, value },
          [
            [guard, next],
            [other, `of ${next}`],
          ],
          60,
        );
      expect(await set('something', 'never')).toBe(false);
      expect(await set(undefined, '')).toBe(true);
      expect(await set(undefined, 'never')).toBe(false);
      expect(await set('', 'Zoë 🏦')).toBe(true);
      expect(await set('', 'never')).toBe(false);
      expect(await cache().getMany([guard, other])).toEqual(['Zoë 🏦', 'of Zoë 🏦']);
    });

    test('loses no change when many change a value at once', async () => {
      const key = randomUUID();
      const add = async (): Promise<void> => {
        const value = await cache().get(key);
        if (!(await cache().setIf({ key, value }, [[key, `${Number(value ?? 0) + 1}`]], 60))) await add();
      };
      await Promise.all(Array.from({ length: 30 }, add));
      expect(await cache().get(key)).toBe('30');
    });
  });
}
