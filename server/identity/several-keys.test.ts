import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { verifyRecordToken } from './verify-record-token.ts';
import type { WorkspaceKey } from './workspaces.ts';

const publicUrl = 'https://ledgerside.example';
const clock = { now: () => new Date('2026-11-22T10:00:00Z') };
const iat = clock.now().getTime() / 1000;
const [old, next] = ['o'.repeat(32), 'n'.repeat(32)];
const keys = [
  { alg: 'HS256' as const, kid: 'old', secret: old },
  { alg: 'HS256' as const, kid: 'new', secret: next },
];

async function codeOf(secret: string, kid: string | undefined, held: WorkspaceKey[] = keys): Promise<string> {
  const record = { type: 'contact', id: '1', name: 'N', url: 'https://crm.example/1' };
  const claims = { iss: 'acme', aud: publicUrl, sub: 'u', jti: 'j', iat, exp: iat + 60, user: { name: 'U' }, record };
  const header = { alg: 'HS256', ...(kid !== undefined && { kid }) };
  const token = await new SignJWT(claims).setProtectedHeader(header).sign(new TextEncoder().encode(secret));
  const workspace = { id: 'acme', name: 'Acme', origins: ['https://crm.example'], keys: held };
  return verifyRecordToken(token, { workspace, publicUrl, clock }).then(
    () => 'accepted',
    (error: { code: string }) => error.code,
  );
}

test('with several named keys, a token must name its own key', async () => {
  expect(await codeOf(old, undefined)).toBe('token_invalid');
  expect(await codeOf(next, undefined)).toBe('token_invalid');
  expect([await codeOf(old, 'old'), await codeOf(next, 'new')]).toEqual(['accepted', 'accepted']);
  expect([await codeOf(old, 'new'), await codeOf(next, 'old')]).toEqual(['token_invalid', 'token_invalid']);
  expect(await codeOf(old, 'gone')).toBe('token_invalid');
  // With a single key, a token may omit the kid.
  expect(await codeOf(old, undefined, keys.slice(0, 1))).toBe('accepted');
});

test('with one named key, a token that names another is refused', async () => {
  const only = keys.slice(0, 1);
  expect([await codeOf(old, 'old', only), await codeOf(old, 'new', only)]).toEqual(['accepted', 'token_invalid']);
});

test('a key without a name accepts any kid, even beside a named key', async () => {
  const unnamed = { alg: 'HS256' as const, secret: old };
  expect(await codeOf(old, 'any', [unnamed])).toBe('accepted');
  expect(await codeOf(old, 'any', [...keys.slice(1), unnamed])).toBe('accepted');
});

test('a key of another algorithm is passed over, wherever it stands', async () => {
  const { publicKey } = await generateKeyPair('ES256', { extractable: true });
  const other = { alg: 'ES256' as const, jwk: (await exportJWK(publicKey)) as Record<string, string> };
  const own = { alg: 'HS256' as const, secret: old };
  expect(await codeOf(old, undefined, [other, own])).toBe('accepted');
  expect(await codeOf(old, undefined, [own, other])).toBe('accepted');
  expect(await codeOf(next, undefined, [other, own])).toBe('token_invalid');
});
