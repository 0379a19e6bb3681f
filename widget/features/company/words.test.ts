import { expect, test } from 'vitest';
import type { Member } from '#shared/contract/view.ts';
import { membersWords } from './words.ts';

function member(...records: ['contact' | 'company', string][]): Member {
  const contact = { id: 'x', name: 'X', url: null };
  return { contact, summary: null, records: records.map(([type, id]) => ({ type, id, name: id })) };
}

test.each([
  [[member(['contact', '1'], ['contact', '2']), member(['contact', '3'])], '3 people → 2 Xero contacts'],
  [[member(['contact', '1'])], '1 person → 1 Xero contact'],
  [[member(['contact', '1'], ['company', '5'])], '1 person and the company → 1 Xero contact'],
  [[member(['company', '5'])], 'Based on 1 Xero contact'],
])('when records lead to contacts, then the text counts them (%#)', (members, words) => {
  expect(membersWords(members)).toBe(words);
});
