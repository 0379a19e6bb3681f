import { z } from 'zod';
import { parseExactJson } from '#server/xero/bytes/exact-json.ts';
import type { FieldError } from '#shared/app-error.ts';
import { AppError } from '#shared/app-error.ts';
import type { XeroAnswer } from './xero-answer.ts';

const problemSchema = z.looseObject({ Message: z.string().nullish(), Detail: z.string().nullish() });

/**
 * Xero reports a taken name in words only: "The contact name X is already assigned to another contact. The contact name
 * must be unique across all active contacts." This is the only place that reads them.
 */
const nameTaken = /contact name .* is already assigned to another contact/is;

/** Which field of a new contact a text of Xero speaks of, where its words tell; the first that fits. */
const fieldWords: readonly [RegExp, string][] = [
  [nameTaken, 'name'],
  [/first ?name/i, 'firstName'],
  [/last ?name/i, 'lastName'],
  [/e-?mail/i, 'email'],
  [/country/i, 'address.country'],
  [/post(al)? ?code/i, 'address.postalCode'],
  [/phone/i, 'phone'],
  // Of all that a contact has, only its name may not hold angle brackets.
  [/\bname\b|[<>]|angle bracket/i, 'name'],
];

/**
 * A 400, or a 200 with errors inside, as xero_rejected. Xero's own texts are shown to the person, as its certification asks, and may hold what the
 * person typed: they stand in `details.errors` only, which is never logged; message and cause say nothing of them.
 */
export function toRejection(answer: XeroAnswer): AppError {
  const found = readMessages(answer.text);
  const errors: FieldError[] = found.map(({ message, line }) => ({ path: findPath(message, line), message }));
  const isNameTaken = found.some(({ message }) => nameTaken.test(message));
  return new AppError('xero_rejected', { errors, extension: isNameTaken ? { nameTaken: true } : undefined });
}

/** `line`: the place of the line that carried the text, where one did. */
type Message = { message: string; line: number | null };

function readMessages(text: string): Message[] {
  const problem = problemSchema.safeParse(tryParse(text));
  if (!problem.success) return [];
  const all = listMessages(problem.data, null);
  const found = [...new Map(all.map((one) => [`${one.line}:${one.message}`, one])).values()];
  const general = problem.data.Detail || problem.data.Message;
  return found.length > 0 || !general ? found : [{ message: general, line: null }];
}

/** Nested objects, such as a line or a line's item, carry ValidationErrors too. */
function listMessages(value: unknown, line: number | null): Message[] {
  if (Array.isArray(value)) return value.flatMap((member) => listMessages(member, line));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    if (name === 'ValidationErrors') return readValidationErrors(member).map((message) => ({ message, line }));
    if (name === 'LineItems' && Array.isArray(member)) return member.flatMap((row, place) => listMessages(row, place));
    return listMessages(member, line);
  });
}

function readValidationErrors(errors: unknown): string[] {
  const parsed = z.array(z.object({ Message: z.string() })).safeParse(errors);
  return parsed.success ? parsed.data.map(({ Message }) => Message) : [];
}

function findPath(message: string, line: number | null): string {
  if (line !== null) return `lines.${line}`;
  return fieldWords.find(([words]) => words.test(message))?.[1] ?? '';
}

function tryParse(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return undefined;
  }
}
