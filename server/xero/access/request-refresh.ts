import type { Clock } from '#server/clock.ts';
import { toAppError } from '#server/xero/answers/translate-errors.ts';
import { isSuccess, type XeroAnswer, type XeroOutcome } from '#server/xero/answers/xero-answer.ts';
import { tryParseExactJson } from '#server/xero/bytes/exact-json.ts';
import { sendHttp } from '#server/xero/calling/http.ts';
import { toBackoffMs } from '#server/xero/calling/retry-policy.ts';
import type { Random, Wait, XeroConfig } from '#server/xero/calling/xero-config.ts';
import { AppError } from '#shared/app-error.ts';
import { parseTokenAnswer, type TokenSet } from './token-set.ts';

/** `refused`: Xero rejects this refresh token. `failed`: the outcome is unknown, and the token may be used again. */
export type RefreshOutcome =
  | { kind: 'refreshed'; tokenSet: TokenSet }
  | { kind: 'refused' }
  | { kind: 'failed'; error: AppError };

export type RefreshDeps = {
  config: Pick<XeroConfig, 'clientId' | 'clientSecret' | 'identityUrl'>;
  clock: Pick<Clock, 'now'>;
  wait: Wait;
  random: Random;
  userAgent: string;
};

/** Two attempts of ten seconds fit into the lease of thirty seconds. */
const attempts = 2;
const timeoutMs = 10_000;
const waits = { firstWaitMs: 300, lastWaitMs: 300 };

/**
 * Asks for new tokens. If the answer is lost, sends the same refresh token again: Xero accepts it for 30 minutes after
 * its first use (source: "Token types" in Xero's developer documentation).
 */
export async function requestRefresh(deps: RefreshDeps, tokenSet: TokenSet): Promise<RefreshOutcome> {
  let last: RefreshOutcome = { kind: 'refused' };
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    if (attempt > 1) await deps.wait(toBackoffMs(waits, attempt, deps.random));
    last = toOutcome(await post(deps, tokenSet.refreshToken), deps.clock.now(), tokenSet);
    if (last.kind !== 'failed') return last;
  }
  return last;
}

function post({ config, userAgent }: RefreshDeps, refreshToken: string): Promise<XeroOutcome> {
  const credentials = [config.clientId, config.clientSecret].map(encodeURIComponent).join(':');
  const headers = {
    authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
    'user-agent': userAgent,
  };
  const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }).toString();
  return sendHttp({ method: 'POST', url: `${config.identityUrl}/connect/token`, headers, body }, timeoutMs);
}

function toOutcome(outcome: XeroOutcome, now: Date, previous: TokenSet): RefreshOutcome {
  if (outcome.kind !== 'answer') return { kind: 'failed', error: toAppError(outcome) };
  const body = tryParseExactJson(outcome.answer.text);
  if (readErrorWord(body) === 'invalid_grant') return { kind: 'refused' };
  if (!isSuccess(outcome.answer)) return { kind: 'failed', error: toRefusal(outcome.answer, body) };
  try {
    return { kind: 'refreshed', tokenSet: parseTokenAnswer(body, now, previous) };
  } catch {
    return { kind: 'failed', error: new AppError('xero_invalid_answer') };
  }
}

/**
 * Xero refuses this app rather than the tokens, for example after the client secret changed. Connecting again would not
 * help.
 */
function toRefusal(answer: XeroAnswer, body: unknown): AppError {
  if (answer.status >= 500 || answer.status === 429)
    return toAppError({ kind: 'answer', answer: { ...answer, status: 503 } });
  const word = readErrorWord(body);
  return new AppError('xero_unauthorized', { cause: new Error(`HTTP ${answer.status} ${word}`) });
}

/** Returns only OAuth's own error codes. Other text is not trusted. */
function readErrorWord(body: unknown): string {
  const word = typeof body === 'object' && body !== null && 'error' in body ? String(body.error) : '';
  return /^[a-z_]{1,40}$/.test(word) ? word : '';
}
