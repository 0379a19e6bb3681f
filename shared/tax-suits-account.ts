import type { AccountChoice, TaxRateChoice } from '#shared/contract/choices.ts';

/** Whether Xero allows a tax rate with an account. True when the account's class is unknown, so that Xero decides. */
export function taxSuitsAccount(
  { appliesTo }: Pick<TaxRateChoice, 'appliesTo'>,
  account: Pick<AccountChoice, 'class'> | undefined,
): boolean {
  return !account || account.class === null || appliesTo[account.class];
}
