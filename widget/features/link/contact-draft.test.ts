import { describe, expect, test } from 'vitest';
import { newContactSchema } from '#shared/contract/contact.ts';
import { draftFrom, fieldOf, toNewContact } from './contact-draft.ts';

describe('draftFrom and toNewContact', () => {
  test('when all details are known, then all are sent', () => {
    const known = {
      name: 'Nora Lindqvist',
      firstName: 'Nora',
      lastName: 'Lindqvist',
      email: 'office@harbourlights.example',
      phone: '+61 2 5550 0101',
      address: { line1: '1 Quay St', city: 'Sydney', country: 'Australia' },
    };
    const contact = toNewContact(draftFrom(known));
    expect(contact).toEqual(known);
    expect(newContactSchema.safeParse(contact).success).toBe(true);
  });

  test('when only a name is known, then only a name is sent', () => {
    expect(JSON.parse(JSON.stringify(toNewContact(draftFrom({ name: ' Zeynep ' }))))).toEqual({ name: 'Zeynep' });
  });
});

test.each([
  ['email', 'email'],
  ['/email', 'email'],
  ['body/address/city', 'address.city'],
  ['address.city', 'address.city'],
  ['Contacts[0].Name', null],
  ['', null],
])('when an error has the path %j, then its field is %s', (path, field) => {
  expect(fieldOf(path)).toBe(field);
});
