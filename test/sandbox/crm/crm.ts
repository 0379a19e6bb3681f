import type { Books } from './books/books.ts';
import type { Company, Contact, CrmData, Deal, User } from './example/crm-data.ts';
import type { Sync } from './sync/build-sync.ts';

export type RecordType = 'contact' | 'company' | 'deal';

/** The address of the embedded product, the workspace it gave this CRM, and the shared secret. */
export type Product = { productUrl: string; workspace: { id: string; secret: string; kid?: string } };

export type Crm = Product & {
  data: CrmData;
  /** The CRM's clock. */
  now: () => Date;
  /** Expenses, invoices and what else is also sent to Xero. */
  books: Books;
  sync: Sync;
  /** A user changed the books: what is new is handed over, if the CRM does that automatically. */
  changed: (user: User) => void;
  log: (error: unknown) => void;
};

export const sectionPaths: Record<RecordType, string> = { contact: '/contacts', company: '/companies', deal: '/deals' };

export function toRecordPath(type: RecordType, id: string) {
  return `${sectionPaths[type]}/${id}`;
}

export function toContactName(contact: Contact) {
  return [contact.salutation, contact.firstName, contact.lastName].filter(Boolean).join(' ');
}

/** The CRM as one of its users sees it. */
export function seenBy(data: CrmData, user: User): CrmData {
  return {
    ...data,
    contacts: data.contacts.filter(({ visibleTo }) => user.admin || visibleTo?.includes(user.id) !== false),
  };
}

export function findContact(data: CrmData, id: string | undefined): Contact | undefined {
  return data.contacts.find((contact) => contact.id === id);
}

export function findCompany(data: CrmData, id: string | undefined): Company | undefined {
  return data.companies.find((company) => company.id === id);
}

export function findDeal(data: CrmData, id: string | undefined): Deal | undefined {
  return data.deals.find((deal) => deal.id === id);
}

export function listContactsOf(data: CrmData, company: Company): Contact[] {
  return data.contacts.filter((contact) => contact.companyId === company.id);
}

export function listParticipants(data: CrmData, deal: Deal): { contact: Contact; role: 'primary' | 'participant' }[] {
  return [deal.primaryContactId, ...deal.participantIds].flatMap((id, index) => {
    const contact = findContact(data, id);
    return contact ? [{ contact, role: index === 0 ? ('primary' as const) : ('participant' as const) }] : [];
  });
}

export function listDealsOf(data: CrmData, key: { contactId: string } | { companyId: string }): Deal[] {
  return data.deals.filter((deal) =>
    'companyId' in key
      ? deal.companyId === key.companyId
      : deal.primaryContactId === key.contactId || deal.participantIds.includes(key.contactId),
  );
}
