import type { XeroLine } from '#server/xero/documents/document.ts';
import type { LineAmountTypes } from '#shared/contract/document.ts';
import { computeTotals, type LineTotals, type TaxComponent } from '#shared/document-totals.ts';
import type { Decimal } from '#shared/money.ts';

type Tax = { taxRate: Decimal; taxComponents?: readonly TaxComponent[]; lineAmountTypes: LineAmountTypes };

/** Computes the amount of a Xero line from its numbers, and its tax if a rate is given. */
export function computeLine(line: XeroLine, tax: Tax = { taxRate: '0', lineAmountTypes: 'none' }): LineTotals {
  const { lineAmountTypes, ...rate } = tax;
  const numbers = {
    quantity: toQuantity(line) ?? '0',
    unitAmount: line.unitAmount ?? '0',
    discount: line.discount ?? undefined,
    discountAmount: line.discountAmount ?? undefined,
  };
  const { lines } = computeTotals({ currency: '', lineAmountTypes, lines: [{ ...numbers, ...rate }] });
  return lines[0] ?? { lineAmount: '0', taxAmount: '0' };
}

/** A price without a quantity is for one. A line with text only has neither. */
export function toQuantity({ quantity, unitAmount }: XeroLine): Decimal | undefined {
  return quantity ?? (unitAmount === null ? undefined : '1');
}
