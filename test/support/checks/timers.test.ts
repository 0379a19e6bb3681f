import { expect, test } from 'vitest';
import { findTimers } from './timers.ts';

const [wait, every, sleeping] = ['setTimeout', 'setInterval', 'node:timers/promises'];

test('accepts a timer with a reason for real time', () => {
  expect(findTimers(`// Real time: a patience.\nconst timer = ${wait}(end, 5);`)).toEqual([]);
  expect(findTimers(`// Real time: a lock of Redis.\n// It lapses.\n${every}(renew, 5);`)).toEqual([]);
});

test('reports line and fault of a sleep or a timer without a reason', () => {
  expect(findTimers(`const a = 1;\n${wait}(end, 5);`)).toEqual([':2 has a timer without "// Real time: …" above it']);
  expect(findTimers(`import { x } from '${sleeping}';`)).toEqual([':1 sleeps by itself: use the clock']);
});
