import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Cache } from '#server/cache/cache.ts';
import { waitUntil } from '#test/support/wait-until.ts';

export function channelsSuite(cache: () => Cache): void {
  describe('channels', () => {
    test('every listener of a channel gets its messages in order', async () => {
      const channel = randomUUID();
      const [first, second, elsewhere]: string[][] = [[], [], []];
      const stops = [
        await cache().subscribe(channel, (message) => first?.push(message)),
        await cache().subscribe(channel, (message) => second?.push(message)),
        await cache().subscribe(randomUUID(), (message) => elsewhere?.push(message)),
      ];
      for (const message of ['one', 'two', 'Zoë 🏦']) await cache().publish(channel, message);
      await waitUntil(() => first?.length === 3 && second?.length === 3, 'three messages');
      expect([first, second, elsewhere]).toEqual([['one', 'two', 'Zoë 🏦'], ['one', 'two', 'Zoë 🏦'], []]);
      for (const stop of stops) await stop();
    });

    test('one listener goes on when another stops', async () => {
      const channel = randomUUID();
      const heard: string[] = [];
      const listener = (message: string): void => void heard.push(message);
      const stop = await cache().subscribe(channel, listener);
      const stopOther = await cache().subscribe(channel, listener);
      await stop();
      await cache().publish(channel, 'after');
      await waitUntil(() => heard.length > 0, 'the message');
      expect(heard).toEqual(['after']);
      await stopOther();
    });
  });
}
