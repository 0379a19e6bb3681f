import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Cache } from '#server/cache/cache.ts';
import { waitUntil } from '#test/support/wait-until.ts';

export function locksSuite(cache: () => Cache): void {
  describe('locks', () => {
    test('one of many gets the lock', async () => {
      const key = randomUUID();
      const asked = Array.from({ length: 20 }, (_, index) => cache().lock(key, `owner-${index}`, 60_000));
      expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
    });

    test('another owner’s unlock or extend changes nothing', async () => {
      const key = randomUUID();
      await cache().lock(key, 'mine', 60_000);
      await cache().unlock(key, 'other');
      expect(await cache().extend(key, 'other', 60_000)).toBe(false);
      expect(await cache().lock(key, 'other', 60_000)).toBe(false);
      await cache().unlock(key, 'mine');
      expect(await cache().extend(key, 'mine', 60_000)).toBe(false);
      expect(await cache().lock(key, 'other', 60_000)).toBe(true);
    });

    test('an expired lock goes to the next owner, an extended one does not', async () => {
      const [short, extended] = [randomUUID(), randomUUID()];
      await cache().lock(short, 'mine', 30);
      await cache().lock(extended, 'mine', 60_000);
      expect(await cache().extend(extended, 'mine', 120_000)).toBe(true);
      await waitUntil(() => cache().lock(short, 'next', 60_000), 'the lock to lapse');
      expect(await cache().lock(extended, 'next', 60_000)).toBe(false);
    });

    test('a value with the same key is separate', async () => {
      const key = randomUUID();
      await cache().set(key, 'value', 60);
      expect(await cache().lock(key, 'mine', 60_000)).toBe(true);
      expect(await cache().get(key)).toBe('value');
    });
  });
}
