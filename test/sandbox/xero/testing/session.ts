import { createHash } from 'node:crypto';
import { type XeroControl, xeroControl } from '../control.ts';
import { startXero, type XeroOptions, type XeroSandbox } from '../start.ts';

export const redirectUri = 'http://localhost:5999/callback';
export const everyScope =
  'openid profile email offline_access accounting.contacts accounting.invoices accounting.settings accounting.payments accounting.attachments';
export const verifier = 'a-verifier-that-is-long-enough-for-rfc-7636-0123456789';

export type Tokens = {
  access_token: string;
  refresh_token: string;
  id_token: string;
  expires_in: number;
  scope: string;
};

/** A running sandbox and a test's ways to ask it. */
export type Session = {
  xero: XeroSandbox;
  control: XeroControl;
  authorizeUrl(change?: Record<string, string>): string;
  token(fields: Record<string, string>): Promise<Response>;
  /** Consents as a person and returns the tokens. */
  connect(organisations?: string[], scope?: string): Promise<Tokens>;
  get(path: string, given: { token: string; tenantId: string; headers?: Record<string, string> }): Promise<Response>;
};

export async function openSession(options: XeroOptions = {}): Promise<Session> {
  const xero = await startXero(options);
  const control = xeroControl(xero.origin);
  const token: Session['token'] = (fields) => askToken(xero, fields);
  const authorizeUrl: Session['authorizeUrl'] = (change = {}) => toAuthorizeUrl(xero, change);
  return {
    xero,
    control,
    token,
    authorizeUrl,
    connect: async (organisations, scope = everyScope) => {
      const location = await control.approve(authorizeUrl({ scope }), organisations ? { organisations } : {});
      const code = new URL(location).searchParams.get('code') ?? '';
      const answer = await token({ ...codeGrant, code });
      return (await answer.json()) as Tokens;
    },
    get: (path, { token: bearer, tenantId, headers }) =>
      fetch(`${xero.origin}/api.xro/2.0${path}`, { headers: { ...apiHeaders(bearer, tenantId), ...headers } }),
  };
}

export const codeGrant = {
  grant_type: 'authorization_code',
  redirect_uri: redirectUri,
  code_verifier: verifier,
};

export function apiHeaders(token: string, tenantId: string) {
  return {
    authorization: `Bearer ${token}`,
    'xero-tenant-id': tenantId,
    accept: 'application/json',
  };
}

function toAuthorizeUrl(xero: XeroSandbox, change: Record<string, string>): string {
  const url = new URL('/identity/connect/authorize', xero.origin);
  const fields = {
    response_type: 'code',
    client_id: xero.clientId,
    redirect_uri: redirectUri,
    scope: everyScope,
    state: 'a state & more',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...change,
  };
  for (const [name, value] of Object.entries(fields)) if (value !== '') url.searchParams.set(name, value);
  return url.href;
}

function askToken(xero: XeroSandbox, fields: Record<string, string>): Promise<Response> {
  return fetch(`${xero.origin}/connect/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${xero.clientId}:${xero.clientSecret}`).toString('base64')}` },
    body: new URLSearchParams(fields),
  });
}
