import { type JWTPayload, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import { verifyRecordToken } from './verify-record-token.ts';

const publicUrl = 'http://localhost:4000';
const secret = 's'.repeat(32);
const now = new Date('2026-11-22T03:00:00Z');
const iat = now.getTime() / 1000;
const deps = {
  workspace: {
    ...{ id: 'acme', name: 'Acme', origins: ['https://crm.example'] },
    keys: [{ alg: 'HS256' as const, secret }],
  },
  publicUrl,
  clock: { now: () => now },
};
const claims = {
  ...{ iss: 'acme', aud: publicUrl, sub: 'u1', jti: 'j1', iat, exp: iat + 60 },
  user: { name: 'Olivia', email: 'olivia@crm.example', admin: true },
  record: { type: 'contact', id: '1001', url: 'https://crm.example/contacts/1001', name: 'Nora' },
};

async function refusalOf(change: object, key = secret) {
  const payload = { ...claims, ...change } as JWTPayload;
  const token = await new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(key));
  const error = await verifyRecordToken(token, deps).catch((thrown: unknown) => thrown);
  if (!(error instanceof AppError)) throw new Error('the token was taken');
  return { code: error.code, ...error.details };
}

/** Each entry: the wrong claim, its path, and the message that an admin gets. */
const wrong: readonly [object, string, string][] = [
  [{ aud: 'https://elsewhere.example' }, 'aud', `must be ${publicUrl}`],
  [{ iss: 'other' }, 'iss', 'must be the id of this workspace'],
  [{ jti: undefined }, 'jti', 'is missing'],
  [{ sub: undefined }, 'sub', 'is missing'],
  [{ iat: undefined }, 'iat', 'is missing'],
  [{ iat: 'today' }, 'iat', 'must be a number of seconds since 1970'],
  [{ exp: iat + 3600 }, 'exp', 'must be 1 to 300 seconds after iat'],
  [
    { record: { ...claims.record, url: 'https://other.example/' } },
    'record.url',
    'must be on one of the workspace’s origins',
  ],
  [{ record: { ...claims.record, email: 7 } }, 'record.email', 'must be text'],
  [{ record: null }, 'record', 'is missing'],
];

describe('a claim that cannot be used', () => {
  test.each(wrong)('with %j in an admin’s token, answer and log name the claim', async (change, path, message) => {
    expect(await refusalOf(change)).toMatchObject({
      code: 'token_invalid',
      extension: { reason: 'claims' },
      errors: [{ path, message }],
      detail: `${path} ${message}`,
      log: { claims: [path] },
    });
  });

  test.each([{ admin: false }, { admin: undefined }, { admin: 'true' }])(
    'with a user who is not an admin (%j), only the log names the claim',
    async (user) => {
      const refusal = await refusalOf({ user: { name: 'Ben', ...user }, record: { ...claims.record, email: 7 } });
      expect(refusal).toMatchObject({ code: 'token_invalid', extension: { reason: 'claims' } });
      expect(refusal.log).toEqual({ claims: expect.arrayContaining(['record.email']) });
      expect(refusal).not.toHaveProperty('errors');
      expect(refusal).not.toHaveProperty('detail');
    },
  );

  test('with many wrong claims, the sentence names three and the list twenty', async () => {
    const contacts = Array.from({ length: 50 }, () => ({ id: '1' }));
    const refusal = await refusalOf({ record: { ...claims.record, type: 'company' }, contacts });
    expect(refusal.detail).toBe('contacts.0.name is missing; contacts.1.name is missing; contacts.2.name is missing');
    expect(refusal.errors).toHaveLength(20);
    expect(refusal.log?.claims).toHaveLength(20);
  });
});

test('a token signed by another key is reported as such, whatever it claims', async () => {
  const refusal = await refusalOf({ record: { ...claims.record, email: 7 } }, 'x'.repeat(32));
  expect(refusal).toMatchObject({ code: 'token_invalid', extension: { reason: 'key' } });
  expect(refusal).not.toHaveProperty('errors');
  expect(refusal).not.toHaveProperty('log');
});
