import { expect, test } from 'vitest';
import { computeDueDate } from './payment-terms.ts';

test.each([
  // The examples from Xero's help.
  ['2026-08-05', 'DAYSAFTERBILLMONTH', 0, '2026-08-31'],
  ['2026-07-15', 'DAYSAFTERBILLMONTH', 6, '2026-08-06'],
  ['2026-11-20', 'OFCURRENTMONTH', 31, '2026-11-30'],
  ['2026-11-22', 'DAYSAFTERBILLDATE', 0, '2026-11-22'],
  ['2026-11-22', 'DAYSAFTERBILLDATE', 14, '2026-12-06'],
  ['2026-12-31', 'DAYSAFTERBILLDATE', 60, '2027-03-01'],
  ['2028-02-01', 'DAYSAFTERBILLDATE', 30, '2028-03-02'],
  ['2026-01-31', 'DAYSAFTERBILLMONTH', 30, '2026-03-02'],
  ['2026-12-01', 'DAYSAFTERBILLMONTH', 10, '2027-01-10'],
  ['2026-11-22', 'OFCURRENTMONTH', 15, '2026-11-15'],
  ['2026-02-03', 'OFCURRENTMONTH', 30, '2026-02-28'],
  ['2026-11-22', 'OFFOLLOWINGMONTH', 20, '2026-12-20'],
  ['2026-12-31', 'OFFOLLOWINGMONTH', 20, '2027-01-20'],
  ['2026-01-31', 'OFFOLLOWINGMONTH', 31, '2026-02-28'],
  ['2028-01-31', 'OFFOLLOWINGMONTH', 31, '2028-02-29'],
] as const)('when a document of %s has the terms %s %i, then it is due on %s', (date, type, day, expected) => {
  expect(computeDueDate(date, { type, day })).toBe(expected);
});
