import type { Choices } from '#shared/contract/choices.ts';
import type { Defaults } from '#shared/contract/settings.ts';
import { taxSuitsAccount } from '#shared/tax-suits-account.ts';
import { sayFieldError } from '#shared/words/field-error-words.ts';
import { rateWords } from '#widget/ui/rate-words.ts';

type Side = 'sales' | 'purchases';
type Option = { value: string; label: string; hint?: string };

export function accountOptions({ accounts }: Choices, side: Side): Option[] {
  return accounts
    .filter(({ isSales, isPurchases }) => (side === 'sales' ? isSales : isPurchases))
    .map(({ code, name }) => ({ value: code, label: `${code} ${name}` }));
}

/** Tax rates that Xero allows with the account, or all of them if no account is chosen. */
export function taxOptions(choices: Choices, accountCode: string | null): Option[] {
  const account = findAccount(choices, accountCode);
  return choices.taxRates
    .filter((rate) => taxSuitsAccount(rate, account))
    .map(({ taxType, name, rate }) => ({ value: taxType, label: name, hint: rateWords(rate) }));
}

/** Removes the tax if Xero does not allow it with the new account. */
export function withAccount(held: Defaults, side: Side, code: string | null, choices: Choices): Defaults {
  const next = { ...held, [`${side}AccountCode`]: code ?? undefined };
  const rate = choices.taxRates.find(({ taxType }) => taxType === held[`${side}TaxType`]);
  const fits = rate === undefined || taxSuitsAccount(rate, findAccount(choices, code));
  return fits ? next : { ...next, [`${side}TaxType`]: undefined };
}

/** The chosen account or tax is no longer active in Xero, so forms start without it. */
export function findMisfit(choices: Choices, code: string | null, taxType: string | null) {
  const account = findAccount(choices, code);
  const rate = choices.taxRates.find((one) => one.taxType === taxType);
  return {
    ...(code !== null && !account && { account: sayFieldError('account_inactive', { account: code }) }),
    ...(taxType !== null && !rate && { tax: sayFieldError('tax_inactive', { tax: taxType }) }),
    ...(rate &&
      account &&
      !taxSuitsAccount(rate, account) && {
        tax: sayFieldError('tax_unsuited', { tax: rate.name, account: `${account.code} ${account.name}` }),
      }),
  };
}

function findAccount({ accounts }: Choices, wanted: string | null) {
  return accounts.find(({ code }) => code === wanted);
}
