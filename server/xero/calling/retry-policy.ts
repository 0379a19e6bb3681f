import type { XeroOutcome } from '#server/xero/answers/xero-answer.ts';
import type { Random } from './xero-config.ts';

export type RetryPolicy = {
  /** The total number of calls, including the first. */
  attempts: number;
  /** No attempt starts or runs later than this after the first one started. */
  budgetMs: number;
  /** Waits double from the first to the last. Each is then drawn at random from the upper half of its length. */
  firstWaitMs: number;
  lastWaitMs: number;
  statuses: readonly number[];
  kinds: readonly XeroOutcome['kind'][];
};

/** Never retry a timeout while a person waits; ten seconds is the limit. */
const personReads: RetryPolicy = {
  attempts: 3,
  budgetMs: 10_000,
  firstWaitMs: 200,
  lastWaitMs: 800,
  statuses: [502, 503, 504],
  kinds: ['network'],
};

const backgroundReads: RetryPolicy = {
  ...personReads,
  budgetMs: 60_000,
  firstWaitMs: 1_000,
  lastWaitMs: 8_000,
  kinds: ['network', 'timeout'],
};

/** Whoever stored the write decides whether it may be sent again, so there is no retry here. */
const writes: RetryPolicy = { ...personReads, attempts: 1, budgetMs: 20_000, statuses: [], kinds: [] };

export const retryPolicies = {
  person: personReads,
  stream: backgroundReads,
  background: backgroundReads,
  sync: backgroundReads,
  write: writes,
} as const;

/**
 * Xero refuses a call over the concurrency limit before doing anything, so even writes may be repeated. Such a 429 has
 * no documented Retry-After (source: "API limits" in Xero's developer documentation).
 */
export const concurrentWaits = { attempts: 4, firstWaitMs: 250, lastWaitMs: 2_000 } as const;

/** Whether a call with this outcome is worth repeating. If the answer says when to come back, that is used instead. */
export function isRetryable(policy: RetryPolicy, outcome: XeroOutcome): boolean {
  if (outcome.kind !== 'answer') return policy.kinds.includes(outcome.kind);
  return policy.statuses.includes(outcome.answer.status) && outcome.answer.headers['retry-after'] === undefined;
}

/** How long to wait before attempt number `attempt` (2 is the first retry), with jitter. */
export function toBackoffMs(
  waits: { firstWaitMs: number; lastWaitMs: number },
  attempt: number,
  random: Random,
): number {
  const full = Math.min(waits.firstWaitMs * 2 ** (attempt - 2), waits.lastWaitMs);
  return Math.round(full / 2 + (full / 2) * random());
}
