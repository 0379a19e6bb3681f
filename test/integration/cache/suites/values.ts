import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Cache } from '#server/cache/cache.ts';
import { waitUntil } from '#test/support/wait-until.ts';

export function valuesSuite(cache: () => Cache): void {
  describe('values', () => {
    test('a value reads back exactly until it is deleted', async () => {
      const key = randomUUID();
      const value = 'Zoë 東京 🏦 \u0000 "quoted"\r\n'.repeat(1_000);
      expect(await cache().get(key)).toBeUndefined();
      await cache().set(key, 'older', 60);
      await cache().set(key, value, 60);
      expect(await cache().get(key)).toBe(value);
      await cache().delete(key);
      expect(await cache().get(key)).toBeUndefined();
    });

    test('a value is gone after its TTL', async () => {
      const key = randomUUID();
      await cache().set(key, 'short', 0.02);
      await waitUntil(async () => (await cache().get(key)) === undefined, 'the value to lapse');
    });

    test('a TTL of zero removes the value at once', async () => {
      const key = randomUUID();
      await cache().set(key, 'there', 60);
      await cache().set(key, 'gone', 0);
      expect(await cache().get(key)).toBeUndefined();
    });

    test('an empty text is a value', async () => {
      const key = randomUUID();
      await cache().set(key, '', 60);
      expect(await cache().get(key)).toBe('');
    });

    test('when the cache answers, then a ping resolves', async () => {
      await expect(cache().ping()).resolves.toBeUndefined();
    });
  });
}
