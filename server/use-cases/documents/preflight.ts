import { findLockDate } from '#server/use-cases/acting/organisation.ts';
import type { XeroContactDefaults } from '#server/xero/gateway.ts';
import type { FieldError } from '#shared/app-error.ts';
import type { NewLine } from '#shared/contract/document.ts';
import { documentKinds } from '#shared/document-kinds.ts';
import { taxSuitsAccount } from '#shared/tax-suits-account.ts';
import { toFieldError } from '#shared/words/field-error-words.ts';
import type { KnownChoices } from './choices.ts';
import { type DocumentForm, findTracking, finishOf } from './document-form.ts';
import type { InvoicedLine } from './reservations.ts';

export type PreflightFacts = {
  choices: KnownChoices;
  contact: XeroContactDefaults;
  /** Bills of this supplier that already have the form's number. */
  sameNumber: readonly { number: string | null; date: string | null }[];
  /** The number of the deal's lines; null when the record is not a deal. */
  dealLineCount: number | null;
  /** Our own write that holds the form's number as a bill of this supplier. `number` null: it is being saved. */
  heldNumber: { number: string | null } | null;
  /** Invoiced lines among the form's. `number` null: on an invoice that is being saved. */
  invoicedLines: readonly InvoicedLine[];
  /** What this user may view. Others learn only that something is already used, not by which document. */
  sees: { bills: boolean; invoices: boolean };
};

/**
 * Checks the form before anything is sent. Returns, by field, what Xero would refuse and what the person would regret.
 */
export function listPreflightErrors(form: DocumentForm, facts: PreflightFacts): FieldError[] {
  return [
    ...checkContact(form, facts),
    ...checkDates(form, facts),
    ...checkHead(form, facts),
    ...form.body.lines.flatMap((line, place) =>
      checkLine(form, line, facts).map((error) => ({ ...error, path: `lines.${place}.${error.path}` })),
    ),
    ...checkDealLines(form, facts),
  ];
}

function checkContact(form: DocumentForm, { contact }: PreflightFacts): FieldError[] {
  const path = 'contactId';
  if (contact.contact.isArchived) return [toFieldError(path, 'contact_archived')];
  const isEmailed = finishOf(form) === 'approve_and_email';
  return isEmailed && !contact.contact.email ? [toFieldError(path, 'email_missing')] : [];
}

function checkDates(form: DocumentForm, { choices }: PreflightFacts): FieldError[] {
  const { body } = form;
  if (form.kind === 'quote') {
    const { expiryDate } = form.body;
    const isEarly = expiryDate !== undefined && expiryDate < body.date;
    return isEarly ? [toFieldError('expiryDate', 'expiry_too_early')] : [];
  }
  const lockDate = findLockDate(choices.organisation);
  const isLocked = lockDate !== null && body.date <= lockDate;
  const isDueMissing = isApproved(form) && form.body.dueDate === undefined;
  return [
    ...(isLocked ? [toFieldError('date', 'date_locked', { date: lockDate })] : []),
    ...(isDueMissing ? [toFieldError('dueDate', 'due_date_missing')] : []),
  ];
}

function checkHead(form: DocumentForm, facts: PreflightFacts): FieldError[] {
  const { kind, body } = form;
  const { choices } = facts;
  const theme = 'brandingThemeId' in body ? body.brandingThemeId?.toLowerCase() : undefined;
  return [
    ...(choices.currencies.some(({ code }) => code === body.currency)
      ? []
      : [toFieldError('currency', 'currency_unused', { currency: body.currency })]),
    ...(theme === undefined || choices.brandingThemes.some(({ id }) => id === theme)
      ? []
      : [toFieldError('brandingThemeId', 'theme_gone')]),
    // Reported rather than dropped, because Xero has `Reference` only for sales.
    ...(!documentKinds[kind].hasReference && body.reference ? [toFieldError('reference', 'bill_reference')] : []),
    ...checkBillNumber(form, facts),
  ];
}

function checkBillNumber({ kind, body }: DocumentForm, facts: PreflightFacts): FieldError[] {
  const { sameNumber, heldNumber, sees } = facts;
  const taken = sameNumber[0];
  if (kind !== 'bill' || (!taken && !heldNumber)) return [];
  const path = 'number';
  if (!sees.bills) return [toFieldError(path, 'number_used')];
  const number = taken?.number ?? body.number ?? '';
  if (!taken) return [toFieldError(path, 'number_in_saving', { number })];
  const { date } = taken;
  return [
    date === null
      ? toFieldError(path, 'number_taken', { number })
      : toFieldError(path, 'number_taken_on', { number, date }),
  ];
}

