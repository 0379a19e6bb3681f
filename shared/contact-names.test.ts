import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isNearContact, isNearName, isSameName, isSimilarName, listNearKeys, toNameKey } from './contact-names.ts';

test.each([
  ['Harbour Lights', 'HARBOUR  lights', true, true],
  ['Harbour Lights', 'Harbour Lights Pty Ltd', false, true],
  ['Harbour Lights P/L', 'Harbour Lights Pty. Ltd.', false, false],
  ['Ørsted & Søn A/S', 'Ørsted  Søn AS', true, true],
  ['José', 'Jose', true, true],
  ['Ltd', 'Limited', false, false],
  ['', '', false, false],
  ['Acme', 'Acme Holdings', false, false],
])('when %j meets %j, then same is %s and similar is %s', (a, b, isSame, isSimilar) => {
  expect(isSameName(a, b)).toBe(isSame);
  expect(isSimilarName(a, b)).toBe(isSimilar);
});

test.each([
  ['  Acme   Ltd ', 'acme ltd', true],
  ['Acme Ltd', 'Acme', false],
  ['Café', 'Cafe', false],
])('Xero takes %j and %j for the same name: %s', (a, b, isSame) => {
  expect(toNameKey(a) === toNameKey(b)).toBe(isSame);
});

test.each([
  ['Acme Ltd', 'Acme Limited', true],
  ['Acme', 'ACME Pty. Ltd.', true],
  ['Acme Ltd (UK)', 'Acme (UK)', true],
  ['Café du Monde', 'Cafe du Monde', true],
  ["Mc Donald's", 'McDonalds', true],
  ['Müller GmbH & Co. KG', 'Muller', true],
  ['Strauß', 'Strauss', true],
  ['Smørrebrød A/S', 'Smorrebrod', true],
  ['Acme', 'acme', false],
  ['AB Electric', 'Electric', false],
  ['Ltd', 'Limited', false],
  ['!!!', '???', false],
  ['Ben', 'Ben 1', false],
  ['Acme', 'Acme Holdings', false],
])('%j is near %j: %s', (a, b, isNear) => {
  expect([isNearName(a, b), isNearName(b, a)]).toEqual([isNear, isNear]);
});

test.each([
  [{ email: 'Ada@Acme.example' }, { email: 'ada@acme.example ' }, true],
  [{ taxNumber: '12 345 678' }, { taxNumber: '12.345.678' }, true],
  [{ email: '', taxNumber: ' - ' }, { email: '', taxNumber: '' }, false],
  [{ email: null }, { email: null }, false],
  [{ email: 'ada@acme.example' }, { email: 'bob@acme.example' }, false],
])('contacts of other names with %j and %j are near: %s', (a, b, isNear) => {
  expect(isNearContact({ name: 'Acme', ...a }, { name: 'Widgets', ...b })).toBe(isNear);
});

test('a contact of the same name is never near', () => {
  expect(isNearContact({ name: 'Acme', email: 'a@a.example' }, { name: 'ACME ', email: 'a@a.example' })).toBe(false);
});

test.each([
  [{ name: 'Acme Ltd', email: 'Ada@Acme.example' }, ['name:acme', 'email:ada@acme.example']],
  [{ name: '!!!', taxNumber: '12 345.678' }, ['tax:12345678']],
])('what %j can be near by', (contact, keys) => {
  expect(listNearKeys(contact)).toEqual(keys);
});

const words = fc.constantFrom('', 'Acme', 'acme', 'Acme Ltd', 'Beta', 'A.c.m.e', '12 3', '123');
const named = fc.record({ name: words, email: words, taxNumber: words });
test('contacts of different names are near exactly when they share a key', () => {
  fc.assert(
    fc.property(named, named, (a, b) => {
      fc.pre(toNameKey(a.name) !== toNameKey(b.name));
      const keys = listNearKeys(a);
      expect(isNearContact(a, b)).toBe(listNearKeys(b).some((key) => keys.includes(key)));
    }),
  );
});

const letters = fc.string({ unit: 'grapheme', maxLength: 12 });

test('being near does not depend on the order, and a name is never near itself', () => {
  fc.assert(fc.property(letters, letters, (a, b) => isNearName(a, b) === isNearName(b, a) && !isNearName(a, a)));
});

test('a legal form, an accent or punctuation more makes a near name', () => {
  const name = fc
    .stringMatching(/^[a-z]{3,10} [a-z]{3,10}$/)
    .filter(
      (text) =>
        !/ (corp|corporation|company|inc|incorporated|limited|llc|llp|ltd|ltda|oyj|plc|private|proprietary|pte|pty|pvt|sarl|sas|spa|srl|sro|ohg|kft|gmbh|asa|aps)$/.test(
          text,
        ),
    );
  const change = fc.constantFrom(' Ltd', ' Pty. Ltd.', ' GmbH', '.', '!', '\u0301');
  fc.assert(fc.property(name, change, (text, more) => isNearName(text, `${text}${more}`)));
});
