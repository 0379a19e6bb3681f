import type { Sandbox } from '../state.ts';
import { refusedScope } from './scopes.ts';

/** A validated authorize request. */
export type AuthorizeRequest = {
  clientId: string;
  redirectUri: string;
  scopes: string[];
  state: string;
  challenge?: string;
  nonce?: string;
};

export type AuthorizeRefusal = { error: string; description: string };

/**
 * An invalid request ends on Xero's own error page and never at the redirect URI, as on Xero's identity server. Only
 * the person's decision is sent back to the app.
 */
export function parseAuthorizeRequest(
  sandbox: Sandbox,
  query: Record<string, string>,
): AuthorizeRequest | AuthorizeRefusal {
  const scopes = (query.scope ?? '').split(/\s+/).filter((scope) => scope !== '');
  const refusal = clientRefusal(sandbox, query) ?? protocolRefusal(query, scopes);
  if (refusal) return refusal;
  return {
    clientId: query.client_id ?? '',
    redirectUri: query.redirect_uri ?? '',
    scopes,
    state: query.state ?? '',
    ...(query.code_challenge ? { challenge: query.code_challenge } : {}),
    ...(query.nonce ? { nonce: query.nonce } : {}),
  };
}

function clientRefusal({ app }: Sandbox, query: Record<string, string>): AuthorizeRefusal | undefined {
  if (query.client_id !== app.clientId) return refuse('unauthorized_client', 'Unknown client or client not enabled');
  const uri = query.redirect_uri ?? '';
  const known = app.redirectUris.length === 0 || app.redirectUris.includes(uri);
  return known && isAllowedRedirect(uri) ? undefined : refuse('invalid_request', 'Invalid redirect_uri');
}

function protocolRefusal(query: Record<string, string>, scopes: string[]): AuthorizeRefusal | undefined {
  if (!query.response_type) return refuse('invalid_request', 'Missing response_type');
  if (query.response_type !== 'code') return refuse('unsupported_response_type', 'Response type not supported');
  if (scopes.length === 0) return refuse('invalid_request', 'Missing scope');
  const scope = refusedScope(scopes);
  if (scope) return refuse('invalid_scope', `Invalid scope for client: ${scope}`);
  const method = query.code_challenge_method ?? 'plain';
  const wrongChallenge = query.code_challenge !== undefined && method !== 'S256';
  return wrongChallenge ? refuse('invalid_request', 'Transform algorithm not supported') : undefined;
}

function refuse(error: string, description: string): AuthorizeRefusal {
  return { error, description };
}

/** https anywhere, or http on the host localhost. 127.0.0.1 is refused. */
export function isAllowedRedirect(uri: string): boolean {
  if (!URL.canParse(uri)) return false;
  const url = new URL(uri);
  return url.protocol === 'https:' || (url.protocol === 'http:' && url.hostname === 'localhost');
}
