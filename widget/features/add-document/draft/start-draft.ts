import { addDays, type CalendarDate } from '#shared/calendar.ts';
import type { Choices, ItemChoice } from '#shared/contract/choices.ts';
import type { DocumentKind } from '#shared/contract/document.ts';
import { documentKinds } from '#shared/document-kinds.ts';
import { computeDueDate } from '#shared/payment-terms.ts';
import { newKey } from '#widget/lib/new-key.ts';
import { type DocumentDraft, isEmptyLine, type LineDraft } from './draft.ts';
import { startAccountCode, startTaxType } from './sides.ts';
import type { Typing } from './typing.ts';

/** How long a quote is valid if the contact has no payment terms, in days. */
const quoteDays = 30;

/** A new form, filled with what the record, the contact and the settings know. */
export function startDraft(kind: DocumentKind, choices: Choices, typing: Typing): DocumentDraft {
  const { today } = choices.organisation;
  return {
    kind,
    date: typing.writeDate(today),
    dueDate: writeDueDate(kind, choices, today, typing),
    isDueDateTyped: false,
    title: '',
    summary: '',
    terms: '',
    reference: '',
    number: '',
    currency: startCurrency(choices),
    lineAmountTypes: 'exclusive',
    brandingThemeId: null,
    lines: [startLine(kind, choices)],
  };
}

/** The deal's or the contact's currency, if the organisation uses it. */
function startCurrency({ currencies, contact, deal, organisation }: Choices): string {
  const wanted = [deal?.currency, contact?.currency];
  return wanted.find((code) => currencies.some((currency) => currency.code === code)) ?? organisation.baseCurrency;
}

/** Empty if no payment terms are known, as in Xero's own forms. */
export function writeDueDate(kind: DocumentKind, choices: Choices, date: CalendarDate, typing: Typing): string {
  const which = documentKinds[kind].terms;
  const terms = choices.contact?.paymentTerms[which] ?? choices.organisation.paymentTerms[which];
  if (terms) return typing.writeDate(computeDueDate(date, terms));
  return kind === 'quote' ? typing.writeDate(addDays(date, quoteDays)) : '';
}

export function startLine(kind: DocumentKind, choices: Choices): LineDraft {
  const accountCode = startAccountCode(choices, kind);
  return {
    id: newKey().slice(0, 8),
    itemCode: null,
    description: '',
    quantity: '1',
    unitAmount: '',
    discount: '',
    accountCode,
    taxType: startTaxType(choices, kind, accountCode),
    tracking: {},
    dealLine: null,
  };
}

/** Takes description, price, account and tax from an item. What the item does not know stays unchanged. */
export function withItem(line: LineDraft, item: ItemChoice, kind: DocumentKind, choices: Choices, typing: Typing) {
  const side = item[documentKinds[kind].side];
  const accountCode = findCode(choices.accounts, side?.accountCode) ?? line.accountCode;
  const itemTax = choices.taxRates.find(({ taxType }) => taxType === side?.taxType)?.taxType;
  return {
    ...line,
    itemCode: item.code,
    description: side?.description ?? (line.description.trim() === '' || line.itemCode ? item.name : line.description),
    unitAmount: side?.unitAmount ? typing.writePrice(side.unitAmount) : line.unitAmount,
    accountCode,
    taxType: itemTax ?? startTaxType(choices, kind, accountCode) ?? line.taxType,
  } satisfies LineDraft;
}

function findCode(accounts: Choices['accounts'], wanted: string | null | undefined): string | undefined {
  return accounts.find(({ code }) => code === wanted)?.code;
}

/** The deal's lines that have not been invoiced yet. A quote may repeat invoiced lines. */
export function copyFromDeal(draft: DocumentDraft, choices: Choices, typing: Typing): DocumentDraft {
  const taken = new Set(draft.lines.map(({ dealLine }) => dealLine));
  const copied = listCopyable(draft.kind, choices)
    .filter(({ index }) => !taken.has(index))
    .map(({ line, index }) => {
      const start = startLine(draft.kind, choices);
      const item = choices.items.find(({ code }) => code === line.itemCode);
      return {
        ...(item ? withItem(start, item, draft.kind, choices, typing) : start),
        description: line.description,
        quantity: typing.writeQuantity(line.quantity),
        unitAmount: typing.writePrice(line.unitAmount),
        dealLine: index,
      };
    });
  if (copied.length === 0) return draft;
  return { ...draft, lines: [...draft.lines.filter((line) => !isEmptyLine(line)), ...copied] };
}

export function listCopyable(kind: DocumentKind, { deal }: Choices) {
  const invoiced = new Set(deal?.invoiced.map(({ index }) => index));
  const lines = (deal?.lines ?? []).map((line, index) => ({ line, index }));
  return kind === 'quote' ? lines : lines.filter(({ index }) => !invoiced.has(index));
}
