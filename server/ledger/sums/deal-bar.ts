import type { DocumentHeader } from '#server/xero/documents/ledger-document.ts';
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  divideDecimals,
  type Money,
  multiplyDecimals,
  roundToCurrency,
  subtractDecimals,
} from '#shared/money.ts';

/** Without a value where the deal has none yet; the stages are all the same. */
export type Deal = { value?: Decimal | undefined; currency: string; valueIncludesTax: boolean };

/** In the deal's currency, and in each other currency beside it, in the order of their codes. */
export type Stage = { amount: Money; others: Money[] };
export type DealBar = {
  value?: Money;
  includesTax: boolean;
  quoted: Stage;
  invoiced: Stage;
  paid: Stage;
  /** What credits settled instead of payments; absent where nothing was. */
  credited?: Stage;
  notYetInvoiced?: Money;
};

/**
 * Value → quoted → invoiced → paid over the documents chosen for a deal; net unless the deal's value includes tax. A
 * deal without a value has no rest to invoice.
 * Quoted adds up quotes and the other two invoices, so that a quote and the invoice made from it are in each stage
 * once, also where the invoice was made in Xero and nothing tells that they belong together. Bills are no part of it.
 */
export function buildDealBar(deal: Deal, documents: readonly DocumentHeader[]): DealBar {
  const distinct = [...new Map(documents.map((document) => [document.id, document])).values()].filter(isCounted);
  const invoices = distinct.filter(({ kind }) => kind === 'invoice');
  const amountOf = ({ subTotal, total }: DocumentHeader) => (deal.valueIncludesTax ? total : subTotal);
  const quoted = toStage(
    deal,
    distinct.filter(({ kind }) => kind === 'quote'),
    amountOf,
  );
  const invoiced = toStage(deal, invoices, amountOf);
  const paid = toStage(deal, invoices, (invoice) => toDealAmount(invoice, paidOf(invoice), deal));
  const credited = toStage(deal, invoices, (invoice) => toDealAmount(invoice, creditedOf(invoice), deal));
  return {
    ...{ includesTax: deal.valueIncludesTax, quoted, invoiced, paid },
    ...(deal.value !== undefined && toWhole(deal.value, deal.currency, invoiced)),
    ...(hasAmount(credited) && { credited }),
  };
}

/** The value, and what is left of it; nothing where more was invoiced. */
function toWhole(dealValue: Decimal, currency: string, invoiced: Stage): Pick<DealBar, 'value' | 'notYetInvoiced'> {
  const value = { currency, amount: roundToCurrency(dealValue, currency) };
  const rest = subtractDecimals(value.amount, invoiced.amount.amount);
  const amount = roundToCurrency(compareDecimals(rest, '0') > 0 ? rest : '0', currency);
  return { value, notYetInvoiced: { currency, amount } };
}

/** Of these the deal has nothing any more. */
const gone: readonly string[] = ['DECLINED', 'DELETED', 'VOIDED'];

export function isCounted({ status }: Pick<DocumentHeader, 'status'>): boolean {
  return !gone.includes(status);
}

/** Payments alone. Where Xero does not tell them: what is not due any more, less what was credited. */
function paidOf(invoice: DocumentHeader): Decimal {
  const { amountPaid, total, amountDue } = invoice;
  if (!isApproved(invoice)) return '0';
  return amountPaid ?? subtractDecimals(subtractDecimals(total, amountDue), creditedOf(invoice));
}

/** Credit notes, prepayments and overpayments that were set against it. */
function creditedOf(invoice: DocumentHeader): Decimal {
  return isApproved(invoice) ? (invoice.amountCredited ?? '0') : '0';
}

function isApproved({ status }: DocumentHeader): boolean {
  return status === 'AUTHORISED' || status === 'PAID';
}

/** Net, the same share of the subtotal as of the total. */
function toDealAmount({ total, subTotal }: DocumentHeader, amount: Decimal, { valueIncludesTax }: Deal): Decimal {
  if (valueIncludesTax || compareDecimals(total, '0') === 0) return amount;
  return divideDecimals(multiplyDecimals([amount, subTotal]), total);
}

function hasAmount({ amount, others }: Stage): boolean {
  return compareDecimals(amount.amount, '0') !== 0 || others.length > 0;
}

/** Added up unrounded, rounded once. */
function toStage(
  { currency }: Deal,
  documents: readonly DocumentHeader[],
  amountOf: (document: DocumentHeader) => Decimal,
): Stage {
  const sumIn = (code: string): Money => {
    const amounts = documents.filter((document) => document.currency === code).map(amountOf);
    return { currency: code, amount: roundToCurrency(addDecimals(amounts), code) };
  };
  const others = [...new Set(documents.map((document) => document.currency))].filter((code) => code !== currency);
  const amounts = others.sort().map(sumIn);
  return { amount: sumIn(currency), others: amounts.filter(({ amount }) => compareDecimals(amount, '0') !== 0) };
}
