import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import type { Workspace } from '#server/workspaces.ts';
import { AppError } from '#shared/app-error.ts';
import { verifyRecordToken } from './verify-record-token.ts';

const publicUrl = 'http://localhost:4000';
const secret = 's'.repeat(32);
const workspace: Workspace = {
  id: 'acme',
  name: 'Acme',
  origins: ['https://crm.example'],
  keys: [{ alg: 'HS256', secret }],
};
const now = new Date('2026-11-22T03:00:00Z');
const nowSeconds = now.getTime() / 1000;
const clock = { now: () => now };

const claims = {
  iss: 'acme',
  aud: publicUrl,
  sub: 'u1',
  jti: 'j1',
  iat: nowSeconds,
  exp: nowSeconds + 60,
  user: { name: 'Ben', email: 'ben@crm.example', admin: false },
  record: { type: 'contact', id: '1001', url: 'https://crm.example/contacts/1001', name: 'Nora' },
};

function sign(payload: JWTPayload, key = secret, header = { alg: 'HS256' }): Promise<string> {
  return new SignJWT(payload).setProtectedHeader(header).sign(new TextEncoder().encode(key));
}

async function codeOf(token: string, place = workspace): Promise<string> {
  try {
    await verifyRecordToken(token, { workspace: place, publicUrl, clock });
    return 'accepted';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

describe('verifyRecordToken', () => {
  test('when everything holds, then the claims are answered and unknown ones dropped', async () => {
    const token = await sign({ ...claims, extra: 1 });
    const answer = await verifyRecordToken(token, { workspace, publicUrl, clock });
    expect(answer.record).toEqual(claims.record);
    expect(answer).not.toHaveProperty('extra');
  });

  test.each([
    ['another issuer', { iss: 'other' }, 'token_invalid'],
    ['another audience', { aud: 'https://elsewhere.example' }, 'token_invalid'],
    ['no jti', { jti: undefined }, 'token_invalid'],
    ['no subject', { sub: undefined }, 'token_invalid'],
    ['a life of an hour', { exp: nowSeconds + 3600 }, 'token_invalid'],
    ['an end before its beginning', { iat: nowSeconds, exp: nowSeconds - 5 }, 'token_invalid'],
    ['an end 11 s ago', { iat: nowSeconds - 60, exp: nowSeconds - 11 }, 'token_expired'],
    ['an end 9 s ago', { iat: nowSeconds - 60, exp: nowSeconds - 9 }, 'accepted'],
    ['a beginning 11 s ahead', { iat: nowSeconds + 11 }, 'clock_skew'],
    ['a beginning 9 s ahead', { iat: nowSeconds + 9 }, 'accepted'],
    ['a page on another origin', { record: { ...claims.record, url: 'https://evil.example/' } }, 'token_invalid'],
    ['a javascript page', { record: { ...claims.record, url: 'javascript:alert(1)' } }, 'token_invalid'],
    ['a record type nobody knows', { record: { ...claims.record, type: 'lead' } }, 'token_invalid'],
    ['a NUL in the record’s id', { record: { ...claims.record, id: 'a\0b' } }, 'token_invalid'],
    ['half a character in the name', { record: { ...claims.record, name: 'N\ud800' } }, 'token_invalid'],
    ['a record without a name', { record: { ...claims.record, name: undefined } }, 'token_invalid'],
  ])('when the token has %s, then the answer is as it should be', async (_what, change, expected) => {
    expect(await codeOf(await sign({ ...claims, ...change } as JWTPayload))).toBe(expected);
  });

  test('when it is signed by another key or not at all, then it is invalid', async () => {
    expect(await codeOf(await sign(claims, 'x'.repeat(32)))).toBe('token_invalid');
    const [, body] = (await sign(claims)).split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    expect(await codeOf(`${none}.${body}.`)).toBe('token_invalid');
    expect(await codeOf('not a token')).toBe('token_invalid');
  });

  test('when the header names another algorithm than the key has, then it is invalid', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const jwk = (await exportJWK(publicKey)) as Record<string, string>;
    const place: Workspace = { ...workspace, keys: [{ alg: 'ES256', kid: 'k1', jwk }] };
    const good = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(privateKey);
    expect(await codeOf(good, place)).toBe('accepted');
    // Algorithm confusion: the public key as an HMAC secret.
    expect(await codeOf(await sign(claims, JSON.stringify(jwk)), place)).toBe('token_invalid');
  });

  test('when two keys are live, then kid picks one of them and an unknown kid none', async () => {
    const keys = [
      { alg: 'HS256' as const, kid: 'old', secret },
      { alg: 'HS256' as const, kid: 'new', secret: 'n'.repeat(32) },
    ];
    const place = { ...workspace, keys };
    const withKid = (kid: string, key: string) => sign(claims, key, { alg: 'HS256', kid } as { alg: string });
    expect(await codeOf(await withKid('old', secret), place)).toBe('accepted');
    expect(await codeOf(await withKid('new', 'n'.repeat(32)), place)).toBe('accepted');
    expect(await codeOf(await withKid('new', secret), place)).toBe('token_invalid');
    expect(await codeOf(await withKid('gone', secret), place)).toBe('token_invalid');
  });
});