function isApproved(form: DocumentForm): boolean {
  return ['approve', 'approve_and_email'].includes(finishOf(form));
}

function checkLine(form: DocumentForm, line: NewLine, { choices }: PreflightFacts): FieldError[] {
  const item = choices.items.find(({ code }) => code === line.itemCode);
  const side = item?.[documentKinds[form.kind].side];
  const accountCode = line.accountCode ?? side?.accountCode ?? undefined;
  const tracked = line.tracking ?? [];
  return [
    ...checkItem(form, line, { isKnown: item !== undefined, isUsable: side != null }),
    ...checkAccount(form, line, accountCode, choices),
    ...checkTax(form, line, accountCode, choices),
    ...(tracked.every((chosen) => findTracking(choices, chosen)) ? [] : [toFieldError('tracking', 'tracking_gone')]),
    // Quotes have no `unitdp`, and Xero does not document what it does with more decimals, so the preview could be
    // wrong.
    ...(documentKinds[form.kind].priceDecimals === 2 && /\.\d{2}\d*[1-9]/.test(line.unitAmount)
      ? [toFieldError('unitAmount', 'quote_price_too_fine')]
      : []),
    ...(!documentKinds[form.kind].hasDiscounts && line.discount !== undefined && Number(line.discount) !== 0
      ? [toFieldError('discount', 'bill_discount')]
      : []),
  ];
}

function checkItem(
  { kind }: DocumentForm,
  { itemCode }: NewLine,
  { isKnown, isUsable }: { isKnown: boolean; isUsable: boolean },
): FieldError[] {
  if (itemCode === undefined || isUsable) return [];
  const path = 'itemCode';
  if (!isKnown) return [toFieldError(path, 'item_unknown', { item: itemCode })];
  return [toFieldError(path, `item_not_for_${documentKinds[kind].side}`)];
}

function checkAccount(
  form: DocumentForm,
  line: NewLine,
  accountCode: string | undefined,
  { accounts }: KnownChoices,
): FieldError[] {
  const path = 'accountCode';
  if (accountCode === undefined) return isApproved(form) ? [toFieldError(path, 'account_missing')] : [];
  if (accounts.some(({ code }) => code === accountCode)) return [];
  const code = line.accountCode === undefined ? 'item_account_inactive' : 'account_inactive';
  return [toFieldError(path, code, { account: accountCode })];
}

function checkTax(
  { body }: DocumentForm,
  { taxType }: NewLine,
  accountCode: string | undefined,
  { taxRates, accounts }: KnownChoices,
): FieldError[] {
  const path = 'taxType';
  if (taxType === undefined || body.lineAmountTypes === 'none') return [];
  const rate = taxRates.find((one) => one.taxType === taxType);
  if (!rate) return [toFieldError(path, 'tax_inactive', { tax: taxType })];
  const account = accounts.find(({ code }) => code === accountCode);
  if (!account || taxSuitsAccount(rate, account)) return [];
  return [toFieldError(path, 'tax_unsuited', { tax: rate.name, account: `${account.code} ${account.name}` })];
}

function checkDealLines({ kind, body }: DocumentForm, facts: PreflightFacts): FieldError[] {
  const { dealLineCount, invoicedLines, sees } = facts;
  return (body.fromDealLines ?? []).flatMap((index, place) => {
    const path = `fromDealLines.${place}`;
    if (dealLineCount === null || index >= dealLineCount) return [toFieldError(path, 'deal_line_unknown')];
    const earlier = kind === 'invoice' ? invoicedLines.find((line) => line.index === index) : undefined;
    if (!earlier) return [];
    return [toInvoicedError(path, earlier, sees.invoices)];
  });
}

function toInvoicedError(path: string, { number, isUnsure }: InvoicedLine, seesInvoice: boolean): FieldError {
  // The write is lost, for example after a restore from an older backup.
  if (isUnsure) {
    return seesInvoice && number !== null
      ? toFieldError(path, 'deal_line_unsure_on', { number })
      : toFieldError(path, 'deal_line_unsure');
  }
  if (!seesInvoice) return toFieldError(path, 'deal_line_invoiced');
  return number === null
    ? toFieldError(path, 'deal_line_in_saving')
    : toFieldError(path, 'deal_line_invoiced_on', { number });
}
