import { expect, test } from 'vitest';
import { isSameName, isSimilarName } from './same-name.ts';

test.each([
  ['Harbour Lights', 'HARBOUR  lights', true, true],
  ['Harbour Lights', 'Harbour Lights Pty Ltd', false, true],
  ['Harbour Lights P/L', 'Harbour Lights Pty. Ltd.', false, false],
  ['Ørsted & Søn A/S', 'Ørsted  Søn AS', true, true],
  ['José', 'Jose', true, true],
  ['Ltd', 'Limited', false, false],
  ['', '', false, false],
  ['Acme', 'Acme Holdings', false, false],
])('when %j meets %j, then same is %s and similar is %s', (a, b, isSame, isSimilar) => {
  expect(isSameName(a, b)).toBe(isSame);
  expect(isSimilarName(a, b)).toBe(isSimilar);
});
