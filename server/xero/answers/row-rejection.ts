import { AppError, type WriteProof } from '#shared/app-error.ts';

/** Why Xero refused something, where its words are known. In `details.extension.cause` of the error. */
export type RejectionCause =
  | 'name_taken'
  | 'number_taken'
  | 'contact_archived'
  | 'period_locked'
  | 'account_invalid'
  | 'tax_invalid'
  | 'currency'
  | 'plan_limit'
  | 'reconciled'
  | 'has_payments'
  | 'not_enough_due';

/**
 * Xero gives reasons only in words, and documents no list of them. These were observed in its documentation, its help
 * and by others. The first match of a message counts, so what is more exact comes first. This is the only place that parses them.
 */
const causeWords: readonly [RegExp, RejectionCause][] = [
  [/reached the limit of (invoices|bills)/i, 'plan_limit'],
  [/lock date/i, 'period_locked'],
  [/contact name .* is already assigned|unique name|name .*already (in use|exists)/is, 'name_taken'],
  [/must be unique|unique code|with code .* already exists|(number|code) .* is already assigned/is, 'number_taken'],
  [/archived contact|contact .*archived/is, 'contact_archived'],
  [/reconciled/i, 'reconciled'],
  [/has a payment or credit note|has payments/i, 'has_payments'],
  [/exceeds the amount outstanding|already been paid off/i, 'not_enough_due'],
  [/not subscribed to currency/i, 'currency'],
  [/tax ?type|tax rate/i, 'tax_invalid'],
  [/account/i, 'account_invalid'],
];

/** The first cause that Xero names. The plan's limit holds up everything, so what is wrong with the record itself counts. */
export function findCause(messages: readonly string[]): RejectionCause | undefined {
  const causes = messages.flatMap((message) => causeWords.find(([words]) => words.test(message))?.[1] ?? []);
  return causes.find((cause) => cause !== 'plan_limit') ?? causes[0];
}

/**
 * The refusal of one record, with Xero's own words and their cause. Its fields are not named, as the record has others
 * than Xero's element.
 */
export function toRecordRejection(messages: readonly string[], proof: WriteProof | undefined): AppError {
  const cause = findCause(messages);
  return new AppError('xero_rejected', {
    errors: messages.map((message) => ({ path: '', message })),
    ...(cause && { extension: { cause } }),
    ...(proof && { proof }),
  });
}
