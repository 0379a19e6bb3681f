import { present } from '../../records/present.ts';
import type { Address, Contact, ContactGroup, Phone } from '../../records/types.ts';
import { groupToWire } from '../contact-groups/group-wire.ts';
import { updatedPair } from '../documents/document-wire.ts';

export type Balance = { Outstanding: number; Overdue: number };

export type ContactDetail = {
  /** `summary` leaves out addresses, phones and persons. `full` adds members that only pages and single reads have. */
  level: 'summary' | 'list' | 'full';
  groups: ContactGroup[];
  balances?: { AccountsReceivable: Balance; AccountsPayable: Balance };
};

const phoneTypes: Phone['PhoneType'][] = ['DDI', 'DEFAULT', 'FAX', 'MOBILE'];
const addressTypes: Address['AddressType'][] = ['STREET', 'POBOX'];

export function contactToWire(contact: Contact, { level, groups, balances }: ContactDetail) {
  return {
    ...identityOf(contact),
    ...(level === 'summary' ? {} : { Addresses: addressesOf(contact), Phones: phonesOf(contact) }),
    ...updatedPair(contact.updatedAt),
    ...(level === 'summary' ? {} : { ContactGroups: groups.map((group) => groupToWire(group)) }),
    IsSupplier: contact.IsSupplier,
    IsCustomer: contact.IsCustomer,
    ...(level === 'full' ? fullOf(contact) : {}),
    ...(balances === undefined ? {} : { Balances: balances }),
    ...(level === 'summary' ? {} : { ContactPersons: contact.ContactPersons }),
    HasAttachments: false,
    HasValidationErrors: false,
  };
}

function identityOf(contact: Contact) {
  return present({
    ContactID: contact.ContactID,
    ContactNumber: contact.ContactNumber,
    AccountNumber: contact.AccountNumber,
    ContactStatus: contact.ContactStatus,
    Name: contact.Name,
    FirstName: contact.FirstName,
    LastName: contact.LastName,
    CompanyNumber: contact.CompanyNumber,
    EmailAddress: contact.EmailAddress ?? '',
    BankAccountDetails: contact.BankAccountDetails ?? '',
    TaxNumber: contact.TaxNumber,
    AccountsReceivableTaxType: contact.AccountsReceivableTaxType,
    AccountsPayableTaxType: contact.AccountsPayableTaxType,
    DefaultCurrency: contact.DefaultCurrency,
  });
}

function fullOf(contact: Contact) {
  return present({
    PaymentTerms: contact.PaymentTerms,
    SalesTrackingCategories: contact.SalesTrackingCategories ?? [],
    PurchasesTrackingCategories: contact.PurchasesTrackingCategories ?? [],
    SalesDefaultAccountCode: contact.SalesDefaultAccountCode,
    PurchasesDefaultAccountCode: contact.PurchasesDefaultAccountCode,
    MergedToContactID: contact.MergedToContactID,
    Website: contact.Website,
  });
}

/** Xero sends every type of phone and address, empty when unknown. */
function phonesOf(contact: Contact) {
  return phoneTypes.map((PhoneType) => ({
    PhoneNumber: '',
    PhoneAreaCode: '',
    PhoneCountryCode: '',
    ...contact.Phones.find((phone) => phone.PhoneType === PhoneType),
    PhoneType,
  }));
}

function addressesOf(contact: Contact) {
  return addressTypes.map((AddressType) => ({
    City: '',
    Region: '',
    PostalCode: '',
    Country: '',
    ...contact.Addresses.find((address) => address.AddressType === AddressType),
    AddressType,
  }));
}
