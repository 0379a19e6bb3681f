import { describe, expect, test } from 'vitest';
import { toClaimFaults } from './claim-faults.ts';
import { parseClaims } from './claims.ts';

type Json = { [name: string]: unknown };

const record = {
  ...{ id: '1001', url: 'https://crm.example/1001', name: 'Nora', firstName: 'Nora', lastName: 'Lind', phone: '+61 2' },
  email: 'nora@crm.example',
  address: { line1: '1 Pier', line2: 'L2', city: 'Sydney', region: 'NSW', postalCode: '2000', country: 'Australia' },
};
const common = {
  ...{ sub: 'u1', jti: 'j1', iat: 1, exp: 61, user: { name: 'Ben', email: 'ben@crm.example', admin: true } },
};
const company = { id: '501', name: 'Harbour', email: 'office@crm.example' };
const contacts = [{ id: '1002', name: 'Jonas', email: 'jonas@crm.example', role: 'primary' }];
const lines = [{ description: 'Plan', quantity: '1', unitAmount: '9.50', itemCode: 'P-1' }];
const deal = { value: '42', currency: 'AUD', valueIncludesTax: true, lines };

/** Every possible claim, by record type. */
const whole: Readonly<Record<string, Json>> = {
  contact: { ...common, record: { type: 'contact', ...record }, company },
  company: { ...common, record: { type: 'company', ...record }, contacts },
  deal: { ...common, record: { type: 'deal', ...record }, company, contacts, deal },
  settings: {
    ...common,
    record: { type: 'settings', url: record.url },
    users: [{ id: 'u1', name: 'Ben', email: 'ben@crm.example' }],
  },
  sync: { ...common, record: { type: 'sync', url: record.url } },
};
/** A record that travels to Xero: only its type and id are needed. */
const expense = { ...common, record: { type: 'expense', id: 'exp-1', url: record.url, name: 'Fuel' } };
const travellingTypes = [
  ...['customer', 'supplier', 'item', 'invoice', 'payment', 'expense', 'purchase-order', 'supplier-credit'],
];

/** Claims that a token must have. */
const needed = new Set(
  'sub jti iat exp user user.name record record.type record.id record.url record.name company.id company.name contacts.0.id contacts.0.name users.0.id users.0.name deal.currency deal.lines.0.description deal.lines.0.quantity deal.lines.0.unitAmount'.split(
    ' ',
  ),
);

/** Lists the path of every member, at any depth. */
function listPaths(value: unknown, path: readonly string[] = []): string[][] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [
    ...(path.length > 0 ? [[...path]] : []),
    ...inner.flatMap(([name, each]) => listPaths(each, [...path, name])),
  ];
}

/** Copies the claims with another value at one path, or without it. */
function withValue(claims: unknown, [name = '', ...rest]: readonly string[], value: unknown): unknown {
  const copy: Json | unknown[] = Array.isArray(claims) ? [...claims] : { ...(claims as Json) };
  const place = copy as Json;
  if (rest.length > 0) place[name] = withValue(place[name], rest, value);
  else if (value !== undefined) place[name] = value;
  else if (Array.isArray(copy)) copy.splice(Number(name), 1);
  else delete place[name];
  return copy;
}

const places = Object.entries(whole).flatMap(([type, claims]) =>
  listPaths(claims).map((path) => [type, path.join('.'), path] as const),
);

describe('a claim that is null', () => {
  test.each(places.filter(([, name]) => !needed.has(name)))(
    '%s claims with null at %s count as without it',
    (type, _name, path) => {
      const read = parseClaims(withValue(whole[type], path, null));
      const absent = parseClaims(withValue(whole[type], path, undefined));
      expect(absent).toMatchObject({ success: true });
      expect(read).toEqual(absent);
    },
  );

  test.each(places.filter(([, name]) => needed.has(name)))(
    '%s claims with null in the required %s are reported as missing',
    (type, name, path) => {
      const claims = withValue(whole[type], path, null);
      const read = parseClaims(claims);
      if (read.success) throw new Error(`claims without ${name} were taken`);
      const inside = name === 'record' ? 'record.type' : name;
      expect(toClaimFaults(read.error.issues, claims)).toEqual([
        { path: expect.stringMatching(new RegExp(`^(${name}|${inside})$`)), message: 'is missing' },
      ]);
    },
  );

  test.each([
    ['company', { id: null, name: null, email: null }],
    ['company', []],
    ['record.address', { line1: null, city: null }],
    ['record.address', []],
  ])('%s that is %j, an empty value, counts as absent', (name, value) => {
    const path = name.split('.');
    expect(parseClaims(withValue(whole.contact, path, value))).toEqual(
      parseClaims(withValue(whole.contact, path, undefined)),
    );
  });
});

