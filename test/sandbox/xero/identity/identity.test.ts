import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { codeGrant, openSession, redirectUri, type Session, type Tokens } from '../testing/session.ts';

let session: Session;
beforeAll(async () => {
  session = await openSession();
});
afterAll(() => session.xero.close());
beforeEach(() => session.control.reset());

async function codeOf(change?: Record<string, string>): Promise<string> {
  const location = await session.control.approve(session.authorizeUrl(change));
  return new URL(location).searchParams.get('code') ?? '';
}

function refresh(token: string) {
  return session.token({ grant_type: 'refresh_token', refresh_token: token });
}
async function tokensOf(response: Response) {
  return (await response.json()) as Tokens;
}

async function connections(token: string, query = '') {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${session.xero.origin}/connections${query}`, { headers });
  return (await answer.json()) as { id: string; tenantId: string; tenantName: string; authEventId: string }[];
}

describe('authorize', () => {
  test('a valid request shows app, scopes and all organisations', async () => {
    const answer = await fetch(session.authorizeUrl());
    const html = await answer.text();
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(html).toContain('Sandbox, not Xero');
    expect(html).toContain('sandbox-client');
    expect(html).toContain('View and manage your contacts');
    expect(html.match(/type="radio"/g)).toHaveLength(4);
    expect(html).toMatch(/checked> Demo Company \(AU\)/);
  });

  test.each([
    ['an unknown client', { client_id: 'nobody' }, 'unauthorized_client'],
    ['no redirect URI', { redirect_uri: '' }, 'invalid_request'],
    ['a redirect to 127.0.0.1', { redirect_uri: 'http://127.0.0.1:5999/callback' }, 'invalid_request'],
    ['a redirect over plain http', { redirect_uri: 'http://crm.example/callback' }, 'invalid_request'],
    ['no response type', { response_type: '' }, 'invalid_request'],
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['a broad scope', { scope: 'openid accounting.transactions' }, 'invalid_scope'],
    ['an unknown scope', { scope: 'openid everything' }, 'invalid_scope'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
  ])('with %s, Xero’s own page shows the error and nobody is sent back', async (_what, change, error) => {
    const answer = await fetch(session.authorizeUrl(change), { redirect: 'manual' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(error);
  });

  test('when it is allowed, then code, scope and state come back', async () => {
    const url = new URL(await session.control.approve(session.authorizeUrl()));
    expect(url.href.startsWith(redirectUri)).toBe(true);
    expect(url.searchParams.get('state')).toBe('a state & more');
    expect(url.searchParams.get('code')).toBeTruthy();
  });

  test('cancelling returns access_denied and the state', async () => {
    const url = new URL(await session.control.approve(session.authorizeUrl(), { deny: true }));
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ error: 'access_denied', state: 'a state & more' });
    const { access_token } = await session.connect();
    expect(await connections(access_token)).toHaveLength(1);
  });

  test('when two organisations are chosen, then only Bulk Connections allow it', async () => {
    const { organisations } = await session.control.seedInfo();
    const two = organisations.slice(0, 2).map(({ tenantId }) => tenantId);
    await expect(session.connect(two)).rejects.toThrow('One organisation at a time');
    await session.control.consent({ bulk: true });
    expect(await connections((await session.connect(two)).access_token)).toHaveLength(2);
  });

  test('when redirect URIs are registered, then only those will do', async () => {
    const strict = await openSession({ redirectUris: [redirectUri] });
    expect((await fetch(strict.authorizeUrl())).status).toBe(200);
    expect((await fetch(strict.authorizeUrl({ redirect_uri: `${redirectUri}/` }))).status).toBe(400);
    await strict.xero.close();
  });
});

describe('token', () => {
  test('a redeemed code gives tokens with user, scopes and lifetime', async () => {
    const tokens = await tokensOf(await session.token({ ...codeGrant, code: await codeOf() }));
    const claims = decodeJwt(tokens.access_token);
    expect(tokens).toMatchObject({ expires_in: 1800, token_type: 'Bearer' });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(1800);
    expect(claims.scope).toContain('accounting.contacts');
    expect(claims.xero_userid).toBeTruthy();
    expect(decodeJwt(tokens.id_token).aud).toBe('sandbox-client');
    const [connection] = await connections(tokens.access_token, `?authEventId=${claims.authentication_event_id}`);
    expect(connection?.tenantName).toBe('Demo Company (AU)');
    expect(await connections(tokens.access_token, '?authEventId=another')).toEqual([]);
  });

  test('when a scope is not asked for, then its token is not given', async () => {
    const tokens = await session.connect(undefined, 'accounting.contacts.read');
    expect(tokens.refresh_token).toBeUndefined();
    expect(tokens.id_token).toBeUndefined();
  });

  test.each([
    ['is used twice', {}, 0, 1],
    ['is older than five minutes', {}, 301, 0],
    ['comes with another redirect URI', { redirect_uri: 'http://localhost:5999/other' }, 0, 0],
    ['comes with another verifier', { code_verifier: 'another' }, 0, 0],
  ])('when a code %s, then it is invalid_grant', async (_what, change, advanceSeconds, usesBefore) => {
    const code = await codeOf();
    for (let use = 0; use < usesBefore; use += 1) await session.token({ ...codeGrant, code });
    await session.control.clock({ advanceSeconds });
    const answer = await session.token({ ...codeGrant, code, ...change });
    expect([answer.status, await answer.json()]).toEqual([400, { error: 'invalid_grant' }]);
  });

  test('a wrong client is 401; credentials in the body work too', async () => {
    const url = `${session.xero.origin}/connect/token`;
    const body = (secret: string) =>
      new URLSearchParams({ grant_type: 'refresh_token', client_id: 'sandbox-client', client_secret: secret });
    const wrong = await fetch(url, { method: 'POST', body: body('wrong') });
    expect([wrong.status, await wrong.json()]).toEqual([401, { error: 'invalid_client' }]);
    const right = await fetch(url, { method: 'POST', body: body('sandbox-secret') });
    expect([right.status, await right.json()]).toEqual([400, { error: 'invalid_grant' }]);
  });

  test('a used refresh token works for thirty more minutes', async () => {
    const first = await session.connect();
    const second = await tokensOf(await refresh(first.refresh_token));
    expect(second.refresh_token).not.toBe(first.refresh_token);
    await session.control.clock({ advanceSeconds: 29 * 60 });
    expect((await refresh(first.refresh_token)).status).toBe(200);
    await session.control.clock({ advanceSeconds: 61 });
    const late = await refresh(first.refresh_token);
    expect([late.status, await late.json()]).toEqual([400, { error: 'invalid_grant' }]);
    expect((await refresh(second.refresh_token)).status).toBe(200);
  });

  test('when a refresh token is sixty days old, then it is refused', async () => {
    const { refresh_token } = await session.connect();
    await session.control.clock({ advanceSeconds: 60 * 86_400 });
    expect((await refresh(refresh_token)).status).toBe(400);
  });

  test('tokens taken away from outside get the documented refusals', async () => {
    const tokens = await session.connect();
    await session.control.tokens({ rotate: true });
    expect((await refresh(tokens.refresh_token)).status).toBe(200);
    await session.control.tokens({ endGrace: true });
    expect((await refresh(tokens.refresh_token)).status).toBe(400);
    await session.control.tokens({ revokeRefresh: true });
    expect((await session.token({ grant_type: 'refresh_token', refresh_token: 'x' })).status).toBe(400);
  });

  test('when a token is revoked, then every connection of that person is gone', async () => {
    const { organisations } = await session.control.seedInfo();
    await session.connect([organisations[1]?.tenantId ?? '']);
    const tokens = await session.connect();
    const body = new URLSearchParams({
      token: tokens.refresh_token,
      client_id: 'sandbox-client',
      client_secret: 'sandbox-secret',
    });
    const answer = await fetch(`${session.xero.origin}/connect/revocation`, { method: 'POST', body });
    expect(answer.status).toBe(200);
    expect((await refresh(tokens.refresh_token)).status).toBe(400);
    expect(await connections((await session.connect()).access_token)).toHaveLength(1);
  });
});

describe('connections', () => {
  test('reconnecting keeps the connection under the later consent', async () => {
    const [before] = await connections((await session.connect()).access_token);
    const again = await session.connect();
    const [after, ...more] = await connections(again.access_token);
    expect(more).toEqual([]);
    expect(after?.id).toBe(before?.id);
    expect(after?.authEventId).toBe(decodeJwt(again.access_token).authentication_event_id);
  });

  test('a deleted connection is gone and then not found', async () => {
    const { access_token } = await session.connect();
    const [connection] = await connections(access_token);
    const url = `${session.xero.origin}/connections/${connection?.id}`;
    const init = { method: 'DELETE', headers: { authorization: `Bearer ${access_token}` } };
    expect((await fetch(url, init)).status).toBe(204);
    expect((await fetch(url, init)).status).toBe(404);
    expect(await connections(access_token)).toEqual([]);
  });
});
