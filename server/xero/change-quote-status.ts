import { createHash } from 'node:crypto';
import { AppError } from '#shared/app-error.ts';
import type { Ask } from './ask.ts';
import type { XeroDocument } from './document.ts';
import type { XeroCaller } from './gateway.ts';
import { getOnly, parseFullQuotes } from './parse-full-documents.ts';
import { invalidAnswer } from './read-answer.ts';
import { canSayLinesAgain, formatQuoteAgain } from './say-quote-again.ts';
import type { Question } from './send-question.ts';
import type { XeroAnswer } from './xero-answer.ts';

export type QuoteStatusChange = { id: string; status: string; idempotencyKey: string };
/** The quote as it stood just before, and after. */
export type ChangedQuote = { before: XeroDocument; after: XeroDocument };

/**
 * Reads the quote and says it again with another status. It is read just before it is sent: bytes kept from earlier
 * would undo what somebody changed in Xero meanwhile. A quote that has the status already is left alone.
 */
export async function changeQuoteStatus(
  ask: Ask,
  caller: XeroCaller,
  { id, status, idempotencyKey }: QuoteStatusChange,
): Promise<ChangedQuote> {
  const answer = await ask(caller, { name: 'GET /Quotes/{id}', send: (api, tenantId) => api.getQuote(tenantId, id) });
  const before = getOnly(parseFullQuotes(answer));
  if (before.id !== id.toLowerCase()) throw invalidAnswer('another quote than asked for');
  if (before.status === status) return { before, after: before };
  const say = (hasLines: boolean) =>
    sendQuote(ask, caller, { id, json: formatQuoteAgain(answer.text, status, { hasLines }), idempotencyKey });
  return { before, after: getOnly(parseFullQuotes(await sayAsFullyAsXeroTakes(before, say))) };
}

/** A line that Xero would not take today, on an archived account for one, must not keep the quote from moving on. */
async function sayAsFullyAsXeroTakes(
  before: XeroDocument,
  say: (hasLines: boolean) => Promise<XeroAnswer>,
): Promise<XeroAnswer> {
  if (!canSayLinesAgain(before)) return say(false);
  try {
    return await say(true);
  } catch (error) {
    // Only after Xero's own refusal: any other answer may come after the work was done.
    if (error instanceof AppError && error.details.proof === 'refused') return say(false);
    throw error;
  }
}

function sendQuote(
  ask: Ask,
  caller: XeroCaller,
  { id, json, idempotencyKey }: { id: string; json: string; idempotencyKey: string },
): Promise<XeroAnswer> {
  // Xero refuses other bytes under the same key; the same status set twice is set once.
  const key = createHash('sha256')
    .update(JSON.stringify([idempotencyKey, json]))
    .digest('hex');
  const send: Question['send'] = (api, tenantId) => api.updateQuote(tenantId, id, {}, key);
  const body = { bytes: json, contentType: 'application/json' };
  return ask(caller, { name: 'POST /Quotes/{id}', isWrite: true, body, send });
}
