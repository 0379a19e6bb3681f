import type { Suggestion } from '#shared/contract/view.ts';

export const linkWords = {
  title: 'Link to Xero',
  matches: (count: number) => (count === 1 ? '1 possible match in Xero' : `${count} possible matches in Xero`),
  nothingSuggested: 'No contact in Xero has this e-mail address or name.',
  suggestions: 'Possible matches',
  link: 'Link Contact',
  linked: (contact: string) => `Linked to ${contact}`,
  linkFailed: 'Couldn’t link',
  searchLabel: 'Search contact in Xero',
  searchPlaceholder: 'Name, e-mail or account number',
  searching: 'Searching…',
  noRecords: 'No Records Found',
  found: (count: number, hasMore: boolean) => {
    if (hasMore) return `First ${count} contacts. Type more to see others.`;
    return count === 1 ? '1 contact found' : `${count} contacts found`;
  },
  notThere: 'Can’t find the contact?',
  add: 'Add Contact',
  noRightTitle: 'Not linked to Xero yet',
  noRight: (record: string) => `${record} has no contact in Xero yet. You don’t have permission to link. Ask an admin.`,
  thisRecord: 'This record',
  people: 'People',
  find: 'Find',
  company: 'The company itself',
  findFor: (name: string) => `Find ${name} in Xero`,
  showAll: (count: number) => `Show all ${count}`,
};

/** Why this contact is suggested, and what to check. */
export function reasonWords({ reason, check, otherEmail }: Suggestion, company: string | undefined): string {
  switch (reason) {
    case 'company_link':
      return `Linked to ${company ?? 'this person’s company'}`;
    case 'same_email':
      return check ? 'Same e-mail, different name' : 'Same e-mail and name';
    case 'same_name':
      return nameWords(check, otherEmail, 'Same name');
    case 'same_company_name':
      return nameWords(check, otherEmail, `Same name as ${company ?? 'the company'}`);
  }
}

function nameWords(check: boolean, otherEmail: true | undefined, same: string): string {
  if (otherEmail) return `${same}, different e-mail`;
  return check ? 'Similar name, please check' : same;
}

export const addWords = {
  title: 'Add Contact',
  subtitle: 'Adds it to Xero and links it',
  name: 'Name',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'E-mail',
  phone: 'Phone',
  address: 'Address',
  line1: 'Street',
  line2: 'Street, line 2',
  city: 'City',
  region: 'State or region',
  postalCode: 'Postcode',
  country: 'Country',
  create: 'Create',
  close: 'Close',
  created: (contact: string) => `${contact} added to Xero and linked`,
  nameMissing: 'Enter a name.',
  failed: 'Couldn’t add the contact',
  existsTitle: (contact: string) => `${contact} already exists in Xero`,
  exists: 'Link this contact, or change the name to create a new one.',
  linkExisting: (contact: string) => `Link ${contact}`,
};
