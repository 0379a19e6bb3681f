import type { Company, Contact, CrmData, Deal, User } from './example/crm-data.ts';

export type RecordType = 'contact' | 'company' | 'deal';

/** The address of the embedded product, the workspace it gave this CRM, and the shared secret. */
export type Product = { productUrl: string; workspace: { id: string; secret: string; kid?: string } };

export type Crm = Product & {
  data: CrmData;
  /** The CRM's clock. */
  now: () => Date;
};

export const sectionPaths: Record<RecordType, string> = { contact: '/contacts', company: '/companies', deal: '/deals' };

export const toRecordPath = (type: RecordType, id: string) => `${sectionPaths[type]}/${id}`;

export const toContactName = (contact: Contact) =>
  [contact.salutation, contact.firstName, contact.lastName].filter(Boolean).join(' ');

/** The CRM as one of its users sees it. */
export const seenBy = (data: CrmData, user: User): CrmData => ({
  ...data,
  contacts: data.contacts.filter(({ visibleTo }) => user.admin || visibleTo?.includes(user.id) !== false),
});

export const findContact = (data: CrmData, id: string | undefined): Contact | undefined =>
  data.contacts.find((contact) => contact.id === id);

export const findCompany = (data: CrmData, id: string | undefined): Company | undefined =>
  data.companies.find((company) => company.id === id);

export const findDeal = (data: CrmData, id: string | undefined): Deal | undefined =>
  data.deals.find((deal) => deal.id === id);

export const listContactsOf = (data: CrmData, company: Company): Contact[] =>
  data.contacts.filter((contact) => contact.companyId === company.id);

export const listParticipants = (data: CrmData, deal: Deal): { contact: Contact; role: 'primary' | 'participant' }[] =>
  [deal.primaryContactId, ...deal.participantIds].flatMap((id, index) => {
    const contact = findContact(data, id);
    return contact ? [{ contact, role: index === 0 ? ('primary' as const) : ('participant' as const) }] : [];
  });

export const listDealsOf = (data: CrmData, key: { contactId: string } | { companyId: string }): Deal[] =>
  data.deals.filter((deal) =>
    'companyId' in key
      ? deal.companyId === key.companyId
      : deal.primaryContactId === key.contactId || deal.participantIds.includes(key.contactId),
  );
