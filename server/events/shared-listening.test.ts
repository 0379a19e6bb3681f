import { expect, test } from 'vitest';
import { buildMemoryChannels } from '#server/cache/memory/channels.ts';
import { buildSharedListening } from './shared-listening.ts';

type Told = { number: number };

function setListening() {
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  const channels = buildMemoryChannels(onError);
  const counts = { subscribed: 0, stopped: 0, parsed: 0 };
  let isAway = false;
  const listening = buildSharedListening<Told>({
    cache: {
      subscribe: async (name, hear) => {
        if (isAway) throw new Error('away');
        counts.subscribed += 1;
        const stop = channels.subscribe(name, hear);
        return async () => {
          counts.stopped += 1;
          await stop();
        };
      },
    },
    parse: (message) => {
      counts.parsed += 1;
      return JSON.parse(message);
    },
    onError,
  });
  const setAway = (is: boolean): void => {
    isAway = is;
  };
  const publish = (number: number) => channels.publish('news', JSON.stringify({ number }));
  return { ...listening, publish, counts, errors, setAway };
}

async function afterTurns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

test('parses a message once for 5,000 listeners and lets other work run', async () => {
  const { listen, publish, counts } = setListening();
  let told = 0;
  for (let index = 0; index < 5_000; index += 1) {
    await listen('news', () => {
      told += 1;
    });
  }
  const seen: number[] = [];
  publish(1);
  while (told < 5_000) {
    await afterTurns(1);
    seen.push(told);
  }
  expect(counts).toMatchObject({ subscribed: 1, parsed: 1 });
  // 200 listeners at a time at most.
  expect(seen.length).toBeGreaterThan(20);
  expect(Math.max(...seen.map((count, index) => count - (seen[index - 1] ?? 0)))).toBeLessThanOrEqual(200);
});

test('each listener gets fast messages in order', async () => {
  const { listen, publish } = setListening();
  const heard: number[][] = [];
  for (let index = 0; index < 250; index += 1) {
    const mine: number[] = [];
    heard.push(mine);
    await listen('news', ({ number }) => void mine.push(number));
  }
  for (const number of [1, 2, 3]) publish(number);
  await afterTurns(20);
  expect(new Set(heard.map(String))).toEqual(new Set(['1,2,3']));
});

test('reports a listener that throws and still calls the others', async () => {
  const { listen, publish, errors } = setListening();
  const heard: number[] = [];
  await listen('news', () => {
    throw new Error('mine');
  });
  await listen('news', ({ number }) => void heard.push(number));
  publish(7);
  await afterTurns(2);
  expect(heard).toEqual([7]);
  expect(errors).toEqual([new Error('mine')]);
});

test('leaves the channel when the last listener stops', async () => {
  const { listen, publish, counts } = setListening();
  const heard: string[] = [];
  const stopOne = await listen('news', () => void heard.push('one'));
  const stopTwo = await listen('news', () => void heard.push('two'));
  await stopOne();
  expect(counts.stopped).toBe(0);
  publish(1);
  await afterTurns(2);
  await stopTwo();
  await stopTwo();
  expect(counts.stopped).toBe(1);
  await listen('news', () => void heard.push('three'));
  publish(2);
  await afterTurns(2);
  expect(heard).toEqual(['two', 'three']);
});

test('refuses to listen while the cache is unavailable, then recovers', async () => {
  const { listen, publish, setAway } = setListening();
  const heard: number[] = [];
  setAway(true);
  await expect(listen('news', ({ number }) => void heard.push(number))).rejects.toThrow('away');
  setAway(false);
  await listen('news', ({ number }) => void heard.push(number));
  publish(3);
  await afterTurns(2);
  expect(heard).toEqual([3]);
});
