import type { XeroBill } from '#server/xero/arrivals/bills.ts';
import type { Bill } from '#shared/contract/sync/bills.ts';
import { currencyDecimals } from '#shared/currency.ts';
import { roundDecimal, roundToCurrency } from '#shared/money.ts';
import type { StoredMapping } from '../settings/read-mapping.ts';

/** What the CRM calls things. `supplierOf`: the CRM's supplier that stands for a contact. */
export type CrmWords = {
  mapping: Pick<StoredMapping, 'categories'>;
  supplierOf(contactId: string): string | null;
  urlOf(billId: string): string | null;
};

/** A bill as the feed gives it. */
export function toBill(bill: XeroBill, { mapping, supplierOf, urlOf }: CrmWords): Bill {
  const money = (amount: string) => roundToCurrency(amount, bill.currency);
  return {
    number: bill.number,
    supplier: { xeroId: bill.supplier.id, crmId: supplierOf(bill.supplier.id), name: bill.supplier.name },
    date: bill.date,
    dueDate: bill.dueDate,
    currency: bill.currency,
    lineAmountTypes: bill.lineAmountTypes,
    lines: bill.lines.map(({ quantity, unitAmount, amount, taxAmount, accountCode, ...line }) => ({
      ...line,
      quantity: shorten(quantity, 0),
      unitAmount: shorten(unitAmount, currencyDecimals(bill.currency)),
      amount: money(amount),
      taxAmount: taxAmount === null ? null : money(taxAmount),
      accountCode,
      category: findCategory(accountCode, mapping),
    })),
    subTotal: money(bill.subTotal),
    totalTax: money(bill.totalTax),
    total: money(bill.total),
    amountDue: money(bill.amountDue),
    status: bill.status,
    hasAttachments: bill.hasAttachments,
    url: urlOf(bill.id),
  };
}

const mostDecimals = 4;

/** Without zeros at the end that say nothing, but with at least so many decimals. */
function shorten(amount: string, least: number): string {
  const [whole = '0', decimals = ''] = roundDecimal(amount, mostDecimals).split('.');
  const kept = decimals.replace(/0+$/, '').padEnd(least, '0');
  return kept === '' ? whole : `${whole}.${kept}`;
}

/** Several of the CRM's words may stand for one account. The first one counts. */
function findCategory(accountCode: string | null, { categories }: CrmWords['mapping']): string | null {
  return categories.find((one) => accountCode !== null && one.accountCode === accountCode)?.key ?? null;
}
