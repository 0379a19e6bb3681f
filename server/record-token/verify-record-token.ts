import { errors, importJWK, type JWTPayload, jwtVerify } from 'jose';
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
  let key: WorkspaceKey | undefined;
  try {
    const { payload } = await jwtVerify(
      token,
      async (header) => {
        key = findKey(workspace, header);
        return key.alg === 'HS256' ? new TextEncoder().encode(key.secret) : importJWK(key.jwk, key.alg);
      },
      {
        algorithms: [...new Set(workspace.keys.map(({ alg }) => alg))],
        issuer: workspace.id,
        audience: [publicUrl, `${publicUrl}/`],
        requiredClaims: ['iss', 'aud', 'sub', 'iat', 'exp', 'jti'],
        clockTolerance: clockToleranceSeconds,
        currentDate: clock.now(),
      },
    );
    return payload;
  } catch (error) {
    throw translate(error, clock);
  }
}

/** `kid` picks the key where there are several; the header's algorithm must be the key's own. */
function findKey(workspace: Workspace, header: { alg?: string; kid?: string }): WorkspaceKey {
  const candidates = workspace.keys.filter(
    (key) =>
      key.alg === header.alg &&
      (workspace.keys.length === 1 ? !header.kid || !key.kid || key.kid === header.kid : key.kid === header.kid),
  );
  const [key] = candidates;
  if (!key || candidates.length > 1) throw invalid('no key of this workspace fits the token’s kid and alg');
  return key;
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
