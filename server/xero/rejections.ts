import { z } from 'zod';
import type { FieldError } from '#shared/app-error.ts';
import { AppError } from '#shared/app-error.ts';
import { parseExactJson } from './exact-json.ts';
import type { XeroAnswer } from './xero-answer.ts';

const problemSchema = z.object({
  Message: z.string().optional(),
  Detail: z.string().optional(),
  Elements: z.array(z.unknown()).optional(),
});

/** Xero says it in words only; this is the one place that reads them (source: xero.md, Contacts). */
const nameTaken = /contact name .* is already assigned to another contact/is;

/** Which of our fields a text of Xero speaks of, where its words tell. */
const fieldWords: readonly [RegExp, string][] = [
  [nameTaken, 'name'],
  [/email/i, 'email'],
  [/country/i, 'address.country'],
  [/phone/i, 'phone'],
];

/**
 * A 400 as xero_rejected. Xero's own texts are shown to the person, as its certification asks, and may hold what the
 * person typed: they stand in `details.errors` only, which is never logged; message and cause say nothing of them.
 */
export function toRejection(answer: XeroAnswer): AppError {
  const messages = readMessages(answer.text);
  const errors: FieldError[] = messages.map((message) => ({ path: findPath(message), message }));
  const isNameTaken = messages.some((message) => nameTaken.test(message));
  return new AppError('xero_rejected', { errors, extension: isNameTaken ? { nameTaken: true } : undefined });
}

function readMessages(text: string): string[] {
  const problem = problemSchema.safeParse(tryParse(text));
  if (!problem.success) return [];
  const found = [...new Set((problem.data.Elements ?? []).flatMap((element) => listMessages(element)))];
  const general = problem.data.Detail ?? problem.data.Message;
  return found.length > 0 || general === undefined ? found : [general];
}

/** Nested objects, such as a line's contact, carry ValidationErrors too. */
function listMessages(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(listMessages);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'ValidationErrors' ? readValidationErrors(member) : listMessages(member),
  );
}

function readValidationErrors(errors: unknown): string[] {
  const parsed = z.array(z.object({ Message: z.string() })).safeParse(errors);
  return parsed.success ? parsed.data.map(({ Message }) => Message) : [];
}

function findPath(message: string): string {
  return fieldWords.find(([words]) => words.test(message))?.[1] ?? '';
}

function tryParse(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return undefined;
  }
}
