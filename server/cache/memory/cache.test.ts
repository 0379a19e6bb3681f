import { expect, test } from 'vitest';
import { buildMemoryCache } from './cache.ts';
import { buildMemoryChannels } from './channels.ts';

test('drops the least recently read values when memory is used up', async () => {
  const cache = buildMemoryCache(() => undefined);
  // Each counts as 20 MB, so the thirteenth is the first that does not fit.
  const large = 'x'.repeat(10 * 1024 * 1024);
  for (let index = 0; index < 12; index += 1) await cache.set(`key-${index}`, large, 60);
  expect(await cache.get('key-0')).toBe(large);
  await cache.set('key-12', large, 60);
  expect(await cache.get('key-1')).toBeUndefined();
  expect(await cache.get('key-0')).toBe(large);
});

test('reports a listener that throws and still calls the others', async () => {
  const told: unknown[] = [];
  const heard: string[] = [];
  const channels = buildMemoryChannels((error) => told.push(error));
  channels.subscribe('channel', () => {
    throw new Error('listener');
  });
  channels.subscribe('channel', (message) => heard.push(message));
  channels.publish('channel', 'message');
  await Promise.resolve();
  expect(heard).toEqual(['message']);
  expect(told).toEqual([new Error('listener')]);
});
