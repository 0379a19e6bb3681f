import type { FieldError } from '#shared/app-error.ts';

const checkInXero = 'Check in Xero whether the quote is already invoiced. If it is not, convert it there.';
const maybeInvoiced =
  'which was created here earlier. Check in Xero. If it is not there, type the line instead of copying it.';

/**
 * What is wrong with a document, by code, as it is shown beside a field. The form in the widget and the checks on the
 * server use the same sentences. `{date}` is a calendar date.
 */
export const fieldErrorWords = {
  contact_archived: 'This contact is archived in Xero. Restore it there first.',
  email_missing: 'This contact has no e-mail address in Xero.',
  expiry_too_early: 'The expiry date is before the quote’s date.',
  date_locked: 'The books are locked up to {date}. Choose a later date.',
  due_date_missing: 'Enter a due date to approve it.',
  currency_unused: 'The organisation in Xero does not use {currency}.',
  theme_gone: 'This branding theme no longer exists in Xero.',
  bill_reference: 'Bills in Xero have a number but no reference.',
  number_used: 'This number is already used for a bill from this supplier.',
  number_in_saving: 'A bill {number} from this supplier is being saved.',
  number_taken: 'This supplier already has a bill {number}.',
  number_taken_on: 'This supplier already has a bill {number}, dated {date}.',
  tracking_gone: 'This tracking option no longer exists in Xero.',
  quote_price_too_fine: 'Quote prices can have two decimals at most.',
  bill_discount: 'Bills in Xero cannot have discounts, so lower the price instead.',
  item_unknown: 'Xero has no active item {item}.',
  item_not_for_sales: 'This item is not set up for sales in Xero.',
  item_not_for_purchases: 'This item is not set up for purchases in Xero.',
  account_missing: 'Choose an account.',
  account_inactive: 'Account {account} is not active in Xero.',
  item_account_inactive: 'The item’s account {account} is not active in Xero.',
  tax_inactive: 'Tax rate {tax} is not active in Xero.',
  tax_unsuited: '{tax} cannot be used with account {account}. Choose another tax.',
  deal_line_unknown: 'The deal does not have this line.',
  /** Does not mention the invoice, for people who may not view it. */
  deal_line_invoiced: 'This line of the deal is already invoiced.',
  deal_line_invoiced_on: 'This line of the deal is already invoiced on {number}.',
  deal_line_in_saving: 'This line of the deal is already invoiced, on an invoice that is being saved.',
  deal_line_unsure: `This line may already be on an invoice, ${maybeInvoiced}`,
  deal_line_unsure_on: `This line may already be on {number}, ${maybeInvoiced}`,

  // Why a quote cannot be converted to an invoice.
  quote_line_unknown_member: 'Line {line} of the quote has “{member}”, which cannot be copied to an invoice here.',
  quote_line_too_fine: 'Line {line} of the quote has more decimals than an invoice allows.',
  quote_line_option_missing: 'Line {line} of the quote has a tracking category without an option.',
  quote_line_tax_missing:
    'Line {line} of the quote has no tax rate, but Xero would add the account’s tax on an invoice.',
  quote_line_amount_differs:
    'Line {line} of the quote has an amount that does not match its quantity, price and discount.',
  quote_total_differs: 'The lines of the quote do not add up to its total.',
  reference_too_long:
    'The quote’s reference and number together are longer than an invoice’s reference can be ({most}).',
  terms_missing: 'Xero has no payment terms for this contact or for the organisation. Enter a due date.',
  due_date_too_early: 'The due date is before the invoice’s date, which is today.',
  quote_converted: 'An invoice was already created from this quote.',
  quote_converted_to: '{number} was already created from this quote.',
  quote_likely_converted: `An invoice mentions this quote and was created here earlier. ${checkInXero}`,
  quote_likely_converted_to: `{number} mentions this quote and was created here earlier. ${checkInXero}`,
  quote_invoices_unchecked: `Not all invoices of this contact could be checked. ${checkInXero}`,
} as const;

type FieldErrorCode = keyof typeof fieldErrorWords;

/** The names in braces, of which each needs a value. */
type NamesIn<Words extends string> = Words extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;
type ValuesOf<Code extends FieldErrorCode> = Record<NamesIn<(typeof fieldErrorWords)[Code]>, string>;
type Given<Code extends FieldErrorCode> = [NamesIn<(typeof fieldErrorWords)[Code]>] extends [never]
  ? []
  : [values: ValuesOf<Code>];

/** The sentence of a code. */
export function sayFieldError<Code extends FieldErrorCode>(code: Code, ...[values]: Given<Code>): string {
  return fill(fieldErrorWords[code], values ?? {});
}

/** An error beside a field: its code for the widget, and the sentence for other clients. */
export function toFieldError<Code extends FieldErrorCode>(path: string, code: Code, ...given: Given<Code>): FieldError {
  const [values] = given;
  return { path, code, ...(values && { values }), message: sayFieldError(code, ...given) };
}

/**
 * The sentence of an error that the server sent, with dates as the reader writes them. Errors without a code of ours,
 * such as Xero's own, keep their message.
 */
export function readFieldError(
  { code, values = {}, message }: FieldError,
  writeDate: (date: string) => string,
): string {
  if (code === undefined || !isFieldErrorCode(code)) return message;
  const { date, ...others } = values;
  return fill(fieldErrorWords[code], date === undefined ? others : { ...others, date: writeDate(date) });
}

function isFieldErrorCode(code: string): code is FieldErrorCode {
  return Object.hasOwn(fieldErrorWords, code);
}

function fill(words: string, values: Readonly<Record<string, string>>): string {
  return words.replace(/\{(\w+)\}/g, (name, key: string) => values[key] ?? name);
}
