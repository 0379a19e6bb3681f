import { createHmac } from 'node:crypto';
import { CompactSign, exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import { verifyRecordToken } from './verify-record-token.ts';
import type { Workspace } from './workspaces.ts';

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
  test('a valid token returns its claims without unknown ones', async () => {
    const token = await sign({ ...claims, extra: 1 });
    const answer = await verifyRecordToken(token, { workspace, publicUrl, clock });
    expect(answer.claims.record).toEqual(claims.record);
    expect(answer.claims).not.toHaveProperty('extra');
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
    ['a beginning 10 s ahead', { iat: nowSeconds + 10 }, 'accepted'],
    ['an end that is its beginning', { iat: nowSeconds + 5, exp: nowSeconds + 5 }, 'token_invalid'],
    ['a page on another origin', { record: { ...claims.record, url: 'https://evil.example/' } }, 'token_invalid'],
    ['a javascript page', { record: { ...claims.record, url: 'javascript:alert(1)' } }, 'token_invalid'],
    ['a record type nobody knows', { record: { ...claims.record, type: 'lead' } }, 'token_invalid'],
    ['a NUL in the record’s id', { record: { ...claims.record, id: 'a\0b' } }, 'token_invalid'],
    ['half a character in the name', { record: { ...claims.record, name: 'N\ud800' } }, 'token_invalid'],
    ['a record without a name', { record: { ...claims.record, name: undefined } }, 'token_invalid'],
  ])('a token with %s gets the right answer', async (_what, change, expected) => {
    expect(await codeOf(await sign({ ...claims, ...change } as JWTPayload))).toBe(expected);
  });

  test('when it is signed by another key or not at all, then it is invalid', async () => {
    expect(await codeOf(await sign(claims, 'x'.repeat(32)))).toBe('token_invalid');
    const [, body] = (await sign(claims)).split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    expect(await codeOf(`${none}.${body}.`)).toBe('token_invalid');
    expect(await codeOf('not a token')).toBe('token_invalid');
  });

  test('refuses an algorithm other than the key’s', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const jwk = (await exportJWK(publicKey)) as Record<string, string>;
    const place: Workspace = { ...workspace, keys: [{ alg: 'ES256', kid: 'k1', jwk }] };
    const good = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(privateKey);
    expect(await codeOf(good, place)).toBe('accepted');
    // Algorithm confusion: the public key as an HMAC secret.
    expect(await codeOf(await sign(claims, JSON.stringify(jwk)), place)).toBe('token_invalid');
  });

  test.each(['none', 'None', 'NONE', 'nOnE', 'HS384', 'HS512', 'RS256', '', 'hs256'])(
    'when the header says alg %j, then it is invalid, signed or not',
    async (alg) => {
      const [, body, signature] = (await sign(claims)).split('.');
      const header = encode({ alg });
      expect(await codeOf(`${header}.${body}.`)).toBe('token_invalid');
      expect(await codeOf(`${header}.${body}.${signature}`)).toBe('token_invalid');
      expect(await codeOf(`${header}.${body}.${hmac(`${header}.${body}`, secret)}`)).toBe('token_invalid');
    },
  );

  test.each(['ES256', 'EdDSA'])('refuses HS256 made with the public key of %s in any form', async (alg) => {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    const jwk = (await exportJWK(publicKey)) as Record<string, string>;
    const key = { alg: alg as 'ES256' | 'EdDSA', kid: 'k1', jwk };
    const place: Workspace = { ...workspace, keys: [key] };
    const both: Workspace = { ...workspace, keys: [key, { alg: 'HS256', kid: 'k2', secret }] };
    const good = await new SignJWT(claims).setProtectedHeader({ alg, kid: 'k1' }).sign(privateKey);
    for (const one of [place, both]) expect(await codeOf(good, one)).toBe('accepted');
    const pem = await exportSPKI(publicKey);
    for (const form of [JSON.stringify(jwk), pem, pem.trim(), jwk.x ?? '']) {
      for (const one of [place, both]) {
        expect(await codeOf(await sign(claims, form, { alg: 'HS256', kid: 'k1' } as { alg: string }), one)).toBe(
          'token_invalid',
        );
      }
    }
    // The header names one key, but the other key signed.
    expect(await codeOf(await sign(claims, secret, { alg: 'HS256', kid: 'k1' } as { alg: string }), both)).toBe(
      'token_invalid',
    );
  });

  test('ignores a key in the token’s header', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const jwk = await exportJWK(publicKey);
    const elsewhere = { jku: 'https://evil.example/jwks', x5u: 'https://evil.example/x', x5c: ['AA=='] };
    const header = { alg: 'ES256', kid: 'k1', jwk, ...elsewhere };
    const foreign = await new SignJWT(claims).setProtectedHeader(header).sign(privateKey);
    const own = await generateKeyPair('ES256');
    const place: Workspace = {
      ...workspace,
      keys: [{ alg: 'ES256', kid: 'k1', jwk: (await exportJWK(own.publicKey)) as Record<string, string> }],
    };
    expect(await codeOf(foreign, place)).toBe('token_invalid');
    // With a valid signature, these members are ignored.
    expect(await codeOf(await new SignJWT(claims).setProtectedHeader(header).sign(own.privateKey), place)).toBe(
      'accepted',
    );
  });

  test('refuses a critical, unencoded, repeated, deep or non-object header', async () => {
    const [, body] = (await sign(claims)).split('.');
    const headers = [
      '{"alg":"HS256","crit":["exp"],"exp":1}',
      '{"alg":"HS256","crit":["b64"],"b64":false}',
      '{"alg":"HS256","crit":[]}',
      '[]',
      'null',
      '"HS256"',
      '{"alg":["HS256"]}',
      `{"alg":"HS256","a":${'['.repeat(5000)}}`,
      '{"alg":"HS256"',
      '{"alg":"HS256","alg":"none"}',
    ];
    for (const header of headers) {
      const text = Buffer.from(header).toString('base64url');
      expect(await codeOf(`${text}.${body}.${hmac(`${text}.${body}`, secret)}`), header).toBe('token_invalid');
    }
  });

  test('uses the last value of a repeated name in every check', async () => {
    const end = JSON.stringify(claims).slice(1);
    expect(await codeOf(signText(`{"iss":"other","sub":"root",${end}`))).toBe('accepted');
    const [answer] = await Promise.all([
      verifyRecordToken(signText(`{"sub":"root",${end}`), { workspace, publicUrl, clock }),
    ]);
    expect(answer.claims.sub).toBe('u1');
    expect(await codeOf(signText(`${JSON.stringify(claims).slice(0, -1)},"iss":"other"}`))).toBe('token_invalid');
  });

  test('reads deep or large payloads in time and drops unknown claims', async () => {
    const deep = `${JSON.stringify(claims).slice(0, -1)},"deep":${'['.repeat(60_000)}${']'.repeat(60_000)}}`;
    expect(await codeOf(signText(deep))).toBe('accepted');
    const record = { ...claims.record, type: 'company' };
    const contacts = (count: number) => Array.from({ length: count }, (_, id) => ({ id: `c${id}`, name: 'N' }));
    expect(await codeOf(await sign({ ...claims, record, contacts: contacts(1000) }))).toBe('accepted');
    expect(await codeOf(await sign({ ...claims, record, contacts: contacts(1001) }))).toBe('token_invalid');
    const users = Array.from({ length: 2001 }, (_, id) => ({ id: `u${id}`, name: 'N' }));
    const settings = { type: 'settings', url: claims.record.url };
    expect(await codeOf(await sign({ ...claims, record: settings, users: users.slice(1) }))).toBe('accepted');
    expect(await codeOf(await sign({ ...claims, record: settings, users }))).toBe('token_invalid');
  });

  test.each([
    ['a text for exp', { exp: '9999999999' }],
    ['an exp far away', { exp: Number.MAX_SAFE_INTEGER }],
    ['an exp that is no whole second', { exp: nowSeconds + 60.5 }],
    ['301 seconds', { exp: nowSeconds + 301 }],
    ['no end', { exp: undefined }],
    ['no beginning', { iat: undefined }],
    ['a text for iat', { iat: String(nowSeconds) }],
    ['a text for nbf', { nbf: String(nowSeconds) }],
    ['a negative beginning', { iat: -1 }],
    ['an empty audience', { aud: [] }],
    ['an audience that only begins like ours', { aud: `${publicUrl}.evil.example` }],
    ['an issuer in other letters', { iss: 'ACME' }],
    ['an issuer in a list', { iss: ['acme'] }],
    ['an empty jti', { jti: '' }],
    ['a jti that is no text', { jti: 7 }],
    [
      'a page whose origin hides behind a name',
      { record: { ...claims.record, url: 'https://crm.example@evil.example/' } },
    ],
    ['a page on another port', { record: { ...claims.record, url: 'https://crm.example:8443/' } }],
    ['a page in plain http', { record: { ...claims.record, url: 'http://crm.example/' } }],
    ['a data page', { record: { ...claims.record, url: 'data:text/html,x' } }],
    ['an admin by text', { user: { ...claims.user, admin: 'true' } }],
  ])('when the token has %s, then it is invalid', async (_what, change) => {
    expect(await codeOf(await sign({ ...claims, ...change } as JWTPayload))).toBe('token_invalid');
  });

  test('accepts 300 seconds and a start within tolerance; a future nbf is skew', async () => {
    expect(await codeOf(await sign({ ...claims, exp: nowSeconds + 300 }))).toBe('accepted');
    expect(await codeOf(await sign({ ...claims, nbf: nowSeconds + 9 }))).toBe('accepted');
    expect(await codeOf(await sign({ ...claims, nbf: nowSeconds + 11 }))).toBe('clock_skew');
  });

  test('an expired or future token gets the server’s time', async () => {
    for (const change of [{ iat: nowSeconds - 60, exp: nowSeconds - 11 }, { iat: nowSeconds + 11 }]) {
      const refused = verifyRecordToken(await sign({ ...claims, ...change }), { workspace, publicUrl, clock });
      await expect(refused).rejects.toMatchObject({ details: { extension: { serverTime: now.toISOString() } } });
    }
  });

  test('a payload that is not an object is unreadable; no claim is blamed', async () => {
    const token = await new CompactSign(Buffer.from('"claims"'))
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(secret));
    const refused = verifyRecordToken(token, { workspace, publicUrl, clock });
    await expect(refused).rejects.toMatchObject({ details: { extension: { reason: 'key' } } });
  });

  test('when it is encrypted, cut, or another base64, then it is invalid', async () => {
    const good = await sign(claims);
    for (const token of [
      `${good}.a.b`,
      good.slice(0, -1),
      ` ${good}`,
      `${good}=`,
      good.replace('.', '..'),
      '..',
      '.',
      '',
    ]) {
      expect(await codeOf(token), token.slice(0, 20)).toBe('token_invalid');
    }
  });

  test('normalises the record’s address as browsers do', async () => {
    const url = 'https://crm.example\\contacts/\t10\n01';
    const answer = await verifyRecordToken(await sign({ ...claims, record: { ...claims.record, url } }), {
      workspace,
      publicUrl,
      clock,
    });
    expect(answer.claims.record.url).toBe('https://crm.example/contacts/1001');
  });

  test('accepts both of two unnamed secrets and refuses a third', async () => {
    const place: Workspace = {
      ...workspace,
      keys: [
        { alg: 'HS256', secret: 'n'.repeat(32) },
        { alg: 'HS256', secret },
      ],
    };
    expect(await codeOf(await sign(claims), place)).toBe('accepted');
    expect(await codeOf(await sign(claims, 'n'.repeat(32)), place)).toBe('accepted');
    expect(await codeOf(await sign(claims, 'o'.repeat(32)), place)).toBe('token_invalid');
    // A wrong claim is reported as such, whichever key signed.
    expect(await codeOf(await sign({ ...claims, exp: nowSeconds - 60, iat: nowSeconds - 100 }), place)).toBe(
      'token_expired',
    );
  });
});

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function hmac(text: string, key: string): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}

/** Signs a token over exactly these bytes. */
function signText(payload: string): string {
  const text = `${encode({ alg: 'HS256' })}.${Buffer.from(payload).toString('base64url')}`;
  return `${text}.${hmac(text, secret)}`;
}
