import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addKey, listKeys, removeKey } from '#server/cli/workspace-keys.ts';
import { keysContext } from '#server/identity/workspaces.ts';
import { signRecordToken } from '#test/sandbox/crm/sign.ts';
import { startPostgres, type TestPostgres } from '#test/support/programs/postgres.ts';
import { startRedis, type TestRedis } from '#test/support/programs/redis.ts';
import { crmOrigin, startApp, type TestApp } from '#test/support/world/app.ts';

let postgres: TestPostgres;
let redis: TestRedis;
let app: TestApp;
let second: TestApp;
const previousSecret = 'p'.repeat(40);

beforeAll(async () => {
  [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  const shared = { databaseUrl: await postgres.createDatabase(), redisUrl: redis.url };
  const env = { WORKSPACE_SECRET_PREVIOUS: previousSecret };
  app = await startApp({ ...shared, env });
  // Both have the same address, as behind a proxy, so that the audience is the same.
  second = await startApp({ ...shared, beside: app, env: { ...env, PUBLIC_URL: app.origin } });
});
afterAll(async () => {
  await second?.stop();
  await app?.stop();
  await redis?.stop();
  await postgres?.remove();
});

function sign(overrides?: Record<string, unknown>, workspace = app.workspace) {
  return signRecordToken({
    ...{ productUrl: app.origin, workspace, userId: 'ben', recordType: 'contact', recordId: '1001', origin: crmOrigin },
    now: app.clock.now(),
    overrides,
  });
}

async function open(token: string, workspace = app.workspace.id, port = app.deps.config.port) {
  const answer = await fetch(`http://localhost:${port}/api/open`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, workspace }),
  });
  const body = (await answer.json()) as { code?: string };
  return answer.status === 200 ? 'opened' : `${answer.status} ${body.code}`;
}

describe('a record token, used', () => {
  test('twenty equal tokens in two processes open once', async () => {
    const token = await sign();
    const ports = [app, second].map(({ deps }) => deps.config.port);
    const ends = await Promise.all(
      Array.from({ length: 20 }, (_, index) => open(token, app.workspace.id, ports[index % 2])),
    );
    expect(ends.toSorted()).toEqual([...Array.from({ length: 19 }, () => '401 token_replayed'), 'opened']);
  });

  test('the same jti or the same token is a replay until it expires', async () => {
    const jti = 'once';
    const token = await sign({ jti });
    expect(await open(token)).toBe('opened');
    expect(await open(await sign({ jti, sub: 'priya' }))).toBe('401 token_replayed');
    // A token's times are whole seconds, so the last second may be partly over.
    await app.advanceSeconds(68);
    expect(await open(token)).toBe('401 token_replayed');
    await app.advanceSeconds(3);
    expect(await open(token)).toBe('401 token_expired');
  });

  test('a refused token does not use up its jti', async () => {
    expect(await open(await sign({ jti: 'mended', aud: 'https://elsewhere.example' }))).toBe('401 token_invalid');
    expect(await open(await sign({ jti: 'mended' }))).toBe('opened');
  });

  test('refuses a token over 256 KB unread and accepts one below', async () => {
    const padding = (bytes: number) => ({ padding: 'x'.repeat(bytes) });
    expect(await open(await sign(padding(190_000)))).toBe('opened');
    expect(await open(await sign(padding(210_000)))).toBe('400 invalid_request');
    expect(await open(await sign(padding(400_000)))).toBe('413 payload_too_large');
  });

  test('does not follow a key address in the header', async () => {
    let visits = 0;
    const server = createServer((_request, response) => {
      visits += 1;
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    try {
      const place = `http://localhost:${(server.address() as AddressInfo).port}/keys`;
      const { privateKey } = await generateKeyPair('ES256');
      const payload = { iss: app.workspace.id, aud: app.origin } as JWTPayload;
      const header = { alg: 'ES256', jku: place, x5u: place, kid: place };
      expect(await open(await new SignJWT(payload).setProtectedHeader(header).sign(privateKey))).toBe(
        '401 token_invalid',
      );
      expect(visits).toBe(0);
    } finally {
      server.close();
    }
  });
});

describe('two keys, while one takes over from the other', () => {
  test('accepts the current and the previous secret', async () => {
    expect(await open(await sign())).toBe('opened');
    expect(await open(await sign({}, { ...app.workspace, secret: previousSecret }))).toBe('opened');
    expect(await open(await sign({}, { ...app.workspace, secret: 'o'.repeat(40) }))).toBe('401 token_invalid');
  });

  test('adding and removing keys takes effect in every process at once', async () => {
    const id = 'rotating';
    const { store, sealer } = app.deps;
    const [old, next] = [
      { id, secret: 'o'.repeat(40) },
      { kid: 'next', secret: 'n'.repeat(40) },
    ];
    const sealedKeys = sealer.seal(JSON.stringify([{ alg: 'HS256', secret: old.secret }]), keysContext(id));
    await store.workspaces.put({ id, name: 'Rotating', origins: [crmOrigin], sealedKeys });
    const withOld = () => sign({}, old);
    const withNext = () => resign(id, new TextEncoder().encode(next.secret), { alg: 'HS256', kid: 'next' });
    const ends = async (token: () => Promise<string>) => [
      await open(await token(), id),
      await open(await token(), id, second.deps.config.port),
    ];
    expect(await ends(withOld)).toEqual(['opened', 'opened']);
    expect(await ends(withNext)).toEqual(['401 token_invalid', '401 token_invalid']);
    await addKey(app.deps, id, next);
    for (const token of [withOld, withNext]) expect(await ends(token)).toEqual(['opened', 'opened']);
    await removeKey(app.deps, id, undefined);
    expect(await ends(withOld)).toEqual(['401 token_invalid', '401 token_invalid']);
    expect(await ends(withNext)).toEqual(['opened', 'opened']);
    expect(await listKeys(app.deps, id)).toEqual([{ kid: 'next', alg: 'HS256' }]);
    await expect(removeKey(app.deps, id, 'next')).rejects.toThrow('only key');
    await expect(removeKey(app.deps, id, 'gone')).rejects.toThrow('no key gone');
    await expect(addKey(app.deps, id, next)).rejects.toThrow('already');
  });

  test('a public key has its own algorithm, and private keys are refused', async () => {
    const id = 'rotating';
    for (const alg of ['ES256', 'EdDSA']) {
      const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
      await expect(
        addKey(app.deps, id, { kid: alg, jwk: JSON.stringify(await exportJWK(privateKey)) }),
      ).rejects.toThrow();
      await addKey(app.deps, id, { kid: alg, jwk: JSON.stringify(await exportJWK(publicKey)) });
      expect(await open(await resign(id, privateKey, { alg, kid: alg }), id)).toBe('opened');
    }
    await expect(addKey(app.deps, id, { kid: 'short', secret: 'short' })).rejects.toThrow('32 bytes');
    await expect(addKey(app.deps, 'nobody', { kid: 'k', secret: 's'.repeat(40) })).rejects.toThrow('no such workspace');
  });
});

/** Signs the CRM's claims with another key. */
async function resign(
  id: string,
  key: Parameters<SignJWT['sign']>[0],
  header: { alg: string; kid: string },
): Promise<string> {
  const [, body = ''] = (await sign({}, { id, secret: 'x'.repeat(40) })).split('.');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as JWTPayload;
  return new SignJWT(claims).setProtectedHeader(header).sign(key);
}
