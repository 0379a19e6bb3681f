import type { AccountChoice, TaxRateChoice } from '#shared/contract/choices.ts';

/** Whether Xero lets a tax rate stand with an account; where the account's class is not known, Xero itself decides. */
export function taxSuitsAccount(
  { appliesTo }: Pick<TaxRateChoice, 'appliesTo'>,
  account: Pick<AccountChoice, 'class'> | undefined,
): boolean {
  return !account || account.class === null || appliesTo[account.class];
}
