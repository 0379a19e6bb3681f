import type { XeroLine } from '#server/xero/documents/document.ts';
import type { LineAmountTypes } from '#shared/contract/document.ts';
import { compareDecimals, type Decimal } from '#shared/money.ts';
import { findAccountTax, type TaxChoices } from '../document-form.ts';
import { computeLine } from './compute-line.ts';

/** `taxAmount` is set only when Xero would compute a different one. */
export type CarriedTax = { taxType?: string; taxAmount?: Decimal };

/** Xero's code for no tax. */
const noTax = 'NONE';

/**
 * The tax of a quote's line for an invoice; null when it cannot be kept. On an invoice, a line without a tax gets its
 * account's tax. On a quote, such a line has no tax (Xero's documentation of Quotes).
 */
export function carryTax(line: XeroLine, lineAmountTypes: LineAmountTypes, choices: TaxChoices): CarriedTax | null {
  const { taxType, taxAmount } = line;
  if (lineAmountTypes === 'none') return { taxType: taxType ?? undefined };
  if (taxType === null) return carryNoTax(line, choices);
  if (taxAmount === null) return { taxType };
  const rate = choices.taxRates.find((known) => known.taxType === taxType);
  if (!rate) return { taxType, taxAmount };
  const worked = findTaxAmount(line, lineAmountTypes, choices);
  // Xero looks this rate up, on the invoice as well.
  if (worked === null) return { taxType };
  return compareDecimals(worked, taxAmount) === 0 ? { taxType } : { taxType, taxAmount };
}

/** The tax that Xero computes for a quote's line; null when its rate is unknown, or only Xero can compute it. */
export function findTaxAmount(line: XeroLine, lineAmountTypes: LineAmountTypes, choices: TaxChoices): Decimal | null {
  if (lineAmountTypes === 'none' || line.taxType === null) return '0';
  const rate = choices.taxRates.find(({ taxType }) => taxType === line.taxType);
  if (!rate || rate.rate === null) return null;
  return computeLine(line, { taxRate: rate.rate, taxComponents: rate.components, lineAmountTypes }).taxAmount;
}

function carryNoTax(line: XeroLine, choices: TaxChoices): CarriedTax | null {
  const brought = findAccountTax('invoice', line, choices);
  const isTaxed = compareDecimals(line.taxAmount ?? '0', '0') !== 0;
  const isNothing = compareDecimals(line.lineAmount ?? computeLine(line).lineAmount, '0') === 0;
  if (isTaxed) return null;
  if (isNothing || brought === undefined) return {};
  return choices.taxRates.some(({ taxType }) => taxType === noTax) ? { taxType: noTax } : null;
}
