import { expect, test } from 'vitest';
import { ownWords, toTold } from './failure.ts';

const refused = { code: 'xero_rejected', requestId: 'r' } as const;
function error(message: string) {
  return { path: 'x', message };
}

test.each([
  [[error('A'), error('B'), error('A')], undefined, ['A', 'B']],
  [[error('A')], 'Said in general', ['Said in general']],
  [[], undefined, []],
  [undefined, undefined, []],
  [[error('')], undefined, []],
])('when a refusal has the errors %j and the detail %j, then Xero’s words are %j', (errors, detail, texts) => {
  expect(ownWords({ ...refused, errors, detail })).toEqual(texts);
});

test('when some documents could not be read, then there is a count and no failure', () => {
  const told = { code: 'xero_invalid_answer', requestId: 'r', unreadable: 2 } as const;
  expect(toTold(told)).toEqual({ failure: null, unreadable: 2 });
});

test('when the whole answer could not be read, then there is a failure and no count', () => {
  const failure = { code: 'xero_invalid_answer', requestId: 'r' } as const;
  expect(toTold(failure)).toEqual({ failure, unreadable: 0 });
  expect(toTold(null)).toEqual({ failure: null, unreadable: 0 });
});
