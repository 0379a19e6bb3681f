import type { Clock } from '#server/clock.ts';
import type { ToConnectionError } from '#server/xero/access/connection-checks.ts';
import type { AccessToken, XeroTokens } from '#server/xero/access/tokens.ts';
import { isXeroRefusal } from '#server/xero/answers/is-xero-refusal.ts';
import { explainRefusal } from '#server/xero/answers/reconnect.ts';
import { toRejection } from '#server/xero/answers/rejections.ts';
import { isInsufficientScope, toAppError } from '#server/xero/answers/translate-errors.ts';
import { isSuccess, type XeroAnswer, type XeroOutcome } from '#server/xero/answers/xero-answer.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';
import type { XeroGovernor } from './governor.ts';
import { readRateLimit, toRateLimitError } from './rate-limits.ts';
import { concurrentWaits, isRetryable, type RetryPolicy, retryPolicies, toBackoffMs } from './retry-policy.ts';
import type { Question, SendQuestion } from './send-question.ts';
import { isNotDone, toWriteProof } from './write-proof.ts';
import type { Random, Wait, XeroLog } from './xero-config.ts';

/** Asks Xero one question. Returns a successful answer; rejects with an AppError otherwise. */
export type Ask = (caller: XeroCaller, question: Question) => Promise<XeroAnswer>;

export type AskDeps = {
  send: SendQuestion;
  tokens: XeroTokens;
  governor: XeroGovernor;
  toConnectionError: ToConnectionError;
  clock: Pick<Clock, 'steadyMs'>;
  log: XeroLog;
  wait: Wait;
  random: Random;
  /** For reads. A write may take longer: twice as long, or six times for up to 50 elements. */
  timeoutMs: number;
};

export function buildAsk(deps: AskDeps): Ask {
  return async (caller, question) => {
    const asking: Asking = { caller, question, outcomes: [] };
    try {
      return await askUntilAnswered(deps, asking);
    } catch (error) {
      if (!question.isWrite || !(error instanceof AppError)) throw error;
      throw new AppError(error.code, { ...error.details, proof: toWriteProof(asking.outcomes) });
    }
  };
}

/** `outcomes`: how each call for this question ended, in order. */
type Asking = { caller: XeroCaller; question: Question; outcomes: XeroOutcome[] };

async function askUntilAnswered(deps: AskDeps, asking: Asking): Promise<XeroAnswer> {
  const { caller, question } = asking;
  let used = await deps.tokens.getAccessToken(caller.workspaceId);
  let outcome = await sendWithRetries(deps, asking, used);
  if (isStatus(outcome, 401) && !isInsufficientScope(outcome) && mayRepeat(question, outcome)) {
    used = await deps.tokens.refreshNow(caller.workspaceId, used.version);
    outcome = await sendWithRetries(deps, asking, used);
  }
  if (outcome.kind === 'answer' && isSuccess(outcome.answer)) {
    const isRefusable = question.isWrite && !question.isAnsweredByRow;
    if (isRefusable && isXeroRefusal(outcome.answer)) throw toRejection(outcome.answer);
    return outcome.answer;
  }
  if (question.isConditional && isStatus(outcome, 304)) return outcome.answer;
  if (isStatus(outcome, 429)) throw toRateLimitError(readRateLimit(outcome.answer));
  const error = toAppError(outcome);
  throw isStatus(outcome, 401) || isStatus(outcome, 403)
    ? await deps.toConnectionError({ caller, used, error, outcome })
    : error;
}

/**
 * Repeats a write only when Xero itself said that it did not start it. A proxy's 401 may arrive after the work was
 * done.
 */
function mayRepeat({ isWrite }: Question, outcome: XeroOutcome): boolean {
  return !isWrite || isNotDone(outcome) || explainRefusal(outcome) !== undefined;
}

/** Sends the call, and sends it again as the retry policy and the concurrency limit allow. */
async function sendWithRetries(deps: AskDeps, asking: Asking, used: AccessToken): Promise<XeroOutcome> {
  const { caller, question } = asking;
  const policy = retryPolicies[question.isWrite ? 'write' : caller.priority];
  const timeoutMs = deps.timeoutMs * toPatience(question);
  const endsMs = deps.clock.steadyMs() + Math.max(policy.budgetMs, timeoutMs);
  const tries = { failed: 0, crowded: 0 };
  for (;;) {
    const leftMs = Math.max(1, endsMs - deps.clock.steadyMs());
    const outcome = await callOnce(deps, asking, { used, timeoutMs: Math.min(timeoutMs, leftMs) });
    const waitMs = findWaitMs(deps, policy, outcome, tries);
    if (!mayRepeat(question, outcome) || waitMs === undefined || waitMs >= endsMs - deps.clock.steadyMs())
      return outcome;
    deps.log.debug(
      { question: question.name, organisationId: caller.organisationId, waitMs },
      'Retrying a call to Xero',
    );
    // If the caller gave up, the next call ends at once and reports it.
    await Promise.allSettled([deps.wait(waitMs, caller.signal)]);
  }
}

/** How many times as long as a read a call may take. Aborting a write leaves its outcome unknown. */
function toPatience({ isWrite, isAnsweredByRow }: Question): number {
  if (isAnsweredByRow) return 6;
  return isWrite ? 2 : 1;
}

function findWaitMs(
  deps: AskDeps,
  policy: RetryPolicy,
  outcome: XeroOutcome,
  tries: { failed: number; crowded: number },
): number | undefined {
  if (isStatus(outcome, 429)) {
    if (readRateLimit(outcome.answer).problem !== 'concurrent') return undefined;
    tries.crowded += 1;
    if (tries.crowded >= concurrentWaits.attempts) return undefined;
    return toBackoffMs(concurrentWaits, tries.crowded + 1, deps.random);
  }
  tries.failed += 1;
  if (!isRetryable(policy, outcome) || tries.failed >= policy.attempts) return undefined;
  return toBackoffMs(policy, tries.failed + 1, deps.random);
}

/** Notes headers and pauses before the slot is released, so that no other call starts in between. */
function callOnce(
  { send, governor }: AskDeps,
  { caller, question, outcomes }: Asking,
  { used, timeoutMs }: { used: AccessToken; timeoutMs: number },
): Promise<XeroOutcome> {
  const { organisationId, signal } = caller;
  return governor.run(caller, async () => {
    const mayLeave = question.isWrite ? await caller.gate?.() : undefined;
    const how = { tenantId: organisationId, token: used.token, timeoutMs, signal, ...(mayLeave && { mayLeave }) };
    caller.onCall?.();
    const outcome = await send(question, how);
    outcomes.push(outcome);
    if (outcome.kind === 'answer') await noteLimits(governor, organisationId, outcome.answer);
    return outcome;
  });
}

/** After a 429, only Retry-After counts. Its limit headers show zero left and would delay everybody longer. */
async function noteLimits(governor: XeroGovernor, organisationId: string, answer: XeroAnswer): Promise<void> {
  if (answer.status !== 429) return governor.correct(organisationId, answer.headers);
  const limit = readRateLimit(answer);
  if (limit.problem !== 'concurrent') await governor.pause(organisationId, limit.seconds, limit.problem);
}

function isStatus(outcome: XeroOutcome, status: number): outcome is { kind: 'answer'; answer: XeroAnswer } {
  return outcome.kind === 'answer' && outcome.answer.status === status;
}
