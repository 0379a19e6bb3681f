import { decodeProtectedHeader, errors, importJWK, type JWTPayload, jwtVerify } from 'jose';
import type { Clock } from '#server/clock.ts';
import { AppError } from '#shared/app-error.ts';
import type { TokenFault } from '#shared/contract/session/open.ts';
import { type ClaimFault, claimsRefused } from './claim-faults.ts';
import { claimKinds, claimWords, signatureWords } from './words.ts';
import type { Workspace, WorkspaceKey } from './workspaces.ts';

const clockToleranceSeconds = 10;
const maxLifetimeSeconds = 300;

/**
 * `audience`: what the token has to be for; the first is the one that a refusal names. `isTold`: whether a refusal
 * always says which claim is wrong, not only to admins.
 */
type Wanted = {
  workspace: Workspace;
  audience: readonly [string, ...string[]];
  requiredClaims: string[];
  clock: Pick<Clock, 'now'>;
  isTold?: boolean | undefined;
};

/**
 * Returns the claims of a token of the CRM and the key that signed it, once signature, issuer, audience, lifetime and
 * clock are right. Rejects with token_expired, clock_skew, or token_invalid, whose `reason` tells a wrong key from a
 * wrong claim.
 */
export async function verifySignedClaims(
  token: string,
  wanted: Wanted,
): Promise<{ payload: JWTPayload; key: WorkspaceKey }> {
  const verified = await verifySignature(token, wanted);
  checkTimes(verified.payload, wanted);
  return verified;
}

async function verifySignature(
  token: string,
  { workspace, requiredClaims, ...verifier }: Wanted,
): Promise<{ payload: JWTPayload; key: WorkspaceKey }> {
  const { audience, clock } = verifier;
  for (const key of findKeys(workspace, token)) {
    try {
      const { payload } = await jwtVerify(token, await importKey(key), {
        algorithms: [key.alg],
        issuer: workspace.id,
        audience: [...audience],
        requiredClaims,
        clockTolerance: clockToleranceSeconds,
        currentDate: clock.now(),
      });
      return { payload, key };
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw translate(error, verifier);
    }
  }
  throw notSigned(signatureWords.noKey);
}

/**
 * Lists the keys that may have signed the token: those with exactly the header's algorithm and, if a key has a name,
 * with the header's kid. A key without a name fits any kid, and a single key also fits a token without a kid. No key is
 * taken from the header itself (RFC 8725, 3.10).
 */
function findKeys({ keys }: Workspace, token: string): WorkspaceKey[] {
  const { alg, kid } = readHeader(token);
  return keys.filter(
    (key) => key.alg === alg && (key.kid === undefined || key.kid === kid || (kid === undefined && keys.length === 1)),
  );
}

/** Exactly three parts of base64url. Decoders would tolerate extra characters. */
const compactForm = /^[\w-]+\.[\w-]+\.[\w-]+$/;

function readHeader(token: string): { alg?: unknown; kid?: unknown } {
  if (!compactForm.test(token)) throw notSigned(signatureWords.notCompact);
  try {
    return decodeProtectedHeader(token);
  } catch (cause) {
    throw notSigned(signatureWords.noHeader, cause);
  }
}

async function importKey(key: WorkspaceKey) {
  return key.alg === 'HS256' ? new TextEncoder().encode(key.secret) : importJWK(key.jwk, key.alg);
}

function checkTimes(payload: JWTPayload, { clock, isTold }: Verifier): void {
  const nowSeconds = clock.now().getTime() / 1000;
  // Both are required above, and jose refuses times that are not numbers. If one were NaN, each check below would fail.
  const [iat, exp] = [Number(payload.iat), Number(payload.exp)];
  if (!(iat <= nowSeconds + clockToleranceSeconds)) throw skewed(clock);
  const lifeSeconds = exp - iat;
  if (!(lifeSeconds > 0 && lifeSeconds <= maxLifetimeSeconds)) {
    throw claimsRefused(payload, [{ path: 'exp', message: claimWords.lifetime(maxLifetimeSeconds) }], { isTold });
  }
}

type Verifier = Pick<Wanted, 'audience' | 'clock' | 'isTold'>;

function translate(error: unknown, { audience: [audience], clock, isTold }: Verifier): AppError {
  if (error instanceof errors.JWTExpired) {
    return new AppError('token_expired', { cause: error, extension: { serverTime: clock.now().toISOString() } });
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'nbf' && error.reason === 'check_failed') return skewed(clock);
    return claimsRefused(error.payload, [toFault(error, audience)], { cause: error, isTold });
  }
  return notSigned(signatureWords.notReadable, error);
}

function toFault({ claim, reason }: errors.JWTClaimValidationFailed, audience: string): ClaimFault {
  if (reason === 'missing') return { path: claim, message: claimWords.missing };
  const wanted: Readonly<Record<string, string>> = { aud: audience, iss: claimKinds.workspaceId };
  return { path: claim, message: claimWords.mustBe(wanted[claim] ?? claimKinds.seconds) };
}

function skewed(clock: Pick<Clock, 'now'>): AppError {
  return new AppError('clock_skew', { extension: { serverTime: clock.now().toISOString() } });
}

function notSigned(detail: string, cause?: unknown): AppError {
  return new AppError('token_invalid', { detail, cause, extension: { reason: 'key' satisfies TokenFault } });
}
