import { Address } from 'xero-node/dist/gen/model/accounting/address.js';
import type { Contact } from 'xero-node/dist/gen/model/accounting/contact.js';
import { Phone } from 'xero-node/dist/gen/model/accounting/phone.js';
import { buildQuestion, type Question } from '#server/xero/calling/send-question.ts';
import type { NewXeroContact } from '#server/xero/gateway.ts';
import { toDate, toList } from './bodies.ts';

type ContactFilter = {
  /** An instant, truncated to the second (If-Modified-Since). When nothing changed since, Xero answers 304. */
  modifiedSince?: string;
  /** Indexed: Name, EmailAddress, AccountNumber. Text is in double quotes. */
  where?: string;
  order?: string;
  /** At most `idsPerCall`. */
  ids?: readonly string[];
  /** Searches name, first name, last name, contact number and e-mail address, ignoring case. Any character is safe. */
  searchTerm?: string;
  /** Includes archived contacts. */
  includeArchived?: true;
  /** With addresses, phones and groups, which a summary leaves out. */
  isFull?: true;
  /** Counted from 1. */
  page: number;
  /** Up to `longestPage`. */
  pageSize: number;
};

/** Contacts, in summary unless asked otherwise. Merge targets are included only when ids are given. */
export function getContacts(of: ContactFilter): Question {
  return buildQuestion({
    name: 'GET /Contacts',
    isConditional: of.modifiedSince !== undefined,
    send: (api, tenantId) =>
      api.getContacts(
        tenantId,
        toDate(of.modifiedSince),
        of.where,
        of.order,
        toList(of.ids),
        of.page,
        of.includeArchived,
        of.isFull ? undefined : true, // summaryOnly
        of.searchTerm,
        of.pageSize,
      ),
  });
}

/** One contact, archived or not. Xero also accepts a contact number as id, so check the answer's id. */
export function getContactById({ id }: { id: string }): Question {
  return buildQuestion({
    name: 'GET /Contacts/{id}',
    send: (api, tenantId) => api.getContact(tenantId, id),
  });
}

type NewContact = { contact: NewXeroContact; idempotencyKey: string };

/** Creates one contact. With summarizeErrors, Xero answers 400 when it refuses the contact. */
export function putContact({ contact, idempotencyKey }: NewContact): Question {
  return buildQuestion({
    name: 'PUT /Contacts',
    isWrite: true,
    send: (api, tenantId) => api.createContacts(tenantId, { contacts: [toXeroContact(contact)] }, true, idempotencyKey),
  });
}

/** Includes only given members, because an empty member would empty the contact's own. */
function toXeroContact({ name, firstName, lastName, email, phone, address, contactNumber }: NewXeroContact): Contact {
  return {
    // Xero refuses leading, trailing and double spaces.
    name: name.trim().replace(/\s+/g, ' '),
    contactNumber,
    firstName: firstName || undefined,
    lastName: lastName || undefined,
    emailAddress: email || undefined,
    phones: phone ? [{ phoneType: Phone.PhoneTypeEnum.DEFAULT, phoneNumber: phone }] : undefined,
    addresses: address && Object.values(address).some(Boolean) ? [toXeroAddress(address)] : undefined,
  };
}

/** POBOX is the address that Xero calls Billing and prints on invoices. STREET is only for deliveries. */
function toXeroAddress(address: NonNullable<NewXeroContact['address']>): Address {
  return {
    addressType: Address.AddressTypeEnum.POBOX,
    addressLine1: address.line1 || undefined,
    addressLine2: address.line2 || undefined,
    city: address.city || undefined,
    region: address.region || undefined,
    postalCode: address.postalCode || undefined,
    country: address.country || undefined,
  };
}
