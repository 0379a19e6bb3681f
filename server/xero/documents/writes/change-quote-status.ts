import { createHash } from 'node:crypto';
import { invalidAnswer } from '#server/xero/answers/read-answer.ts';
import type { XeroAnswer } from '#server/xero/answers/xero-answer.ts';
import type { Ask } from '#server/xero/calling/ask.ts';
import type { SendGate } from '#server/xero/calling/send-gate.ts';
import { getQuoteById, postQuote } from '#server/xero/endpoints/quotes.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { XeroDeps } from '#server/xero/xero-deps.ts';
import { AppError } from '#shared/app-error.ts';
import type { XeroDocument } from '../document.ts';
import { getOnly, parseFullQuotes } from '../parse-full-documents.ts';
import { canSayLinesAgain, formatQuoteAgain } from './say-quote-again.ts';

export type QuoteStatusChange = {
  id: string;
  status: string;
  idempotencyKey: string;
  /** Throws when the quote, as just read, must not be changed. Nothing is sent then. */
  check?(before: XeroDocument): void;
};
/** The quote just before the change, and after it. */
export type ChangedQuote = { before: XeroDocument; after: XeroDocument };

type Asking = Pick<XeroDeps, 'ask' | 'clock'>;

/** A quote read longer ago than this is not sent, because somebody may have changed it in Xero since. */
const freshMs = 5_000;
const mostReadings = 3;

/**
 * Reads the quote and sends it back with another status. It is read just before it is sent, because bytes stored
 * earlier would undo changes made in Xero meanwhile. A quote that already has the status is not changed.
 */
export async function changeQuoteStatus(
  asking: Asking,
  caller: XeroCaller,
  change: QuoteStatusChange,
): Promise<ChangedQuote> {
  for (let reading = 1; reading <= mostReadings; reading += 1) {
    try {
      return await readAndSay(asking, caller, change);
    } catch (error) {
      if (!(error instanceof StaleReading)) throw error;
    }
  }
  throw new AppError('calls_paced', { retryAfterSeconds: 1, proof: 'not_done' });
}

/** The write waited for its slot, or its process was suspended. Nothing was sent. */
class StaleReading extends Error {}

async function readAndSay(
  { ask, clock }: Asking,
  caller: XeroCaller,
  { id, status, idempotencyKey, check }: QuoteStatusChange,
): Promise<ChangedQuote> {
  const answer = await ask(caller, getQuoteById({ id }));
  const isFresh = startReading(clock);
  const before = getOnly(parseFullQuotes(answer));
  if (before.id !== id.toLowerCase()) throw invalidAnswer('another quote than asked for');
  if (before.status === status) return { before, after: before };
  check?.(before);
  const sender = { ...caller, gate: whileFresh(caller.gate, isFresh) };
  const say = (hasLines: boolean) =>
    sendQuote(ask, sender, { id, json: formatQuoteAgain(answer.text, status, { hasLines }), idempotencyKey });
  return { before, after: getOnly(parseFullQuotes(await sayAsFullyAsXeroTakes(before, say))) };
}

/** Uses two clocks: the time of day can be set back, and the steady clock stops while a machine sleeps. */
function startReading({ now, steadyMs }: Asking['clock']): () => boolean {
  const [startedMs, startedSteadyMs] = [now().getTime(), steadyMs()];
  return () => Math.max(Math.abs(now().getTime() - startedMs), steadyMs() - startedSteadyMs) <= freshMs;
}

function whileFresh(gate: SendGate | undefined, isFresh: () => boolean): SendGate {
  return async () => {
    if (!isFresh()) throw new StaleReading();
    const mayLeave = await gate?.();
    return () => isFresh() && (mayLeave?.() ?? true);
  };
}

/** A line that Xero no longer accepts, for example on an archived account, must not block the change of status. */
async function sayAsFullyAsXeroTakes(
  before: XeroDocument,
  say: (hasLines: boolean) => Promise<XeroAnswer>,
): Promise<XeroAnswer> {
  if (!canSayLinesAgain(before)) return say(false);
  try {
    return await say(true);
  } catch (error) {
    // Only after Xero's own refusal. Any other answer may come after the work was done.
    if (error instanceof AppError && error.details.proof === 'refused') return say(false);
    throw error;
  }
}

function sendQuote(
  ask: Ask,
  caller: XeroCaller,
  { id, json, idempotencyKey }: { id: string; json: string; idempotencyKey: string },
): Promise<XeroAnswer> {
  // Xero refuses other bytes under the same key. Setting the same status twice has no further effect.
  const key = createHash('sha256')
    .update(JSON.stringify([idempotencyKey, json]))
    .digest('hex');
  return ask(caller, postQuote({ id, json, idempotencyKey: key }));
}
