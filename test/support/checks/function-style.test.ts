import { expect, test } from 'vitest';
import { checkFunctionStyle, findFunctionConstants } from './function-style.ts';

function find(source: string) {
  return findFunctionConstants('one.ts', source).map(({ line, name }) => `${line} ${name}`);
}

test.each([
  ['an arrow', 'const one = () => 1;'],
  ['an exported arrow', 'export const one = async (a: string) => a;'],
  ['a function expression', 'const one = function () {};'],
])('%s at the top of a module is refused', (_what, source) => {
  expect(find(`\n${source}`)).toEqual(['2 one']);
});

test.each([
  ['a declaration', 'export function one() {}'],
  ['an arrow within a function', 'function one() { const two = () => 2; return two; }'],
  ['an arrow whose constant has a type', 'const one: Handler = () => 1;'],
  ['a function that another one built', 'const one = build(() => 1);'],
])('%s is fine', (_what, source) => {
  expect(find(source)).toEqual([]);
});

test('all code holds this rule', async () => {
  expect(await checkFunctionStyle()).toEqual([]);
});
