import type { Finish, NewBill, NewInvoice, NewQuote } from '#shared/contract/document.ts';
import { computeTotals } from '#shared/document-totals.ts';
import type { Decimal } from '#shared/money.ts';
import type { NewXeroDocument } from '../../xero/format-document.ts';
import type { KnownChoices } from '../choices.ts';

/** A form of one of the three kinds, as the contract checked it. */
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

/** The form in Xero's terms. `url` leads from Xero back to the record and carries the write's id. */
export function toNewDocument(
  form: DocumentForm,
  { contactId, url, choices }: { contactId: string; url: string; choices: Pick<KnownChoices, 'tracking'> },
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
    lines: body.lines.map(({ tracking, taxType, ...line }) => ({
      ...line,
      taxType: isTaxed ? taxType : undefined,
      tracking: tracking?.flatMap((chosen) => findTracking(choices, chosen) ?? []),
    })),
  };
}

function pickTexts({ title, summary, terms }: NewQuote) {
  return { title, summary, terms };
}

export function findTracking(
  { tracking }: Pick<KnownChoices, 'tracking'>,
  { categoryId, optionId }: { categoryId: string; optionId: string },
): { category: string; option: string } | undefined {
  const category = tracking.find(({ id }) => id === categoryId.toLowerCase());
  const option = category?.options.find(({ id }) => id === optionId.toLowerCase());
  return category && option && { category: category.name, option: option.name };
}

/** Our own total before Xero computes its; null where a line leaves its tax to Xero, or has one only Xero works out. */
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
  const unitAmountDecimals = form.kind === 'quote' ? 2 : 4;
  return computeTotals({ currency, lineAmountTypes, lines: known, unitAmountDecimals }).total;
}

const noTax = { rate: '0', components: [] };

/** The line's own tax, else its account's: an item brings an account but no tax (source: xero.md, Writing). */
function findTaxRate({ kind }: DocumentForm, line: DocumentForm['body']['lines'][number], choices: KnownChoices) {
  const item = choices.items.find(({ code }) => code === line.itemCode);
  const side = kind === 'bill' ? item?.purchases : item?.sales;
  const accountCode = line.accountCode ?? side?.accountCode;
  const account = choices.accounts.find(({ code }) => code === accountCode);
  const taxType = line.taxType ?? account?.taxType;
  return choices.taxRates.find((rate) => rate.taxType === taxType);
}
