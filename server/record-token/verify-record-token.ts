import { decodeProtectedHeader, errors, importJWK, type JWTPayload, jwtVerify } from 'jose';
import type { Clock } from '#server/clock.ts';
import type { Workspace, WorkspaceKey } from '#server/workspaces.ts';
import { AppError } from '#shared/app-error.ts';
import { type Claims, parseClaims } from './claims.ts';

const clockToleranceSeconds = 10;
const maxLifetimeSeconds = 300;

/**
 * The claims of a record token, once everything about it holds: signature by the workspace's key and that key's own
 * algorithm, issuer, audience, lifetime, clock, shape, and a `record.url` on one of the workspace's origins. That it
 * was not used before is the caller's to claim. Rejects with token_invalid, token_expired or clock_skew.
 */
export async function verifyRecordToken(
  token: string,
  deps: { workspace: Workspace; publicUrl: string; clock: Pick<Clock, 'now'> },
): Promise<Claims> {
  const { workspace, publicUrl, clock } = deps;
  const payload = await verifySignature(token, { workspace, publicUrl, clock });
  checkTimes(payload, clock);
  const claims = parseClaims(payload);
  if (!claims.success) throw new AppError('token_invalid', { errors: toFieldErrors(claims.error.issues) });
  if (!workspace.origins.includes(new URL(claims.data.record.url).origin)) {
    throw invalid('record.url is not on one of the workspace’s origins');
  }
  return claims.data;
}

async function verifySignature(
  token: string,
  { workspace, publicUrl, clock }: { workspace: Workspace; publicUrl: string; clock: Pick<Clock, 'now'> },
): Promise<JWTPayload> {
  for (const key of findKeys(workspace, token)) {
    try {
      const { payload } = await jwtVerify(token, await importKey(key), {
        algorithms: [key.alg],
        issuer: workspace.id,
        audience: [publicUrl, `${publicUrl}/`],
        requiredClaims: ['iss', 'aud', 'sub', 'iat', 'exp', 'jti'],
        clockTolerance: clockToleranceSeconds,
        currentDate: clock.now(),
      });
      return payload;
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw translate(error, clock);
    }
  }
  throw invalid('the signature is of no key of this workspace that fits the token’s kid and alg');
}

/**
 * Which keys the token may be signed with: of exactly the header's algorithm, and by name where a key has one. One
 * without a name may be meant by any kid, and the only key by none. Nothing else in the header is looked at: no key
 * comes from there (RFC 8725, 3.10).
 */
function findKeys({ keys }: Workspace, token: string): WorkspaceKey[] {
  const { alg, kid } = readHeader(token);
  return keys.filter(
    (key) => key.alg === alg && (key.kid === undefined || key.kid === kid || (kid === undefined && keys.length === 1)),
  );
}

/** Three parts of base64url and nothing beside them, which decoders would forgive. */
const compactForm = /^[\w-]+\.[\w-]+\.[\w-]+$/;

function readHeader(token: string): { alg?: unknown; kid?: unknown } {
  if (!compactForm.test(token)) throw invalid('it is no signed JWT in compact form');
  try {
    return decodeProtectedHeader(token);
  } catch (cause) {
    throw new AppError('token_invalid', { cause });
  }
}

async function importKey(key: WorkspaceKey) {
  return key.alg === 'HS256' ? new TextEncoder().encode(key.secret) : importJWK(key.jwk, key.alg);
}

function checkTimes(payload: JWTPayload, clock: Pick<Clock, 'now'>): void {
  const nowSeconds = clock.now().getTime() / 1000;
  const { iat, exp } = payload;
  if (typeof iat !== 'number' || typeof exp !== 'number') throw invalid('iat and exp must be numbers');
  if (iat > nowSeconds + clockToleranceSeconds) throw skewed(clock);
  if (exp <= iat || exp - iat > maxLifetimeSeconds) throw invalid('exp must be at most 5 minutes after iat');
}

function translate(error: unknown, clock: Pick<Clock, 'now'>): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof errors.JWTExpired) {
    return new AppError('token_expired', { cause: error, extension: { serverTime: clock.now().toISOString() } });
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'nbf' && error.reason === 'check_failed') return skewed(clock);
    return new AppError('token_invalid', { cause: error, detail: `The claim ${error.claim} is missing or wrong` });
  }
  return new AppError('token_invalid', { cause: error });
}

function skewed(clock: Pick<Clock, 'now'>): AppError {
  return new AppError('clock_skew', { extension: { serverTime: clock.now().toISOString() } });
}

function invalid(detail: string): AppError {
  return new AppError('token_invalid', { detail });
}

function toFieldErrors(issues: readonly { path: PropertyKey[]; message: string }[]) {
  return issues.slice(0, 20).map(({ path, message }) => ({ path: path.join('.'), message }));
}
