import { expect, test } from 'vitest';
import { runAlone } from './run-alone.ts';

function buildWork() {
  const ends: ((error?: Error) => void)[] = [];
  const run = runAlone(
    () =>
      new Promise<void>((resolve, reject) => {
        ends.push((error) => (error ? reject(error) : resolve()));
      }),
  );
  return { run, ends };
}

test('who asks during a run gets one more run after it, shared by all who asked', async () => {
  const { run, ends } = buildWork();
  const first = run();
  const [second, third] = [run(), run()];
  expect(ends).toHaveLength(1);
  ends[0]?.();
  await first;
  await expect.poll(() => ends.length).toBe(2);
  ends[1]?.();
  await Promise.all([second, third]);
  expect(ends).toHaveLength(2);
});

test('a run that fails says so to who asked, and does not hold up the next', async () => {
  const { run, ends } = buildWork();
  const first = run();
  const second = run();
  ends[0]?.(new Error('away'));
  await expect(first).rejects.toThrow('away');
  await expect.poll(() => ends.length).toBe(2);
  ends[1]?.();
  await second;
});
