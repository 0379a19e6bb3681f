import type { Decimal } from '#shared/money.ts';

/**
 * Money that a customer paid or that we paid a supplier, and that stands on no document yet. `rate`: Xero's
 * CurrencyRate, units of the currency for one of the organisation's own; `1` for its own currency.
 */
export type Credit = { amount: Decimal; currency: string; rate: Decimal; reference: string | null };

/** A document of the same contact that is not paid in full. `due`: in its own currency. `rate`: as of a credit. */
export type OpenDocument = {
  id: string;
  number: string | null;
  dueDate: string;
  due: Decimal;
  currency: string;
  rate: Decimal;
};

/**
 * `exact`: the documents' sum is what was paid. `fee`: a little less was paid, as a bank kept a fee. `exchange`: the
 * documents are in another currency. `part`: the last document stays open with a rest. `over`: more was paid than was due.
 */
export type Fit = 'exact' | 'fee' | 'exchange' | 'part' | 'over';

/**
 * What a credit may have paid. `parts`: what goes to each document, in the document's currency, the longest due first.
 * The other amounts are in the credit's currency, and hold:
 * parts (converted) = credit + fee + exchangeDifference - rest, up to the rounding of a conversion.
 */
export type Split = {
  fit: Fit;
  parts: readonly { id: string; amount: Decimal }[];
  fee: Decimal;
  exchangeDifference: Decimal;
  rest: Decimal;
};
