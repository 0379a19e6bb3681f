import { createHash } from 'node:crypto';
import type { ExactJson } from '#server/xero/bytes/exact-json.ts';
import { hasOtherTaxNumber } from '#shared/contact-names.ts';
import type { RecordProblem } from '#shared/contract/sync/record.ts';
import type { RecordData } from '#shared/contract/sync/record-data/data.ts';
import { fieldWords } from '../words/field-words.ts';
import { checkName, checkPage, findTooLong, invalidAt, isFilled, toMissing } from './check-fields.ts';
import { checkCurrency } from './documents/build-document.ts';
import { joinSpaces } from './documents/document-contacts.ts';
import type { Built, ContactGroupName, KindFacts, KindTwin, Removal, SyncKind, XeroElement } from './kind.ts';
import { readList, readMember, readText } from './read-row.ts';

type Contact = RecordData<'customers'>;

/** A customer and a supplier of the same name are one contact in Xero, in both groups. */
function buildContactKind<const Kind extends ContactGroupName>(kind: Kind, rank: number): SyncKind<Kind> {
  return {
    ...{ kind, resource: 'contact', rank },
    listNeeds: () => [],
    toXero: (data, facts) => toXero(data, { ...facts, group: kind }),
    search: [
      { by: 'contact_number', toValue: (_data, { crmId }) => toContactNumber(kind, crmId) },
      { by: 'name', toValue: ({ name }) => (name ? joinSpaces(name) : undefined) },
    ],
    onFound: 'adopt',
    isDoubtful,
    fields,
    toRemoval: (twin, facts) => toRemoval(twin, { ...facts, group: kind }),
    toRestore: ({ id }) => ({ ContactID: id, ContactStatus: 'ACTIVE' }),
    listFollows: () => [{ what: 'group', group: kind }],
  };
}

const fields = {
  Name: 'name',
  FirstName: 'firstName',
  LastName: 'lastName',
  EmailAddress: 'email',
  TaxNumber: 'taxNumber',
  DefaultCurrency: 'currency',
  'Phones.*.PhoneNumber': 'phone',
  'Addresses.*.AddressLine1': 'address.line1',
  'Addresses.*.AddressLine2': 'address.line2',
  'Addresses.*.City': 'address.city',
  'Addresses.*.Region': 'address.region',
  'Addresses.*.PostalCode': 'address.postalCode',
  'Addresses.*.Country': 'address.country',
};

export const customers: SyncKind<'customers'> = buildContactKind('customers', 3);
export const suppliers: SyncKind<'suppliers'> = buildContactKind('suppliers', 4);

const required = ['name'] as const;
const ofRecord = ['type', 'id'] as const;

function toXero(data: Contact, facts: KindFacts & { group: ContactGroupName }): Built {
  if (!isFilled(data, required)) return toMissing(data, required);
  if (data.record && !isFilled(data.record, ofRecord)) return toMissing(data.record, ofRecord, 'record.');
  const problem =
    checkName('name', data.name) ??
    checkTexts(data) ??
    checkEmail(data.email) ??
    checkPage(data.url, facts) ??
    checkCurrency(data.currency, facts);
  if (problem) return { problem };
  const { twin, crmId, group } = facts;
  const element = { Name: joinSpaces(data.name), ...toMembers(data, twin) };
  return twin
    ? { element: { ContactID: twin.id, ...element } }
    : { element: { ...withoutBlanks(element), ContactNumber: toContactNumber(group, crmId) } };
}

/** Members that the CRM does not give are left out, so that Xero keeps its own. A blank one empties Xero's. */
function toMembers({ firstName, lastName, email, taxNumber, currency, phone, address }: Contact, twin?: KindTwin) {
  return {
    FirstName: firstName,
    LastName: lastName,
    EmailAddress: email,
    TaxNumber: taxNumber,
    DefaultCurrency: currency,
    Phones: phone === undefined ? undefined : overlay(twin, 'Phones', { PhoneType: 'DEFAULT', PhoneNumber: phone }),
    Addresses: address && overlay(twin, 'Addresses', { AddressType: 'POBOX', ...toAddress(address) }),
  };
}

