import { decodeJwt } from 'jose';
import type { Clock } from '#server/clock.ts';
import { AppError } from '#shared/app-error.ts';
import { textSchema } from '#shared/contract/text.ts';
import { claimsRefused, toClaimFaults } from './claim-faults.ts';
import { claimObject, optionalClaimObject, textOrInteger } from './claim-shapes.ts';
import { verifySignedClaims } from './verify-signed-claims.ts';
import { backendTokenWords, signatureWords } from './words.ts';
import type { Workspace, Workspaces } from './workspaces.ts';

/** The audience of a token of the CRM's backend, which keeps record tokens out, and this one out of `/api/open`. */
export function toBackendAudience(publicUrl: string): string {
  return `${publicUrl}/api/records`;
}

/** Who pressed the button in the CRM, where a person did. */
const claimsSchema = claimObject({
  user: optionalClaimObject({ id: textOrInteger(textSchema(200).min(1)), name: textSchema(500).min(1) }),
});

export type Backend = { workspace: Workspace; user: { id: string; name: string } | undefined };

type Verifying = {
  workspaces: Pick<Workspaces, 'find'>;
  publicUrl: string;
  clock: Pick<Clock, 'now'>;
};

/**
 * Returns the workspace whose backend signed the token, and the person it acts for. The token may be used any number of
 * times while it lives. Rejects as `verifySignedClaims`, and says which token is expected.
 */
export async function verifyBackendToken(token: string | undefined, verifying: Verifying): Promise<Backend> {
  try {
    if (!token) throw new AppError('token_invalid', { detail: backendTokenWords.none });
    return await verify(token, verifying);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { detail, ...details } = error.details;
    const expected = backendTokenWords.expected(toBackendAudience(verifying.publicUrl));
    throw new AppError(error.code, { ...details, detail: detail === undefined ? expected : `${detail}. ${expected}` });
  }
}

async function verify(token: string, { workspaces, publicUrl, clock }: Verifying): Promise<Backend> {
  const workspace = await workspaces.find(readIssuer(token));
  if (!workspace) throw new AppError('token_invalid', { detail: signatureWords.noWorkspace });
  const { payload } = await verifySignedClaims(token, {
    ...{ workspace, clock, audience: [toBackendAudience(publicUrl)], isTold: true },
    requiredClaims: ['iss', 'aud', 'iat', 'exp'],
  });
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) throw claimsRefused(payload, toClaimFaults(claims.error.issues, payload), { isTold: true });
  return { workspace, user: claims.data.user };
}

/** Says only whose keys to try. Nothing in the token is trusted before one of them fits. */
function readIssuer(token: string): string {
  try {
    return decodeJwt(token).iss ?? '';
  } catch (cause) {
    throw new AppError('token_invalid', { detail: signatureWords.notCompact, cause });
  }
}
