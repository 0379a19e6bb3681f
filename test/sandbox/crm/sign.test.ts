import { decodeJwt, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { findRecordToken, signRecordToken } from './sign.ts';

const workspace = { id: 'fieldnote', secret: 'a secret of more than thirty-two bytes' };
const asked = {
  productUrl: 'http://localhost:4000',
  workspace,
  origin: 'http://127.0.0.1:4200',
  userId: 'ben',
  recordType: 'contact',
  recordId: '1001',
};

test('a contact’s token verifies and names user and record', async () => {
  const token = await signRecordToken({ ...asked, now: new Date('2026-11-22T03:00:00Z') });
  const { payload, protectedHeader } = await jwtVerify(token, new TextEncoder().encode(workspace.secret), {
    issuer: 'fieldnote',
    audience: 'http://localhost:4000',
    currentDate: new Date('2026-11-22T03:00:30Z'),
  });
  expect(protectedHeader.alg).toBe('HS256');
  expect(payload).toMatchObject({
    sub: 'ben',
    iat: 1795316400,
    exp: 1795316460,
    jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    user: { name: 'Ben Carter', email: 'ben.carter@fieldnote.example', admin: false },
    record: {
      type: 'contact',
      id: '1001',
      url: 'http://127.0.0.1:4200/contacts/1001',
      name: 'Nora Lindqvist',
      firstName: 'Nora',
      lastName: 'Lindqvist',
      email: 'office@harbourlights.example',
      phone: '+61 2 5550 1501',
      address: { line1: '12 Wharf Road', city: 'Sydney', region: 'NSW', postalCode: '2000', country: 'Australia' },
    },
    company: { id: '501', name: 'Harbour Lights', email: 'accounts@harbourlights.example' },
  });
});

test('two tokens for one record have different jtis', async () => {
  const [one, other] = await Promise.all([signRecordToken(asked), signRecordToken(asked)]);
  expect(decodeJwt(one).jti).not.toBe(decodeJwt(other).jti);
});

test('when a company’s token is signed, then it names its people', async () => {
  const claims = decodeJwt(await signRecordToken({ ...asked, recordType: 'company', recordId: '501' }));
  expect(claims.contacts).toEqual([
    { id: '1001', name: 'Nora Lindqvist', email: 'office@harbourlights.example' },
    { id: '1002', name: 'Jonas Weber', email: 'jonas.weber@harbourlights.example' },
    { id: '1003', name: 'Aroha Ngata', email: 'aroha.ngata@harbourlights.example' },
  ]);
});

test('a deal’s token names value, lines, company and roles', async () => {
  const claims = decodeJwt(await signRecordToken({ ...asked, recordType: 'deal', recordId: '9001' }));
  expect(claims).toMatchObject({
    record: { type: 'deal', id: '9001', name: 'Renewal 2027' },
    company: { id: '501' },
    contacts: [
      { id: '1001', role: 'primary' },
      { id: '1002', role: 'participant' },
    ],
    deal: {
      value: '42000.00',
      currency: 'AUD',
      valueIncludesTax: false,
      lines: [{ quantity: '12' }, { quantity: '10' }],
    },
  });
});

test('a settings token has the users and no record id', async () => {
  const claims = decodeJwt(await signRecordToken({ ...asked, userId: 'olivia', recordType: 'settings', recordId: '' }));
  expect(claims.record).toEqual({ type: 'settings', url: 'http://127.0.0.1:4200/setup/apps/xero' });
  expect(claims.users).toHaveLength(4);
  expect(claims.user).toMatchObject({ admin: true });
});

test('when overrides are given, then they replace claims', async () => {
  expect(decodeJwt(await signRecordToken({ ...asked, overrides: { aud: 'https://elsewhere.example' } }))).toMatchObject(
    {
      aud: 'https://elsewhere.example',
      sub: 'ben',
    },
  );
});

test('when the record or the user is unknown, then there is no token', async () => {
  expect(await findRecordToken({ ...asked, recordId: '4711' })).toBeUndefined();
  expect(await findRecordToken({ ...asked, recordType: 'invoice' })).toBeUndefined();
  expect(await findRecordToken({ ...asked, userId: 'mallory' })).toBeUndefined();
  await expect(signRecordToken({ ...asked, recordId: '4711' })).rejects.toThrow('contact 4711');
});
