import type { XeroContactDefaults } from '#server/xero/gateway.ts';
import type { FieldError } from '#shared/app-error.ts';
import type { NewLine } from '#shared/contract/document.ts';
import { taxSuitsAccount } from '#shared/tax-suits-account.ts';
import { findLockDate, type KnownChoices } from './choices.ts';
import { type DocumentForm, findTracking, finishOf } from './document-form.ts';

export type PreflightFacts = {
  choices: KnownChoices;
  contact: XeroContactDefaults;
  /** Numbers of bills of this supplier that carry the form's number already. */
  sameNumber: readonly { number: string | null; date: string | null }[];
  /** How many lines the deal has; null where the record is no deal. */
  dealLineCount: number | null;
  /** Ours that stands for the form's number as a bill of this supplier; `number` null: it is being saved. */
  heldNumber: { number: string | null } | null;
  /** Of the form's; `number` null: on an invoice that is being saved. */
  invoicedLines: readonly { index: number; number: string | null; isUnsure?: true }[];
  /** What this user may look at: others learn that something is used already, and nothing of what uses it. */
  sees: { bills: boolean; invoices: boolean };
};

/** What Xero would refuse, or what a person would regret, said beside the field before anything is sent. */
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
  if (contact.contact.isArchived) return [{ path, message: 'This contact is archived in Xero' }];
  const isEmailed = finishOf(form) === 'approve_and_email';
  return isEmailed && !contact.contact.email ? [{ path, message: 'This contact has no e-mail address in Xero' }] : [];
}

function checkDates(form: DocumentForm, { choices }: PreflightFacts): FieldError[] {
  const { body } = form;
  if (form.kind === 'quote') {
    const { expiryDate } = form.body;
    const isEarly = expiryDate !== undefined && expiryDate < body.date;
    return isEarly ? [{ path: 'expiryDate', message: 'The expiry date is before the quote’s date' }] : [];
  }
  const lockDate = findLockDate(choices.organisation);
  const isLocked = lockDate !== null && body.date <= lockDate;
  const isDueMissing = isApproved(form) && form.body.dueDate === undefined;
  return [
    ...(isLocked ? [{ path: 'date', message: `Xero’s books are locked up to ${lockDate}` }] : []),
    ...(isDueMissing ? [{ path: 'dueDate', message: 'Enter a due date to approve it' }] : []),
  ];
}

function checkHead(form: DocumentForm, facts: PreflightFacts): FieldError[] {
  const { kind, body } = form;
  const { choices } = facts;
  const theme = 'brandingThemeId' in body ? body.brandingThemeId?.toLowerCase() : undefined;
  return [
    ...(choices.currencies.some(({ code }) => code === body.currency)
      ? []
      : [{ path: 'currency', message: `The organisation in Xero does not use ${body.currency}` }]),
    ...(theme === undefined || choices.brandingThemes.some(({ id }) => id === theme)
      ? []
      : [{ path: 'brandingThemeId', message: 'This branding theme no longer exists in Xero' }]),
    // Said rather than dropped: Xero has `Reference` for sales only.
    ...(kind === 'bill' && body.reference
      ? [{ path: 'reference', message: 'Bills in Xero have a number but no reference' }]
      : []),
    ...checkBillNumber(form, facts),
  ];
}

function checkBillNumber({ kind, body }: DocumentForm, facts: PreflightFacts): FieldError[] {
  const { sameNumber, heldNumber, sees } = facts;
  const taken = sameNumber[0];
  if (kind !== 'bill' || (!taken && !heldNumber)) return [];
  const path = 'number';
  if (!sees.bills) return [{ path, message: 'This number is already used for a bill from this supplier' }];
  if (!taken) return [{ path, message: `A bill ${body.number} from this supplier is being saved` }];
  const dated = taken.date ? `, dated ${taken.date}` : '';
  return [{ path, message: `This supplier already has a bill ${taken.number}${dated}` }];
}

function isApproved(form: DocumentForm): boolean {
  return ['approve', 'approve_and_email'].includes(finishOf(form));
}

function checkLine(form: DocumentForm, line: NewLine, { choices }: PreflightFacts): FieldError[] {
  const item = choices.items.find(({ code }) => code === line.itemCode);
  const side = form.kind === 'bill' ? item?.purchases : item?.sales;
  const accountCode = line.accountCode ?? side?.accountCode ?? undefined;
  const tracked = line.tracking ?? [];
  return [
    ...checkItem(form, line, { isKnown: item !== undefined, isUsable: side != null }),
    ...checkAccount(form, line, accountCode, choices),
    ...checkTax(form, line, accountCode, choices),
    ...(tracked.every((chosen) => findTracking(choices, chosen))
      ? []
      : [{ path: 'tracking', message: 'This tracking option no longer exists in Xero' }]),
    // Quotes have no `unitdp`: what Xero would make of more is not documented, and the preview must hold.
    ...(form.kind === 'quote' && /\.\d{2}\d*[1-9]/.test(line.unitAmount)
      ? [{ path: 'unitAmount', message: 'Quote prices can have two decimals at most' }]
      : []),
    ...(form.kind === 'bill' && line.discount !== undefined && Number(line.discount) !== 0
      ? [{ path: 'discount', message: 'Bills in Xero cannot have discounts, so lower the price instead' }]
      : []),
  ];
}

function checkItem(
  { kind }: DocumentForm,
  { itemCode }: NewLine,
  { isKnown, isUsable }: { isKnown: boolean; isUsable: boolean },
): FieldError[] {
  if (itemCode === undefined || isUsable) return [];
  const use = kind === 'bill' ? 'purchases' : 'sales';
  return [
    {
      path: 'itemCode',
      message: isKnown ? `This item is not set up for ${use} in Xero` : `Xero has no active item ${itemCode}`,
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
  if (accountCode === undefined) return isApproved(form) ? [{ path, message: 'Choose an account to approve it' }] : [];
  if (accounts.some(({ code }) => code === accountCode)) return [];
  const whose = line.accountCode === undefined ? 'The item’s account' : 'Account';
  return [{ path, message: `${whose} ${accountCode} is not active in Xero` }];
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
  if (!rate) return [{ path, message: `Xero has no active tax rate ${taxType}` }];
  const account = accounts.find(({ code }) => code === accountCode);
  if (!account || taxSuitsAccount(rate, account)) return [];
  return [{ path, message: `${rate.name} cannot be used with account ${account.code} ${account.name}` }];
}

function checkDealLines({ kind, body }: DocumentForm, facts: PreflightFacts): FieldError[] {
  const { dealLineCount, invoicedLines, sees } = facts;
  return (body.fromDealLines ?? []).flatMap((index, place) => {
    const path = `fromDealLines.${place}`;
    if (dealLineCount === null || index >= dealLineCount)
      return [{ path, message: 'The deal does not have this line' }];
    const earlier = kind === 'invoice' ? invoicedLines.find((line) => line.index === index) : undefined;
    if (!earlier) return [];
    if (earlier.isUnsure) return [{ path, message: unsureWords(sees.invoices ? earlier.number : null) }];
    const where = earlier.number === null ? ', on an invoice that is being saved' : ` on ${earlier.number}`;
    return [{ path, message: `This line of the deal is already invoiced${sees.invoices ? where : ''}` }];
  });
}

/** Nothing was kept of it here, as after the database was put back from an older copy. */
function unsureWords(number: string | null): string {
  const invoice = number === null ? 'an invoice' : number;
  return `This line may already be on ${invoice}, which was created here earlier. Check in Xero. If it is not there, type the line instead of copying it`;
}
