import { describe, expect, test } from 'vitest';
import type { RecordData } from '#shared/contract/sync/record-data/data.ts';
import { customers, suppliers, toContactNumber } from './contacts.ts';
import { factsOf, ids, twin } from './facts.fixture.ts';
import type { KindFacts } from './kind.ts';
import { listDifferences } from './list-differences.ts';

type Contact = RecordData<'customers'>;

const acme: Contact = {
  ...{ name: 'Acme Ltd', firstName: 'Ada', lastName: 'Lee', email: 'ada@acme.example', phone: '555-0100' },
  ...{ taxNumber: '12 345', currency: 'USD', record: { type: 'company', id: 'co-1' } },
  address: { line1: '1 High St', city: 'Perth', postalCode: '6000' },
};

function elementOf(data: Contact, facts: Partial<KindFacts> = {}) {
  const built = customers.toXero(data, factsOf({ crmId: 'c-1', ...facts }));
  return 'element' in built ? built.element : built;
}

const address = { AddressType: 'POBOX', AddressLine1: '1 High St', City: 'Perth', PostalCode: '6000' };

test('a new customer has its address as POBOX, its phone as DEFAULT and our number', () => {
  expect(elementOf(acme)).toEqual({
    ...{ Name: 'Acme Ltd', FirstName: 'Ada', LastName: 'Lee', EmailAddress: 'ada@acme.example' },
    ...{ TaxNumber: '12 345', DefaultCurrency: 'USD', ContactNumber: 'c:c-1' },
    Phones: [{ PhoneType: 'DEFAULT', PhoneNumber: '555-0100' }],
    Addresses: [address],
  });
});

test('blank texts are left out of a new contact', () => {
  expect(elementOf({ name: ' Acme   Ltd ', email: '' })).toEqual({ Name: 'Acme Ltd', ContactNumber: 'c:c-1' });
});

describe('an update', () => {
  const street = { AddressType: 'STREET', City: 'Hobart' };
  const row = {
    ...{ ContactNumber: 'other-system-7', EmailAddress: 'old@acme.example' },
    Addresses: [street, { AddressType: 'POBOX', AddressLine1: '9 Old Rd', City: 'Perth', AttentionTo: 'Ada' }],
    Phones: [
      { PhoneType: 'DEFAULT', PhoneNumber: '1' },
      { PhoneType: 'MOBILE', PhoneNumber: '2' },
      { PhoneType: 'FAX', PhoneNumber: '' },
    ],
  };
  const held = twin(ids.acme, { row });

  test('sends the members given and never another system’s number', () => {
    expect(elementOf({ name: 'Acme Ltd', email: '' }, { twin: held })).toEqual({
      ...{ ContactID: ids.acme, Name: 'Acme Ltd', EmailAddress: '' },
    });
  });

  test('keeps other addresses, other phones and other members of the address', () => {
    const change: Contact = { name: 'Acme Ltd', phone: '555', address: { line1: '1 High St' } };
    expect(elementOf(change, { twin: held })).toMatchObject({
      Addresses: [{ AddressType: 'POBOX', AddressLine1: '1 High St', City: 'Perth', AttentionTo: 'Ada' }, street],
      Phones: [
        { PhoneType: 'DEFAULT', PhoneNumber: '555' },
        { PhoneType: 'MOBILE', PhoneNumber: '2' },
      ],
    });
  });

  test('only members given count as differences', () => {
    const element = elementOf({ name: 'Acme Ltd', email: 'new@acme.example', phone: '1' }, { twin: held });
    if (!('Name' in element)) throw new Error('it was refused');
    expect(listDifferences(customers.fields, element, held)).toEqual([
      { field: 'name', crm: 'Acme Ltd', xero: null },
      { field: 'email', crm: 'new@acme.example', xero: 'old@acme.example' },
    ]);
  });
});

describe('problems', () => {
  const tooLong = (most: number) => `This text is too long. Xero allows ${most} characters.`;
  test.each<[Contact, string, string]>([
    [{}, 'field_missing', 'name'],
    [{ name: 'A <b>' }, 'field_invalid', 'name'],
    [{ name: 'x'.repeat(256) }, 'field_invalid', 'name'],
    [{ ...acme, firstName: 'x'.repeat(256) }, 'field_invalid', 'firstName'],
    [{ ...acme, phone: '5'.repeat(51) }, 'field_invalid', 'phone'],
    [{ ...acme, taxNumber: '5'.repeat(51) }, 'field_invalid', 'taxNumber'],
    [{ ...acme, address: { country: 'x'.repeat(51) } }, 'field_invalid', 'address.country'],
    [{ ...acme, email: 'ada' }, 'field_invalid', 'email'],
    [{ ...acme, email: 'ädä@acme.example' }, 'field_invalid', 'email'],
    [{ ...acme, currency: 'GBP' }, 'currency_not_subscribed', 'currency'],
    [{ ...acme, url: 'https://other.example' }, 'field_invalid', 'url'],
  ])('case %#', (data, code, field) => {
    expect(elementOf(data)).toMatchObject({ problem: { code, field, fix: 'edit_record', waitsFor: 'user' } });
  });

  test('a long text says how much Xero takes', () => {
    expect(elementOf({ ...acme, phone: '5'.repeat(51) })).toMatchObject({ problem: { message: tooLong(50) } });
  });
});

describe('our number', () => {
  test('is the kind and the id, hashed where it is too long', () => {
    expect(toContactNumber('customers', 'x'.repeat(48))).toBe(`c:${'x'.repeat(48)}`);
    const long = toContactNumber('suppliers', 'x'.repeat(49));
    expect(long).toMatch(/^s:[\da-f]{48}$/);
    expect(long).not.toBe(toContactNumber('suppliers', 'y'.repeat(49)));
  });

  test('is searched for first, then the exact name', () => {
    const values = suppliers.search.map(({ by, toValue }) => [
      by,
      toValue({ name: ' BP  Perth' }, factsOf({ crmId: 's-1' })),
    ]);
    expect(values).toEqual([
      ['contact_number', 's:s-1'],
      ['name', 'BP Perth'],
    ]);
  });
});

test('a contact follows into the group of its kind', () => {
  expect(customers.listFollows?.(acme, factsOf())).toEqual([{ what: 'group', group: 'customers' }]);
  expect(suppliers.listFollows?.(acme, factsOf())).toEqual([{ what: 'group', group: 'suppliers' }]);
});

describe('a deletion', () => {
  test('archives the contact', () => {
    const element = { ContactID: ids.acme, ContactStatus: 'ARCHIVED' };
    expect(customers.toRemoval(twin(ids.acme), factsOf())).toEqual({ how: 'update', element });
  });

  test('only leaves the group where another record has the contact', () => {
    const facts = factsOf({ sharedWith: ['suppliers'] });
    expect(suppliers.toRemoval(twin(ids.acme), facts)).toEqual({ how: 'leave_group', group: 'suppliers' });
  });

  test('of an archived one sends nothing, and it can be restored', () => {
    const archived = twin(ids.acme, { status: 'ARCHIVED' });
    expect(customers.toRemoval(archived, factsOf())).toEqual({ how: 'none' });
    expect(customers.toRestore?.(archived)).toEqual({ ContactID: ids.acme, ContactStatus: 'ACTIVE' });
  });
});
