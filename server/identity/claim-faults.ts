import type { z } from 'zod';
import { AppError } from '#shared/app-error.ts';
import type { TokenFault } from '#shared/contract/session/open.ts';
import { claimWords, typeWords } from './words.ts';

/** A claim that cannot be used: its path (`contacts.3.email`) and what is wrong with it, never its value. */
export type ClaimFault = { path: string; message: string };

const mostFaults = 20;
/** Most faults listed in one message to a person. */
const mostTold = 3;

/**
 * Builds the refusal of a token that is signed by a key of the workspace but has unusable claims. The log gets the
 * paths. The answer also contains them if the token says that its user is an admin, who can do something about it, or
 * if it is the CRM's backend that asks (`isTold`).
 */
export function claimsRefused(
  payload: unknown,
  faults: readonly ClaimFault[],
  { cause, isTold = false }: { cause?: unknown; isTold?: boolean | undefined } = {},
): AppError {
  const errors = faults.slice(0, mostFaults);
  const told = errors.slice(0, mostTold).map(({ path, message }) => `${path} ${message}`);
  return new AppError('token_invalid', {
    cause,
    extension: { reason: 'claims' satisfies TokenFault },
    log: { claims: errors.map(({ path }) => path) },
    ...((isTold || isForAdmin(payload)) && { errors, detail: told.join('; ') }),
  });
}

/** Lists the faults that the schemas found in these claims. */
export function toClaimFaults(issues: readonly z.core.$ZodIssue[], payload: unknown): ClaimFault[] {
  return issues.map((issue) => ({
    path: issue.path.join('.'),
    message: isMissing(payload, issue.path) ? claimWords.missing : describe(issue),
  }));
}

function describe(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return claimWords.mustBe(typeWords[issue.expected] ?? issue.expected);
    case 'invalid_value':
      return claimWords.oneOf(issue.values);
    case 'too_small':
      return claimWords.empty;
    case 'too_big':
      return claimWords.tooLong(String(issue.maximum));
    case 'invalid_format':
      return claimWords.mustBe(issue.message);
    case 'invalid_union':
      return claimWords.numeric;
    default:
      return issue.message;
  }
}

function isMissing(payload: unknown, path: readonly PropertyKey[]): boolean {
  let place = payload;
  for (const name of path) place = (place as Record<PropertyKey, unknown> | null | undefined)?.[name];
  return place === undefined || place === null;
}

function isForAdmin(payload: unknown): boolean {
  const claims = payload as { user?: { admin?: unknown } | null } | null | undefined;
  return claims?.user?.admin === true;
}
