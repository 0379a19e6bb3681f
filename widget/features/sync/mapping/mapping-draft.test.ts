import { expect, test } from 'vitest';
import { type Choosing, type Draft, findValue, placeErrors, toChange, withChoice } from './mapping-draft.ts';

function choose(key: string, value: string | null, saved: string | null = null): Choosing {
  return { place: `categories/${key}`, saved, value, change: { categories: [{ key, accountCode: value }] } };
}

const none: Draft = new Map();

test('when several choices are made, then they are one request', () => {
  const drafts = [
    choose('Fuel', '449'),
    choose('Books', '420'),
    { place: 'tracking/Site', saved: null, value: 'x', change: { tracking: { Site: 'x' } } },
    { place: 'defaults/sales', saved: null, value: '200', change: { defaults: { salesAccountCode: '200' } } },
  ];
  expect(toChange(drafts.reduce(withChoice, none))).toEqual({
    categories: [
      { key: 'Fuel', accountCode: '449' },
      { key: 'Books', accountCode: '420' },
    ],
    tracking: { Site: 'x' },
    defaults: { salesAccountCode: '200' },
  });
});

test('when a choice is made twice, then the later one counts; as saved again, then none', () => {
  const twice = [choose('Fuel', '449', '400'), choose('Fuel', '450', '400')].reduce(withChoice, none);
  expect(findValue(twice, 'categories/Fuel', '400')).toBe('450');
  expect(withChoice(twice, choose('Fuel', '400', '400')).size).toBe(0);
});

test('when the server refuses choices, then each message is at the place of its choice', () => {
  const drafts: Choosing[] = [
    choose('Fuel', '449'),
    { place: 'tracking/Site 2.0', saved: null, value: 'x', change: { tracking: { 'Site 2.0': 'x' } } },
    { ...choose('Books', '999'), place: 'categories/Books/accountCode' },
  ];
  const errors = ['categories.1.accountCode', 'tracking.Site 2.0', 'defaults.salesAccountCode'];
  const placed = placeErrors(
    drafts.reduce(withChoice, none),
    errors.map((path) => ({ path, message: path })),
  );
  expect([...placed.keys()]).toEqual([
    'categories/Books/accountCode',
    'tracking/Site 2.0',
    'defaults/salesAccountCode',
  ]);
});

test('when a choice is taken away, then null is sent and shown', () => {
  const draft = withChoice(none, choose('Fuel', null, '449'));
  expect(findValue(draft, 'categories/Fuel', '449')).toBeNull();
  expect(toChange(draft)).toEqual({ categories: [{ key: 'Fuel', accountCode: null }] });
});
