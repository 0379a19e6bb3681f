import type { XeroContactDefaults } from '#server/xero/gateway.ts';
import type { FieldError } from '#shared/app-error.ts';
import type { NewLine } from '#shared/contract/document.ts';
import { documentKinds } from '#shared/document-kinds.ts';
import { taxSuitsAccount } from '#shared/tax-suits-account.ts';
import { findLockDate, type KnownChoices } from './choices.ts';
import { type DocumentForm, findTracking, finishOf } from './document-form.ts';
import { preflightWords } from './preflight-words.ts';

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
  invoicedLines: readonly { index: number; number: string | null; isUnsure?: true }[];
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
      checkLine(form, line, facts).map(({ path, message }) => ({ path: `lines.${place}.${path}`, message })),
    ),
    ...checkDealLines(form, facts),
  ];
}

function checkContact(form: DocumentForm, { contact }: PreflightFacts): FieldError[] {
  const path = 'contactId';
  if (contact.contact.isArchived) return [{ path, message: preflightWords.contactArchived() }];
  const isEmailed = finishOf(form) === 'approve_and_email';
  return isEmailed && !contact.contact.email ? [{ path, message: preflightWords.emailMissing() }] : [];
}

function checkDates(form: DocumentForm, { choices }: PreflightFacts): FieldError[] {
  const { body } = form;
  if (form.kind === 'quote') {
    const { expiryDate } = form.body;
    const isEarly = expiryDate !== undefined && expiryDate < body.date;
    return isEarly ? [{ path: 'expiryDate', message: preflightWords.expiresEarly() }] : [];
  }
  const lockDate = findLockDate(choices.organisation);
  const isLocked = lockDate !== null && body.date <= lockDate;
  const isDueMissing = isApproved(form) && form.body.dueDate === undefined;
  return [
    ...(isLocked ? [{ path: 'date', message: preflightWords.dateLocked(lockDate) }] : []),
    ...(isDueMissing ? [{ path: 'dueDate', message: preflightWords.dueDateMissing() }] : []),
  ];
}

function checkHead(form: DocumentForm, facts: PreflightFacts): FieldError[] {
  const { kind, body } = form;
  const { choices } = facts;
  const theme = 'brandingThemeId' in body ? body.brandingThemeId?.toLowerCase() : undefined;
  return [
    ...(choices.currencies.some(({ code }) => code === body.currency)
      ? []
      : [{ path: 'currency', message: preflightWords.currencyUnused(body.currency) }]),
    ...(theme === undefined || choices.brandingThemes.some(({ id }) => id === theme)
      ? []
      : [{ path: 'brandingThemeId', message: preflightWords.themeGone() }]),
    // Reported rather than dropped, because Xero has `Reference` only for sales.
    ...(kind === 'bill' && body.reference ? [{ path: 'reference', message: preflightWords.billReference() }] : []),
    ...checkBillNumber(form, facts),
  ];
}

function checkBillNumber({ kind, body }: DocumentForm, facts: PreflightFacts): FieldError[] {
  const { sameNumber, heldNumber, sees } = facts;
  const taken = sameNumber[0];
  if (kind !== 'bill' || (!taken && !heldNumber)) return [];
  const path = 'number';
  if (!sees.bills) return [{ path, message: preflightWords.numberUsed() }];
  if (!taken) return [{ path, message: preflightWords.numberInSaving(body.number) }];
  return [{ path, message: preflightWords.numberTaken(taken.number, taken.date) }];
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
    ...(tracked.every((chosen) => findTracking(choices, chosen))
      ? []
      : [{ path: 'tracking', message: preflightWords.trackingGone() }]),
    // Quotes have no `unitdp`, and Xero does not document what it does with more decimals, so the preview could be
    // wrong.
    ...(form.kind === 'quote' && /\.\d{2}\d*[1-9]/.test(line.unitAmount)
      ? [{ path: 'unitAmount', message: preflightWords.quotePriceTooFine() }]
      : []),
    ...(form.kind === 'bill' && line.discount !== undefined && Number(line.discount) !== 0
      ? [{ path: 'discount', message: preflightWords.billDiscount() }]
      : []),
  ];
}

function checkItem(
  { kind }: DocumentForm,
  { itemCode }: NewLine,
  { isKnown, isUsable }: { isKnown: boolean; isUsable: boolean },
): FieldError[] {
  if (itemCode === undefined || isUsable) return [];
  return [
    {
      path: 'itemCode',
      message: isKnown ? preflightWords.itemUnsuited(kind === 'bill') : preflightWords.itemUnknown(itemCode),
    },
  ];
}

function checkAccount(
  form: DocumentForm,
  line: NewLine,
  accountCode: string | undefined,
  { accounts }: KnownChoices,
): FieldError[] {
  const path = 'accountCode';
  if (accountCode === undefined) return isApproved(form) ? [{ path, message: preflightWords.accountMissing() }] : [];
  if (accounts.some(({ code }) => code === accountCode)) return [];
  const words = line.accountCode === undefined ? preflightWords.itemAccountInactive : preflightWords.accountInactive;
  return [{ path, message: words(accountCode) }];
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
  if (!rate) return [{ path, message: preflightWords.taxInactive(taxType) }];
  const account = accounts.find(({ code }) => code === accountCode);
  if (!account || taxSuitsAccount(rate, account)) return [];
  return [{ path, message: preflightWords.taxUnsuited(rate.name, account) }];
}

function checkDealLines({ kind, body }: DocumentForm, facts: PreflightFacts): FieldError[] {
  const { dealLineCount, invoicedLines, sees } = facts;
  return (body.fromDealLines ?? []).flatMap((index, place) => {
    const path = `fromDealLines.${place}`;
    if (dealLineCount === null || index >= dealLineCount) return [{ path, message: preflightWords.dealLineUnknown() }];
    const earlier = kind === 'invoice' ? invoicedLines.find((line) => line.index === index) : undefined;
    if (!earlier) return [];
    // The write is lost, for example after a restore from an older backup.
    if (earlier.isUnsure)
      return [{ path, message: preflightWords.dealLineUnsure(sees.invoices ? earlier.number : null) }];
    const { dealLineInvoiced, dealLineInvoicedOn } = preflightWords;
    return [{ path, message: sees.invoices ? dealLineInvoicedOn(earlier.number) : dealLineInvoiced() }];
  });
}
