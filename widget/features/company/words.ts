import type { Member } from '#shared/contract/view.ts';

export const companyWords = {
  unlinkRecord: (record: string, contact: string) => `Unlink ${record} from ${contact}`,
  showAll: (count: number) => `Show all ${count}`,
  via: 'via',
  outstanding: 'outstanding',
  overdue: 'overdue',
  nothingOutstanding: 'nothing outstanding',
  unknown: 'not known yet',
  notLinked: 'Not linked to Xero',
  countedOnce: 'Each Xero contact is counted once.',
};

/** `3 people → 2 Xero contacts`, or `Based on 1 Xero contact` for the company alone. */
export function membersWords(members: readonly Member[]): string {
  const records = members.flatMap((member) => member.records);
  const people = new Set(records.filter(({ type }) => type === 'contact').map(({ id }) => id)).size;
  const hasCompany = records.some(({ type }) => type === 'company');
  const contacts = many(members.length, 'Xero contact', 'Xero contacts');
  if (people === 0 && hasCompany) return `Based on ${contacts}`;
  return `${many(people, 'person', 'people')}${hasCompany ? ' and the company' : ''} → ${contacts}`;
}

function many(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}
