import { AppError } from '#shared/app-error.ts';
import type { ErrorCode } from '#shared/error-catalogue.ts';

/** Failures on our side: another process may have the write, or the store is unavailable. */
const failuresOnOurSide: readonly ErrorCode[] = ['outcome_unknown', 'unavailable', 'storage_full'];

/**
 * What a failed sending means. `refused`: nothing was done and nothing will be. `refused_unless_found`: the same,
 * unless a search finds what an earlier sending made. `unknown`: it may have been done.
 */
export type Verdict = 'refused' | 'refused_unless_found' | 'unknown';

/** `sentAt`: when it was sent before this sending; null: never. */
export function judgeFailure({ code, details }: AppError, { sentAt }: { sentAt: string | null }): Verdict {
  if (details.proof === 'refused_unless_found') return details.proof;
  if (details.proof === 'refused') return sentAt === null ? 'refused' : 'refused_unless_found';
  const isNothingDone = details.proof === 'not_done' && sentAt === null && !failuresOnOurSide.includes(code);
  return isNothingDone ? 'refused' : 'unknown';
}

/** What failed before the gate, and says nothing else, was not done: nothing could be sent. */
export function withProof(error: AppError, { isMarked }: { isMarked: boolean }): AppError {
  if (isMarked || error.details.proof !== undefined) return error;
  return new AppError(error.code, { ...error.details, proof: 'not_done' });
}
