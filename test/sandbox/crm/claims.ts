import type { Books } from './books/books.ts';
import { kindNames } from './books/kinds/kind.ts';
import { kinds } from './books/kinds/kinds.ts';
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
export const syncPath = '/setup/apps/xero/sync';

type Asked = { recordType: string; recordId: string; origin: string; books?: Books };

/** A record's claims, as in the public contract; undefined when this CRM has no such record. */
export function findRecordClaims(data: CrmData, asked: Asked): Claims | undefined {
  const { recordType, recordId, origin } = asked;
  if (recordType === 'settings') return toSettingsClaims(data, origin);
  if (recordType === 'sync') return { record: { type: 'sync', url: origin + syncPath } };
  if (recordType === 'contact') {
    const contact = findContact(data, recordId);
    return contact && toContactClaims(data, contact, origin);
  }
  if (recordType === 'company') {
    const company = findCompany(data, recordId);
    return company && toCompanyClaims(data, company, origin);
  }
  const deal = recordType === 'deal' ? findDeal(data, recordId) : undefined;
  return deal ? toDealClaims(data, deal, origin) : findBookClaims(asked);
}

/** A record that is sent to Xero. The product knows the rest of it from the CRM's backend. */
function findBookClaims({ recordType, recordId, origin, books }: Asked): Claims | undefined {
  const name = kindNames.find((kind) => kinds[kind].recordType === recordType);
  const row = name && books?.find(name, recordId);
  if (!row) return undefined;
  const { title } = kinds[row.kind].toSummary(row);
  return { record: { type: recordType, id: row.id, url: `${origin}/${row.kind}/${row.id}`, name: title } };
}

function toSettingsClaims(data: CrmData, origin: string): Claims {
  return {
    record: { type: 'settings', url: origin + settingsPath },
    users: data.users.map(({ id, name, email }) => ({ id, name, email })),
  };
}

function toContactClaims(data: CrmData, contact: Contact, origin: string): Claims {
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
}

function toCompanyClaims(data: CrmData, company: Company, origin: string): Claims {
  return {
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
  };
}

function toDealClaims(data: CrmData, deal: Deal, origin: string): Claims {
  const company = findCompany(data, deal.companyId);
  return {
    record: { type: 'deal', id: deal.id, url: origin + toRecordPath('deal', deal.id), name: deal.name },
    company: company && toCompanyClaim(company),
    contacts: listParticipants(data, deal).map(({ contact, role }) => ({ ...toPersonClaim(contact), role })),
    deal: { value: deal.value, currency: deal.currency, valueIncludesTax: false, lines: deal.lines },
  };
}

function toCompanyClaim({ id, name, email }: Company) {
  return { id, name, email };
}

function toPersonClaim(contact: Contact) {
  return { id: contact.id, name: toContactName(contact), email: contact.email };
}
