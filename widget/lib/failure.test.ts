import { expect, it } from 'vitest';
import { ownWords } from './failure.ts';

const refused = { code: 'xero_rejected', requestId: 'r' } as const;
const error = (message: string) => ({ path: 'x', message });

it.each([
  [[error('A'), error('B'), error('A')], undefined, ['A', 'B']],
  [[error('A')], 'Said in general', ['Said in general']],
  [[], undefined, []],
  [undefined, undefined, []],
  [[error('')], undefined, []],
])('when a refusal has the errors %j and the detail %j, then its own words are %j', (errors, detail, texts) => {
  expect(ownWords({ ...refused, errors, detail })).toEqual(texts);
});
