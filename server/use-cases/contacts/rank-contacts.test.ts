import { expect, test } from 'vitest';
import type { XeroContactRow } from '#server/xero/gateway.ts';
import { rankContacts } from './rank-contacts.ts';

function contact(name: string, more: Partial<XeroContactRow> = {}): XeroContactRow {
  return {
    id: name,
    name,
    firstName: null,
    lastName: null,
    email: null,
    accountNumber: null,
    contactNumber: null,
    isArchived: false,
    mergedToContactId: null,
    ...more,
  };
}
function names(rows: readonly XeroContactRow[], term: string) {
  return rankContacts(rows, term).map(({ name }) => name);
}

test('ranks by kind of match, then alphabetically', () => {
  const rows = [
    contact('by number', { contactNumber: 'har' }),
    contact('Aa by e-mail', { email: 'office@harbour.example' }),
    contact('Aa by person', { lastName: 'Harlow' }),
    contact('Sahara'),
    contact('Kahara'),
    contact('The (Harp)'),
    contact('Old-Harbour'),
    contact('harvest 10'),
    contact('Hárvest 9'),
    contact('Zz account', { accountNumber: 'HAR' }),
  ];
  expect(names(rows, ' Har ')).toEqual([
    'Zz account',
    'Hárvest 9',
    'harvest 10',
    'Old-Harbour',
    'The (Harp)',
    'Kahara',
    'Sahara',
    'Aa by person',
    'Aa by e-mail',
    'by number',
  ]);
});

test('a match at a later word’s start beats one inside a word', () => {
  expect(names([contact('Aquarium Barn'), contact('Xarium Arium')], 'arium')).toEqual([
    'Xarium Arium',
    'Aquarium Barn',
  ]);
});