describe('a deal that is not worth anything yet', () => {
  test.each([
    [undefined, {}],
    [null, {}],
    [[], {}],
    [{ value: null, currency: null, valueIncludesTax: null, lines: null }, {}],
    [{ value: null, currency: null, lines: [] }, { lines: [] }],
    [{ value: null, currency: 'NZD' }, { currency: 'NZD' }],
    [
      { value: 0, currency: 'NZD', valueIncludesTax: true },
      { value: '0', currency: 'NZD', valueIncludesTax: true },
    ],
  ])('the deal is accepted with claim %j', (claim, expected) => {
    expect(parseClaims(withValue(whole.deal, ['deal'], claim))).toMatchObject({
      success: true,
      data: { deal: { valueIncludesTax: false, ...expected } },
    });
    const read = parseClaims(withValue(whole.deal, ['deal'], claim));
    const names = Object.keys(read.success && 'deal' in read.data ? read.data.deal : {});
    expect(names.sort()).toEqual(Object.keys({ valueIncludesTax: false, ...expected }).sort());
  });

  test.each([[{ value: '42' }], [{ value: 0, currency: null }], [{ value: null, currency: null, lines }]])(
    'an amount without a currency, as in %j, is not guessed',
    (claim) => {
      const claims = withValue(whole.deal, ['deal'], claim);
      const read = parseClaims(claims);
      if (read.success) throw new Error('it was taken');
      expect(toClaimFaults(read.error.issues, claims)).toEqual([{ path: 'deal.currency', message: 'is missing' }]);
    },
  );
});

describe('an id that is a number', () => {
  test.each([
    ['contact', ['record', 'id']],
    ['contact', ['company', 'id']],
    ['contact', ['sub']],
    ['company', ['contacts', '0', 'id']],
    ['settings', ['users', '0', 'id']],
    ['deal', ['deal', 'lines', '0', 'itemCode']],
    ['contact', ['record', 'phone']],
    ['contact', ['record', 'address', 'postalCode']],
  ] as const)('%s claims with a whole number at %s are read as text', (type, path) => {
    const expected = parseClaims(withValue(whole[type], path, '4711'));
    expect(expected).toMatchObject({ success: true });
    expect(parseClaims(withValue(whole[type], path, 4711))).toEqual(expected);
  });

  test.each([
    // What JSON.parse makes of 9007199254740993, the next odd number after 2^53: another record's id.
    JSON.parse('9007199254740993'),
    1.5,
    1e30,
    true,
    ['1001'],
  ])('an id of %j is refused, not guessed', (id) => {
    const claims = withValue(whole.contact, ['record', 'id'], id);
    const read = parseClaims(claims);
    if (read.success) throw new Error('it was taken');
    expect(toClaimFaults(read.error.issues, claims)).toEqual([{ path: 'record.id', message: 'must be text' }]);
  });
});

describe('claims of a record that travels to Xero', () => {
  test.each(travellingTypes)('of type %s need only its id; the address and the name may be absent', (type) => {
    const named = { ...expense, record: { ...expense.record, type } };
    expect(parseClaims(named)).toMatchObject({ success: true, data: { record: named.record } });
    for (const none of [undefined, null]) {
      const read = parseClaims({ ...expense, record: { type, id: 42, url: none, name: none } });
      expect(read).toMatchObject({ success: true, data: { record: { type, id: '42' } } });
    }
  });

  test.each([
    [undefined, 'is missing'],
    ['', 'is empty'],
    ['..', 'must not be . or ..'],
    ['xero:1', 'must not begin with xero:'],
    ['x'.repeat(201), 'is too long (at most 200)'],
  ])('with the id %j say what is wrong with it', (id, message) => {
    const claims = withValue(expense, ['record', 'id'], id);
    const read = parseClaims(claims);
    if (read.success) throw new Error('it was taken');
    expect(toClaimFaults(read.error.issues, claims)).toEqual([{ path: 'record.id', message }]);
  });
});

test.each([
  ['contact', ['record', 'email'], 5, 'must be text'],
  ['contact', ['record', 'url'], 'ftp://secret.example', 'must be an http or https address'],
  [
    'contact',
    ['record', 'type'],
    'secret',
    `must be one of: contact, company, deal, settings, ${travellingTypes.join(', ')}, sync`,
  ],
  ['contact', ['user', 'admin'], 'secret', 'must be true or false'],
  ['contact', ['user'], 'secret', 'must be an object'],
  ['contact', ['jti'], '', 'is empty'],
  ['contact', ['record', 'phone'], 's'.repeat(101), 'is too long (at most 100)'],
  ['contact', ['record', 'name'], 'secret\0', 'must be well-formed text'],
  ['company', ['contacts'], 'secret', 'must be a list'],
  ['company', ['contacts', '0'], 'secret', 'must be an object'],
  ['deal', ['deal', 'value'], 'secret', 'must be a decimal number'],
  ['deal', ['deal', 'value'], true, 'must be a number, or a decimal number as text'],
  ['deal', ['deal', 'currency'], 'secret', 'must be a currency code of three capital letters'],
] as const)('%s claims that are wrong at %s name path and rule, never the value', (type, path, value, message) => {
  const claims = withValue(whole[type], path, value);
  const read = parseClaims(claims);
  if (read.success) throw new Error('it was taken');
  expect(toClaimFaults(read.error.issues, claims)).toEqual([{ path: path.join('.'), message }]);
});
