import {
  findCompany,
  findContact,
  findDeal,
  listContactsOf,
  listParticipants,
  toContactName,
  toRecordPath,
} from './crm.ts';
import type { Company, Contact, CrmData, Deal } from './example/crm-data.ts';

export type Claims = Record<string, unknown>;

export const settingsPath = '/setup/apps/xero';

/** A record's claims, as in the public contract; undefined when this CRM has no such record. */
export const findRecordClaims = (
  data: CrmData,
  { recordType, recordId, origin }: { recordType: string; recordId: string; origin: string },
): Claims | undefined => {
  if (recordType === 'settings') return toSettingsClaims(data, origin);
  if (recordType === 'contact') {
    const contact = findContact(data, recordId);
    return contact && toContactClaims(data, contact, origin);
  }
  if (recordType === 'company') {
    const company = findCompany(data, recordId);
    return company && toCompanyClaims(data, company, origin);
  }
  const deal = recordType === 'deal' ? findDeal(data, recordId) : undefined;
  return deal && toDealClaims(data, deal, origin);
};

const toSettingsClaims = (data: CrmData, origin: string): Claims => ({
  record: { type: 'settings', url: origin + settingsPath },
  users: data.users.map(({ id, name, email }) => ({ id, name, email })),
});

const toContactClaims = (data: CrmData, contact: Contact, origin: string): Claims => {
  const company = findCompany(data, contact.companyId);
  return {
    record: {
      type: 'contact',
      id: contact.id,
      url: origin + toRecordPath('contact', contact.id),
      name: toContactName(contact),
      firstName: contact.firstName,
      lastName: contact.lastName,
      email: contact.email,
      phone: contact.phone,
      address: contact.address ?? company?.address,
    },
    company: company && toCompanyClaim(company),
  };
};

const toCompanyClaims = (data: CrmData, company: Company, origin: string): Claims => ({
  record: {
    type: 'company',
    id: company.id,
    url: origin + toRecordPath('company', company.id),
    name: company.name,
    email: company.email,
    phone: company.phone,
    address: company.address,
  },
  contacts: listContactsOf(data, company).map((contact) => toPersonClaim(contact)),
});

const toDealClaims = (data: CrmData, deal: Deal, origin: string): Claims => {
  const company = findCompany(data, deal.companyId);
  return {
    record: { type: 'deal', id: deal.id, url: origin + toRecordPath('deal', deal.id), name: deal.name },
    company: company && toCompanyClaim(company),
    contacts: listParticipants(data, deal).map(({ contact, role }) => ({ ...toPersonClaim(contact), role })),
    deal: { value: deal.value, currency: deal.currency, valueIncludesTax: false, lines: deal.lines },
  };
};

const toCompanyClaim = ({ id, name, email }: Company) => ({ id, name, email });

const toPersonClaim = (contact: Contact) => ({ id: contact.id, name: toContactName(contact), email: contact.email });
