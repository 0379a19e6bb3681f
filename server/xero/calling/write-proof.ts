import { isXeroRefusal } from '#server/xero/answers/is-xero-refusal.ts';
import { isInsufficientScope } from '#server/xero/answers/translate-errors.ts';
import type { XeroOutcome } from '#server/xero/answers/xero-answer.ts';
import type { WriteProof } from '#shared/app-error.ts';

/**
 * What the calls of one write prove, in the order in which they were made. Only Xero's own validation answer is a
 * refusal. Any other 4xx may come from a proxy after Xero did the work.
 */
export function toWriteProof(outcomes: readonly XeroOutcome[]): WriteProof | undefined {
  if (outcomes.every(isNotDone)) return 'not_done';
  const last = outcomes.at(-1);
  if (last?.kind !== 'answer' || !isXeroRefusal(last.answer)) return undefined;
  // After a 200 with errors inside, something may have been created all the same.
  const isSure = last.answer.status === 400 && outcomes.slice(0, -1).every(isNotDone);
  return isSure ? 'refused' : 'refused_unless_found';
}

/**
 * True when it was never sent, got Xero's own 429, or lacks a scope. Xero checks its limits and scopes first, and names
 * the limit, or that the scope is insufficient.
 */
export function isNotDone(outcome: XeroOutcome): boolean {
  if (outcome.kind !== 'answer') return outcome.kind === 'kept_back';
  if (isInsufficientScope(outcome)) return true;
  return outcome.answer.status === 429 && outcome.answer.headers['x-rate-limit-problem'] !== undefined;
}
