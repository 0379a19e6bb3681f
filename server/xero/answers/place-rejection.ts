import { z } from 'zod';
import { parseExactJson } from '#server/xero/bytes/exact-json.ts';
import { AppError, type FieldError } from '#shared/app-error.ts';

const sentLineSchema = z.object({
  AccountCode: z.string().optional(),
  TaxType: z.string().optional(),
  ItemCode: z.string().optional(),
});
const sentDocumentSchema = z.object({ LineItems: z.array(sentLineSchema).default([]) });
const sentSchema = z.union([
  z.object({ Invoices: z.tuple([sentDocumentSchema]) }).transform(({ Invoices: [document] }) => document),
  z.object({ Quotes: z.tuple([sentDocumentSchema]) }).transform(({ Quotes: [document] }) => document),
]);
type SentLine = z.output<typeof sentLineSchema>;

/**
 * Which field of a line a validation message of Xero is about. The first match counts. Xero documents no list of
 * messages; examples: "Account code '999' is not a valid code for this document.", "The TaxType code 'x' cannot be used
 * with account code 'y'."
 */
const lineWords: readonly [RegExp, string, (line: SentLine) => string | undefined][] = [
  [/tax\s?type|tax rate/i, 'taxType', (line) => line.TaxType],
  [/account/i, 'accountCode', (line) => line.AccountCode],
  [/item/i, 'itemCode', (line) => line.ItemCode],
  [/discount/i, 'discount', () => undefined],
  [/tracking/i, 'tracking', () => undefined],
  [/quantity/i, 'quantity', () => undefined],
  [/unit ?(amount|price)/i, 'unitAmount', () => undefined],
  [/description/i, 'description', () => undefined],
];

/** Which field of the form a message is about. These words appear in no message about a line. */
const documentWords: readonly [RegExp, string][] = [
  [/invoice (#|number)|quote (#|number)|must be unique/i, 'number'],
  [/due date/i, 'dueDate'],
  [/expiry date/i, 'expiryDate'],
  [/lock date|document date|\bdate\b/i, 'date'],
  [/currency/i, 'currency'],
  [/branding/i, 'brandingThemeId'],
  [/e-?mail/i, 'contactId'],
  [/contact/i, 'contactId'],
  [/reference/i, 'reference'],
  [/\btitle\b/i, 'title'],
  [/\bsummary\b/i, 'summary'],
  [/\bterms\b/i, 'terms'],
];

/** Assigns Xero's messages to the form's fields: `lines.0.accountCode`, `number`, `date`. */
export function placeRejection(error: AppError, sentJson: string): AppError {
  const { errors } = error.details;
  if (error.code !== 'xero_rejected' || !errors) return error;
  const sent = sentSchema.safeParse(parseExactJson(sentJson));
  const lines = sent.success ? sent.data.LineItems : [];
  const placed = errors.flatMap((one) => placeError(one, lines));
  return new AppError('xero_rejected', { ...error.details, errors: placed, cause: error });
}

function placeError({ path, message }: FieldError, lines: readonly SentLine[]): FieldError[] {
  const found = lineWords.find(([words]) => words.test(message));
  if (path.startsWith('lines.')) return [{ path: found ? `${path}.${found[1]}` : path, message }];
  const places = found ? findLines(message, lines, found) : [];
  if (found && places.length > 0) return places.map((place) => ({ path: `lines.${place}.${found[1]}`, message }));
  return [{ path: documentWords.find(([words]) => words.test(message))?.[1] ?? '', message }];
}

/**
 * Finds the lines that contain what the message quotes. A message that quotes nothing belongs to the only line, if
 * there is one.
 */
function findLines(message: string, lines: readonly SentLine[], [, , read]: (typeof lineWords)[number]): number[] {
  const quoted = [...message.matchAll(/['"‘“]([^'"’”]+)['"’”]/g)].map(([, text]) => text);
  const holding = lines.flatMap((line, place) => (quoted.includes(read(line) ?? '') ? [place] : []));
  if (holding.length > 0) return holding;
  return quoted.length === 0 && lines.length === 1 ? [0] : [];
}
