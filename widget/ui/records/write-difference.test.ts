import { expect, test } from 'vitest';
import { createFormat } from '#widget/lib/format.ts';
import { writeDifference } from './write-difference.ts';

const format = createFormat('en-AU', () => new Date('2026-12-01T00:00:00Z'));

test.each([
  ['lines.0.unitAmount', '4200', '4,200.00'],
  ['lines.0.unitAmount', '0.125', '0.125'],
  ['total', '50.5', '50.50'],
  ['lines.0.quantity', '2', '2'],
  ['number', '4200', '4200'],
  ['dueDate', '2026-12-04', '4 Dec'],
  ['amount', 'unknown', 'unknown'],
])('of %s, %s is written as %s', (field, value, text) => {
  expect(writeDifference(field, value, format)).toBe(text);
});
