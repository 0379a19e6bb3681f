import type { Clock } from '#server/clock.ts';
import { claimsRefused, toClaimFaults } from './claim-faults.ts';
import { type Claims, parseClaims } from './claims.ts';
import { verifySignedClaims } from './verify-signed-claims.ts';
import { claimWords } from './words.ts';
import type { Workspace, WorkspaceKey } from './workspaces.ts';

/**
 * Returns the claims of a record token and the key that signed it, once everything is valid: signature by the
 * workspace's key and that key's own algorithm, issuer, audience, lifetime, clock, shape, and a `record.url` on one of
 * the workspace's origins, where the token has one. The caller checks that the token was not used before. Rejects with token_expired,
 * clock_skew, or token_invalid, whose `reason` tells a wrong key from a wrong claim.
 */
export async function verifyRecordToken(
  token: string,
  deps: { workspace: Workspace; publicUrl: string; clock: Pick<Clock, 'now'> },
): Promise<{ claims: Claims; key: WorkspaceKey }> {
  const { workspace, publicUrl, clock } = deps;
  const { payload, key } = await verifySignedClaims(token, {
    ...{ workspace, clock, audience: [publicUrl, `${publicUrl}/`] },
    requiredClaims: ['iss', 'aud', 'sub', 'iat', 'exp', 'jti'],
  });
  const claims = parseClaims(payload);
  if (!claims.success) throw claimsRefused(payload, toClaimFaults(claims.error.issues, payload));
  const { url } = claims.data.record;
  if (url !== undefined && !workspace.origins.includes(new URL(url).origin)) {
    throw claimsRefused(payload, [{ path: 'record.url', message: claimWords.ownOrigin }]);
  }
  return { claims: claims.data, key };
}
