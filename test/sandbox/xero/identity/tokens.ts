import { randomBytes, randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { gatewayRefusal } from '../errors.ts';
import type { Sandbox } from '../state.ts';
import { type Grant, person } from './identity.ts';

export const accessSeconds = 30 * 60;
const refreshMs = 60 * 86_400_000;
const graceMs = 30 * 60_000;
const issuer = 'https://identity.xero.com';

export type TokenSet = {
  access_token: string;
  expires_in: number;
  token_type: 'Bearer';
  scope: string;
  refresh_token?: string;
  id_token?: string;
};

export async function issueTokens(sandbox: Sandbox, grant: Grant, nonce?: string): Promise<TokenSet> {
  return {
    ...(grant.scopes.includes('openid') ? { id_token: await signIdToken(sandbox, grant, nonce) } : {}),
    access_token: await signAccessToken(sandbox, grant),
    expires_in: accessSeconds,
    token_type: 'Bearer',
    ...(grant.scopes.includes('offline_access') ? { refresh_token: issueRefreshToken(sandbox, grant) } : {}),
    scope: grant.scopes.join(' '),
  };
}

function issueRefreshToken({ state, clock }: Sandbox, grant: Grant): string {
  const token = randomBytes(32).toString('base64url');
  state.identity.refreshTokens.set(token, { grant, expiresAt: clock.now() + refreshMs });
  return token;
}

/** The grant of a valid refresh token, which then works for 30 more minutes. Undefined when it is refused. */
export function spendRefreshToken({ state, clock }: Sandbox, token: string): Grant | undefined {
  const found = state.identity.refreshTokens.get(token);
  if (!found || found.expiresAt <= clock.now()) return undefined;
  found.expiresAt = Math.min(found.expiresAt, clock.now() + graceMs);
  return found.grant;
}

function signAccessToken({ state, clock, app, signingKey }: Sandbox, grant: Grant): Promise<string> {
  const jti = randomUUID().replaceAll('-', '').toUpperCase();
  const issuedAt = Math.floor(clock.now() / 1000);
  state.identity.accessTokens.set(jti, { grant, expiresAt: (issuedAt + accessSeconds) * 1000 });
  const claims = {
    client_id: app.clientId,
    auth_time: issuedAt,
    xero_userid: grant.userId,
    global_session_id: grant.authEventId.replaceAll('-', ''),
    authentication_event_id: grant.authEventId,
    jti,
    scope: grant.scopes,
    amr: ['pwd'],
  };
  return sign(claims, 'https://identity.xero.com/resources', issuedAt, signingKey);
}

function signIdToken({ clock, app, signingKey }: Sandbox, grant: Grant, nonce?: string): Promise<string> {
  const claims = {
    ...(nonce === undefined ? {} : { nonce }),
    xero_userid: grant.userId,
    ...(grant.scopes.includes('email') ? { email: person.email, preferred_username: person.email } : {}),
    ...(grant.scopes.includes('profile') ? { given_name: person.firstName, family_name: person.lastName } : {}),
  };
  return sign(claims, app.clientId, Math.floor(clock.now() / 1000), signingKey);
}

function sign(claims: Record<string, unknown>, audience: string, issuedAt: number, key: Uint8Array): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(issuer)
    .setSubject(person.subject)
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(issuedAt + accessSeconds)
    .sign(key);
}

/** The grant of `Authorization: Bearer …`, or the 401 of Xero's gateway. */
export async function requireGrant(sandbox: Sandbox, authorization: string | undefined): Promise<Grant> {
  const bearer = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
  const jti = bearer === undefined ? undefined : await readJti(sandbox, bearer);
  const known = sandbox.state.identity.accessTokens.get(jti ?? '');
  if (!known) throw gatewayRefusal(401, 'AuthenticationUnsuccessful');
  if (known.expiresAt > sandbox.clock.now()) return known.grant;
  throw gatewayRefusal(401, `TokenExpired: token expired at ${inAmericanOrder(known.expiresAt)}`);
}

/** Expiry is looked up in the issued tokens, because a test may expire a token early. */
async function readJti({ signingKey, clock }: Sandbox, token: string): Promise<string | undefined> {
  try {
    const { payload } = await jwtVerify(token, signingKey, {
      algorithms: ['HS256'],
      currentDate: new Date(clock.now()),
      clockTolerance: Number.MAX_SAFE_INTEGER,
    });
    return payload.jti;
  } catch {
    return undefined;
  }
}

/** MM/dd/yyyy HH:mm:ss, as in Xero's own message. */
function inAmericanOrder(ms: number): string {
  const [year, month, day] = new Date(ms).toISOString().slice(0, 10).split('-');
  return `${month}/${day}/${year} ${new Date(ms).toISOString().slice(11, 19)}`;
}
