import type { NewXeroDocument } from '#server/xero/bytes/format-document.ts';
import type { XeroTracking } from '#server/xero/documents/document.ts';
import type { Finish, NewBill, NewInvoice, NewQuote } from '#shared/contract/document.ts';
import { documentKinds } from '#shared/document-kinds.ts';
import { computeTotals } from '#shared/document-totals.ts';
import type { Decimal } from '#shared/money.ts';
import type { KnownChoices } from './choices.ts';

/** A form of one of the three kinds, validated by the contract. */
export type DocumentForm =
  | { kind: 'quote'; body: NewQuote }
  | { kind: 'invoice'; body: NewInvoice }
  | { kind: 'bill'; body: NewBill };

export function finishOf(form: DocumentForm): Finish {
  return form.kind === 'quote' ? 'draft' : form.body.finish;
}

const statusOf: Readonly<Record<Finish, string>> = {
  draft: 'DRAFT',
  submit: 'SUBMITTED',
  approve: 'AUTHORISED',
  approve_and_email: 'AUTHORISED',
};

/** The form in Xero's terms. `url` links from Xero back to the record and contains the write's id. */
export function toNewDocument(
  form: DocumentForm,
  { contactId, url, choices }: { contactId: string; url: string; choices: TaxChoices & Pick<KnownChoices, 'tracking'> },
): NewXeroDocument {
  const { body } = form;
  const isTaxed = body.lineAmountTypes !== 'none';
  return {
    contactId,
    status: statusOf[finishOf(form)],
    date: body.date,
    dueDate: 'expiryDate' in body ? body.expiryDate : 'dueDate' in body ? body.dueDate : undefined,
    currency: body.currency,
    lineAmountTypes: body.lineAmountTypes,
    number: body.number,
    reference: body.reference,
    ...(form.kind === 'quote' ? pickTexts(form.body) : { url }),
    ...('brandingThemeId' in body && { brandingThemeId: body.brandingThemeId }),
    lines: body.lines.map(({ tracking, ...line }) => ({
      ...line,
      taxType: isTaxed ? toSentTaxType(form, line, choices) : undefined,
      tracking: tracking?.flatMap((chosen) => findTracking(choices, chosen) ?? []),
    })),
  };
}

/**
 * Quotes take no tax from an account (Xero's documentation of Quotes), so it is named there. Otherwise Xero decides.
 */
function toSentTaxType(form: DocumentForm, line: FormLine, choices: TaxChoices): string | undefined {
  return form.kind === 'quote' ? findTaxType(form, line, choices) : line.taxType;
}

function pickTexts({ title, summary, terms }: NewQuote) {
  return { title, summary, terms };
}

export function findTracking(
  { tracking }: Pick<KnownChoices, 'tracking'>,
  { categoryId, optionId }: { categoryId: string; optionId: string },
): XeroTracking | undefined {
  const category = tracking.find(({ id }) => id === categoryId.toLowerCase());
  const option = category?.options.find(({ id }) => id === optionId.toLowerCase());
  if (!category || !option) return undefined;
  return { name: category.name, option: option.name, categoryId: category.id, optionId: option.id };
}

/**
 * Our own total before Xero computes its own; null when a line leaves its tax to Xero or has a tax that only Xero can
 * compute.
 */
export function computePreview(form: DocumentForm, choices: KnownChoices): Decimal | null {
  const { currency, lineAmountTypes, lines } = form.body;
  const taxed = lines.map((line) => {
    const rate = lineAmountTypes === 'none' ? noTax : findTaxRate(form, line, choices);
    if (!rate || rate.rate === null) return null;
    const { quantity, unitAmount, discount } = line;
    return { quantity, unitAmount, discount, taxRate: rate.rate, taxComponents: rate.components };
  });
  const known = taxed.filter((line) => line !== null);
  if (known.length < taxed.length) return null;
  const unitAmountDecimals = documentKinds[form.kind].priceDecimals;
  return computeTotals({ currency, lineAmountTypes, lines: known, unitAmountDecimals }).total;
}

const noTax = { rate: '0', components: [] };

type FormLine = DocumentForm['body']['lines'][number];
export type TaxChoices = Pick<KnownChoices, 'items' | 'accounts' | 'taxRates'>;

function findTaxRate(form: DocumentForm, line: FormLine, choices: KnownChoices) {
  const taxType = findTaxType(form, line, choices);
  return choices.taxRates.find((rate) => rate.taxType === taxType);
}

/** The line's own tax, or else its account's. */
function findTaxType({ kind }: DocumentForm, line: FormLine, choices: TaxChoices): string | undefined {
  return line.taxType ?? findAccountTax(kind, line, choices);
}

/** The tax of the line's account. An item sets an account but no tax (Xero's documentation of Invoices). */
export function findAccountTax(
  kind: DocumentForm['kind'],
  line: { itemCode?: string | null; accountCode?: string | null },
  choices: Pick<TaxChoices, 'items' | 'accounts'>,
): string | undefined {
  const item = choices.items.find(({ code }) => code === line.itemCode);
  const side = item?.[documentKinds[kind].side];
  const accountCode = line.accountCode ?? side?.accountCode;
  const account = choices.accounts.find(({ code }) => code === accountCode);
  return account?.taxType ?? undefined;
}
