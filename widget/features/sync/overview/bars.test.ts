import { expect, test } from 'vitest';
import { sumDays, toBars } from './bars.ts';

function day(name: string, sent: number, problems: number) {
  return { day: name, sent, brought: 0, problems };
}

test('when days differ, then the highest fills the bar and a small one still shows', () => {
  expect(toBars([day('2026-11-01', 198, 2), day('2026-11-02', 1, 0), day('2026-11-03', 0, 0)])).toEqual([
    { day: '2026-11-01', sentShare: 99, problemShare: 1 },
    { day: '2026-11-02', sentShare: 8, problemShare: 0 },
    { day: '2026-11-03', sentShare: 0, problemShare: 0 },
  ]);
});

test('when nothing was sent on any day, then nothing is divided by zero', () => {
  expect(toBars([day('2026-11-01', 0, 0)])).toEqual([{ day: '2026-11-01', sentShare: 0, problemShare: 0 }]);
});

test('when days are summed, then each part is', () => {
  expect(sumDays([day('2026-11-01', 3, 1), day('2026-11-02', 4, 0)])).toEqual({ sent: 7, problems: 1 });
});
