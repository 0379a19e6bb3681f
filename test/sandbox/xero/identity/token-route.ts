import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { XeroFault } from '../errors.ts';
import { toFields } from '../fields.ts';
import type { Sandbox } from '../state.ts';
import type { Grant } from './identity.ts';
import { issueTokens, spendRefreshToken, type TokenSet } from './tokens.ts';

export function addTokenRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  app.post('/connect/token', async (request, reply) => {
    const fields = toFields(request.body);
    requireClient(sandbox, request, fields);
    reply.header('cache-control', 'no-store');
    return answerGrant(sandbox, fields);
  });

  app.post('/connect/revocation', async (request) => {
    const fields = toFields(request.body);
    requireClient(sandbox, request, fields);
    if (!fields.token) throw oauthError(400, 'invalid_request');
    revoke(sandbox, fields.token);
    return '';
  });
}

async function answerGrant(sandbox: Sandbox, fields: Record<string, string>): Promise<TokenSet> {
  if (fields.grant_type === 'authorization_code') {
    const { grant, nonce } = redeemCode(sandbox, fields);
    return issueTokens(sandbox, grant, nonce);
  }
  if (fields.grant_type !== 'refresh_token') throw oauthError(400, 'unsupported_grant_type');
  const grant = spendRefreshToken(sandbox, fields.refresh_token ?? '');
  if (!grant) throw oauthError(400, 'invalid_grant');
  return issueTokens(sandbox, grant);
}

/** A code works once, within five minutes, with the redirect URI and the verifier of its request. */
function redeemCode(
  { state, clock }: Sandbox,
  fields: Record<string, string>,
): { grant: Grant; nonce: string | undefined } {
  const code = state.identity.codes.get(fields.code ?? '');
  state.identity.codes.delete(fields.code ?? '');
  const isGood =
    code !== undefined &&
    code.expiresAt > clock.now() &&
    code.redirectUri === fields.redirect_uri &&
    (code.challenge === undefined || code.challenge === challengeOf(fields.code_verifier));
  if (!isGood) throw oauthError(400, 'invalid_grant');
  return { grant: code.grant, nonce: code.nonce };
}

function challengeOf(verifier = ''): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

/** Revoking removes every connection of that person, not only this consent's. An unknown token is not an error. */
function revoke({ state: { identity } }: Sandbox, token: string): void {
  const userId = identity.refreshTokens.get(token)?.grant.userId;
  if (userId === undefined) return;
  identity.connections = identity.connections.filter((connection) => connection.userId !== userId);
  for (const [key, { grant }] of identity.refreshTokens)
    if (grant.userId === userId) identity.refreshTokens.delete(key);
  for (const [key, { grant }] of identity.accessTokens) if (grant.userId === userId) identity.accessTokens.delete(key);
}

function requireClient({ app }: Sandbox, request: FastifyRequest, fields: Record<string, string>): void {
  const basic = /^Basic (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const [id, secret] =
    basic === undefined
      ? [fields.client_id, fields.client_secret]
      : splitBasic(Buffer.from(basic, 'base64').toString());
  if (id !== app.clientId || secret !== app.clientSecret) throw oauthError(401, 'invalid_client');
}

/** RFC 6749 2.3.1: both parts are form-encoded before they are joined. */
function splitBasic(pair: string): string[] {
  const colon = pair.indexOf(':');
  return [pair.slice(0, colon), pair.slice(colon + 1)].map((part) => decodeURIComponent(part.replaceAll('+', ' ')));
}

function oauthError(status: number, error: string): XeroFault {
  return new XeroFault(status, { error });
}