function toAddress({ line1, line2, city, region, postalCode, country }: NonNullable<Contact['address']>) {
  return {
    AddressLine1: line1,
    AddressLine2: line2,
    City: city,
    Region: region,
    PostalCode: postalCode,
    Country: country,
  };
}

type Entry = Readonly<Record<string, string | undefined>>;

/**
 * The list as Xero has it, with the given members of one entry changed. A list that is sent replaces Xero's, so the other
 * entries go along as they are.
 */
function overlay(twin: KindTwin | undefined, name: 'Phones' | 'Addresses', given: Entry): ExactJson {
  const type = name === 'Phones' ? 'PhoneType' : 'AddressType';
  const held = twin ? readList(twin, name).map(toEntry) : [];
  const others = held.filter((entry) => entry[type] !== given[type] && hasText(entry, type));
  const own = held.find((entry) => entry[type] === given[type]);
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return [{ ...own, ...said }, ...others];
}

function toEntry(row: unknown): Entry {
  const members = typeof row === 'object' && row !== null ? Object.keys(row) : [];
  return Object.fromEntries(
    members.flatMap((member) => {
      const value = readMember(row, [member]);
      return typeof value === 'string' ? [[member, value]] : [];
    }),
  );
}

function hasText(entry: Entry, type: string): boolean {
  return Object.entries(entry).some(([member, value]) => member !== type && value);
}

/** A new contact needs no empty texts. */
function withoutBlanks(element: XeroElement): XeroElement {
  return Object.fromEntries(Object.entries(element).filter(([, value]) => value !== ''));
}

function checkTexts({ firstName, lastName, email, phone, taxNumber, address }: Contact): RecordProblem | undefined {
  return findTooLong(
    ['firstName', firstName, 255],
    ['lastName', lastName, 255],
    ['email', email, 255],
    ['phone', phone, 50],
    ['taxNumber', taxNumber, 50],
    ['address.city', address?.city, 255],
    ['address.region', address?.region, 255],
    ['address.postalCode', address?.postalCode, 50],
    ['address.country', address?.country, 50],
  );
}

/** Xero's OpenAPI: umlauts are not supported. */
function checkEmail(email: string | undefined): RecordProblem | undefined {
  if (!email || (/^[!-~]+$/.test(email) && /^[^@<>,;]+@[^@<>,;.]+(\.[^@<>,;.]+)+$/.test(email))) return undefined;
  return invalidAt('email', fieldWords.notAnEmail);
}

/** Set on contacts that we make, so that they are found again. Xero takes 50 characters. */
export function toContactNumber(group: ContactGroupName, crmId: string): string {
  const prefix = group === 'customers' ? 'c:' : 's:';
  if (prefix.length + crmId.length <= 50) return `${prefix}${crmId}`;
  return `${prefix}${createHash('sha256').update(crmId).digest('hex').slice(0, 48)}`;
}

/** One that we made is ours, whatever its tax number is now. */
function isDoubtful(twin: KindTwin, { ContactNumber, TaxNumber }: XeroElement): boolean {
  const taxNumber = typeof TaxNumber === 'string' ? TaxNumber : undefined;
  return twin.number !== ContactNumber && hasOtherTaxNumber({ taxNumber }, { taxNumber: readText(twin, 'TaxNumber') });
}

/** A contact that another record has as its twin stays active. */
function toRemoval(twin: KindTwin, { sharedWith, group }: KindFacts & { group: ContactGroupName }): Removal {
  if (sharedWith.length > 0) return { how: 'leave_group', group };
  if (twin.status === 'ARCHIVED') return { how: 'none' };
  return { how: 'update', element: { ContactID: twin.id, ContactStatus: 'ARCHIVED' } };
}
