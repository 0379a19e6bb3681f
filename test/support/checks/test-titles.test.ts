import { expect, test } from 'vitest';
import { findLongTitles, hasTitles } from './test-titles.ts';

const long = 'x'.repeat(96);

test.each([
  `test('${long}', () => {});`,
  `describe("${long}", () => {});`,
  `  test.each([1, 2])(\n    '${long}', () => {});`,
  `test.each([[f(1)], ['(']])('${long}', () => {});`,
  `test.each(of({ a: [g(h(1))] }))('${long}', () => {});`,
  `describe.concurrent.each([1])('${long}', () => {});`,
  `test.skipIf(isSlow())('${long}', () => {});`,
  `test.each\`a | b\n\${1} | \${f(2)}\`('${long}', () => {});`,
  `export function tellOf() { describe('short', () => { test(\`${long}\`, () => {}); }); }`,
])('a title of 96 characters is found in %j', (text) => expect(findLongTitles('a.test.ts', text)).toEqual([long]));

test('a title of 95 characters is none, and neither is another text', () => {
  const text = `test('${long.slice(1)}', () => toText('${long}')); rest.test('${long}'); test.each(['${long}'])('%s', f);`;
  expect(findLongTitles('a.test.ts', text)).toEqual([]);
});

test('a title in quotes may hold quotes and values', () => {
  expect(findLongTitles('a.ts', `test('it’s \\'${long}\\'', f); test(\`\${name} ${long}\`, f);`)).toEqual([
    `it’s '${long}'`,
    `\${name} ${long}`,
  ]);
});

test.each([
  ['a file of tests', 'server/a.test.ts', '', true],
  ['a suite that other files run', 'test/suites/a.ts', "import { describe, test } from 'vitest';", true],
  ['a file that only expects', 'test/a.ts', "import { expect, type TestContext } from 'vitest';", false],
  ['a file of the product', 'server/a.ts', "export const test = 'vitest';", false],
])('whether %s has titles', (_name, file, text, expected) => expect(hasTitles(file, text)).toBe(expected));
