import type { DocumentHeader } from '#server/xero/documents/document-header.ts';
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

/** `value` is missing when the deal has none yet. The stages are computed anyway. */
export type Deal = { value?: Decimal | undefined; currency: string; valueIncludesTax: boolean };

/** An amount in the deal's currency, and one for each other currency, ordered by currency code. */
export type Stage = { amount: Money; others: Money[] };
export type DealBar = {
  value?: Money;
  includesTax: boolean;
  quoted: Stage;
  invoiced: Stage;
  paid: Stage;
  /** The part settled by credits instead of payments; absent when there is none. */
  credited?: Stage;
  notYetInvoiced?: Money;
};

/**
 * Computes value → quoted → invoiced → paid from the documents chosen for a deal. Amounts are net unless the deal's
 * value includes tax. A deal without a value has nothing left to invoice.
 * Quotes count only as quoted, invoices as invoiced and paid. A quote and the invoice made from it therefore count once
 * in each stage, even if the invoice was made in Xero and nothing links the two. Bills do not count.
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

/** The deal's value and what is left to invoice; nothing is left when more was invoiced. */
function toWhole(dealValue: Decimal, currency: string, invoiced: Stage): Pick<DealBar, 'value' | 'notYetInvoiced'> {
  const value = { currency, amount: roundToCurrency(dealValue, currency) };
  const rest = subtractDecimals(value.amount, invoiced.amount.amount);
  const amount = roundToCurrency(compareDecimals(rest, '0') > 0 ? rest : '0', currency);
  return { value, notYetInvoiced: { currency, amount } };
}

/** Documents in these statuses do not count for the deal. */
const gone: readonly string[] = ['DECLINED', 'DELETED', 'VOIDED'];

export function isCounted({ status }: Pick<DocumentHeader, 'status'>): boolean {
  return !gone.includes(status);
}

/** Payments only. If Xero does not return them: total less amount due less credited. */
function paidOf(invoice: DocumentHeader): Decimal {
  const { amountPaid, total, amountDue } = invoice;
  if (!isApproved(invoice)) return '0';
  return amountPaid ?? subtractDecimals(subtractDecimals(total, amountDue), creditedOf(invoice));
}

/** Credit notes, prepayments and overpayments applied to this invoice. */
function creditedOf(invoice: DocumentHeader): Decimal {
  return isApproved(invoice) ? (invoice.amountCredited ?? '0') : '0';
}

function isApproved({ status }: DocumentHeader): boolean {
  return status === 'AUTHORISED' || status === 'PAID';
}

/** The net amount: multiplied by subtotal / total. */
function toDealAmount({ total, subTotal }: DocumentHeader, amount: Decimal, { valueIncludesTax }: Deal): Decimal {
  if (valueIncludesTax || compareDecimals(total, '0') === 0) return amount;
  return divideDecimals(multiplyDecimals([amount, subTotal]), total);
}

function hasAmount({ amount, others }: Stage): boolean {
  return compareDecimals(amount.amount, '0') !== 0 || others.length > 0;
}

/** Adds up unrounded amounts and rounds once. */
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
