import { z } from 'zod';
import { tryParseExactJson } from '#server/xero/bytes/exact-json.ts';
import type { FieldError } from '#shared/app-error.ts';
import { AppError } from '#shared/app-error.ts';
import type { XeroAnswer } from './xero-answer.ts';

const problemSchema = z.looseObject({ Message: z.string().nullish(), Detail: z.string().nullish() });

/**
 * Xero reports a taken name only in words: "The contact name X is already assigned to another contact. The contact name
 * must be unique across all active contacts." This is the only place that parses these words.
 */
const nameTaken = /contact name .* is already assigned to another contact/is;

/** Which field of a new contact a message of Xero is about. The first match counts. */
const fieldWords: readonly [RegExp, string][] = [
  [nameTaken, 'name'],
  [/first ?name/i, 'firstName'],
  [/last ?name/i, 'lastName'],
  [/e-?mail/i, 'email'],
  [/country/i, 'address.country'],
  [/post(al)? ?code/i, 'address.postalCode'],
  [/phone/i, 'phone'],
  // Of all contact fields, only the name may not contain angle brackets.
  [/\bname\b|[<>]|angle bracket/i, 'name'],
];

/**
 * Turns a 400, or a 200 with errors inside, into xero_rejected. Xero's certification requires that people see Xero's
 * own messages. They may contain what the person typed, so they are only in `details.errors`, which is never logged,
 * and not in the message or the cause.
 */
export function toRejection(answer: XeroAnswer): AppError {
  const found = readMessages(answer.text);
  const errors: FieldError[] = found.map(({ message, line }) => ({ path: findPath(message, line), message }));
  const isNameTaken = found.some(({ message }) => nameTaken.test(message));
  return new AppError('xero_rejected', { errors, extension: isNameTaken ? { nameTaken: true } : undefined });
}

/** Xero's messages about one element of an answer, and about what is inside it. */
export function listElementMessages(element: unknown): string[] {
  return [...new Set(listMessages(element, null).map(({ message }) => message))];
}

/** `line`: the index of the line that contained the message, if any. */
type Message = { message: string; line: number | null };

function readMessages(text: string): Message[] {
  const problem = problemSchema.safeParse(tryParseExactJson(text));
  if (!problem.success) return [];
  const all = listMessages(problem.data, null);
  const found = [...new Map(all.map((one) => [`${one.line}:${one.message}`, one])).values()];
  const general = problem.data.Detail || problem.data.Message;
  return found.length > 0 || !general ? found : [{ message: general, line: null }];
}

/** Nested objects, such as a line or a line's item, may also contain ValidationErrors. */
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
