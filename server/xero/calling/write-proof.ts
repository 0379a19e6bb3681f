import { isXeroRefusal } from '#server/xero/answers/is-xero-refusal.ts';
import type { XeroOutcome } from '#server/xero/answers/xero-answer.ts';
import type { WriteProof } from '#shared/app-error.ts';

/**
 * What the calls of one write prove, in the order in which they were made. Xero's own validation answer is the only
 * refusal: every other 4xx may come from something that stands between us and Xero, after Xero did the work.
 */
export function toWriteProof(outcomes: readonly XeroOutcome[]): WriteProof | undefined {
  if (outcomes.every(isNotDone)) return 'not_done';
  const last = outcomes.at(-1);
  if (last?.kind !== 'answer' || !isXeroRefusal(last.answer)) return undefined;
  // A 200 with errors inside may speak of something that was made all the same.
  const isSure = last.answer.status === 400 && outcomes.slice(0, -1).every(isNotDone);
  return isSure ? 'refused' : 'refused_unless_found';
}

/** It never left, or Xero's own 429: Xero counts its limits before it looks at anything else, and names the limit. */
export function isNotDone(outcome: XeroOutcome): boolean {
  if (outcome.kind !== 'answer') return outcome.kind === 'kept_back';
  return outcome.answer.status === 429 && outcome.answer.headers['x-rate-limit-problem'] !== undefined;
}
