import type { TaxRateChoice } from '#shared/contract/choices.ts';

/** The hint of a tax in a list: its percentage, or that only Xero knows it. */
export function rateWords(rate: TaxRateChoice['rate']): string {
  return rate === null ? 'calculated by Xero' : `${rate} %`;
}
