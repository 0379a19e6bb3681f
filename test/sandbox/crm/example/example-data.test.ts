import { expect, test } from 'vitest';
import { exampleData } from './example-data.ts';

const { activities, companies, contacts, deals, users } = exampleData;
const ids = [...contacts, ...companies, ...deals].map(({ id }) => id);

/** In cents: prices have at most two decimals and quantities one. */
function toCents(amount: string) {
  return Math.round(Number(amount) * 100);
}

test('when ids are compared, then each is used once over all types', () => {
  expect(new Set(ids).size).toBe(ids.length);
});

test('when a record names another one, then it exists', () => {
  const companyIds = contacts.map(({ companyId }) => companyId).concat(deals.map(({ companyId }) => companyId));
  const contactIds = deals.flatMap(({ primaryContactId, participantIds }) => [primaryContactId, ...participantIds]);
  const named = [...companyIds, ...contactIds, ...activities.flatMap(({ about }) => about)];
  expect(named.filter((id) => id !== undefined && !ids.includes(id))).toEqual([]);
  const ownerIds = [...contacts, ...companies, ...deals].map(({ ownerId }) => ownerId);
  expect(ownerIds.filter((id) => !users.some((user) => user.id === id))).toEqual([]);
});

test.each(deals.filter(({ lines }) => lines.length > 0))(
  'when the lines of $name are added, then they make its value',
  (deal) => {
    const sum = deal.lines.reduce(
      (total, line) => total + Math.round(Number(line.quantity) * toCents(line.unitAmount)),
      0,
    );
    expect(sum).toBe(toCents(deal.value));
  },
);

test('when a contact is opened, then something has happened to it', () => {
  expect(contacts.filter(({ id }) => !activities.some(({ about }) => about.includes(id)))).toEqual([]);
});
