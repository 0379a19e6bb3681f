import type { z } from 'zod';
import { parseExactJson } from '#server/xero/bytes/exact-json.ts';
import { AppError } from '#shared/app-error.ts';
import type { XeroAnswer } from './xero-answer.ts';

/** Parses an answer with a schema. HTML, truncated text and JSON of another shape are all xero_invalid_answer. */
export function readAnswer<T extends z.ZodType>(answer: XeroAnswer, schema: T): z.output<T> {
  return parseRow(readJson(answer), schema);
}

export function readJson(answer: XeroAnswer): unknown {
  try {
    return parseExactJson(answer.text);
  } catch {
    // The parser's own message quotes the text, which is a customer's data.
    throw invalidAnswer(/^\s*</.test(answer.text) ? 'markup instead of JSON' : 'broken JSON');
  }
}

export function parseRow<T extends z.ZodType>(row: unknown, schema: T): z.output<T> {
  const parsed = schema.safeParse(row);
  if (parsed.success) return parsed.data;
  throw invalidAnswer(parsed.error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`).join(', '));
}

/** `reason` names fields and faults, never values. */
export function invalidAnswer(reason: string): AppError {
  return new AppError('xero_invalid_answer', { cause: new Error(reason.slice(0, 500)) });
}

/** Xero's clock, from the answer's Date header, as an ISO instant. Without a header, our clock. */
export function readDate(answer: XeroAnswer, now: Date): string {
  return findDate(answer) ?? now.toISOString();
}

/** Xero's clock only. Null when the answer has no date. */
export function findDate(answer: XeroAnswer): string | null {
  const time = Date.parse(answer.headers.date ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
