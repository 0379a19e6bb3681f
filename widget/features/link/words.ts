import type { Suggestion } from '#shared/contract/view.ts';

export const linkWords = {
  title: 'Link to Xero',
  matches: (count: number) => (count === 1 ? '1 possible match in Xero' : `${count} possible matches in Xero`),
  nothingSuggested: 'No contact in Xero has this e-mail address or name.',
  suggestions: 'Possible matches',
  link: 'Link Contact',
  linked: (contact: string) => `Linked to ${contact}`,
  linkFailed: 'Could not link',
  searchLabel: 'Search contact in Xero',
  searchPlaceholder: 'Name, e-mail or account number',
  searching: 'Searching…',
  noRecords: 'No Records Found',
  found: (count: number, hasMore: boolean) => {
    if (hasMore) return `First ${count} contacts. Type more to see others.`;
    return count === 1 ? '1 contact found' : `${count} contacts found`;
  },
  notThere: 'Not there?',
  add: 'Add Contact',
  noRightTitle: 'Not linked to Xero yet',
  noRight: (record: string) =>
    `${record} has no contact in Xero yet. You may not link one: ask a colleague who may, or an admin.`,
  thisRecord: 'This record',
  people: 'People here',
  find: 'Find',
  company: 'The company itself',
  findFor: (name: string) => `Find ${name} in Xero`,
  showAll: (count: number) => `Show all ${count}`,
};

/** Why this contact is offered, and what to look at first. */
export function reasonWords({ reason, check, otherEmail }: Suggestion, company: string | undefined): string {
  switch (reason) {
    case 'company_link':
      return `Linked to ${company ?? 'this person’s company'}`;
    case 'same_email':
      return check ? 'Same e-mail, other name: check' : 'Same e-mail and name';
    case 'same_name':
      return nameWords(check, otherEmail, 'Same name', 'Almost the same name');
    case 'same_company_name': {
      const name = company ?? 'the company';
      return nameWords(check, otherEmail, `Same name as ${name}`, `Almost the name of ${name}`);
    }
  }
}

function nameWords(check: boolean, otherEmail: true | undefined, same: string, similar: string): string {
  if (otherEmail) return `${same}, other e-mail: check`;
  return check ? `${similar}: check` : same;
}

export const addWords = {
  title: 'Add Contact',
  subtitle: 'to Xero, and link it',
  name: 'Name',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'E-mail',
  phone: 'Phone',
  address: 'Address',
  line1: 'Street',
  line2: 'Street, second line',
  city: 'City',
  region: 'State or region',
  postalCode: 'Postcode',
  country: 'Country',
  create: 'Create',
  cancel: 'Cancel',
  close: 'Close',
  created: (contact: string) => `${contact} added to Xero and linked`,
  nameMissing: 'A contact needs a name.',
  failed: 'Could not add the contact',
  existsTitle: (contact: string) => `${contact} exists in Xero already`,
  exists: 'Link that contact, or change the name and create another one.',
  linkExisting: (contact: string) => `Link ${contact}`,
};
