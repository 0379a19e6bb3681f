import type { AccountChoice, Choices } from '#shared/contract/choices.ts';
import type { DocumentKind } from '#shared/contract/document.ts';
import { documentKinds } from '#shared/document-kinds.ts';
import { taxSuitsAccount } from '#shared/tax-suits-account.ts';

export function accountsFor({ accounts }: Choices, kind: DocumentKind): AccountChoice[] {
  return accounts.filter(({ isSales, isPurchases }) =>
    documentKinds[kind].side === 'purchases' ? isPurchases : isSales,
  );
}

/**
 * The first tax of a line on this account, in this order: the contact's default, the settings' tax if the account is
 * the settings' account, the account's tax, the settings' tax.
 */
export function startTaxType(choices: Choices, kind: DocumentKind, accountCode: string | null): string | null {
  const side = documentKinds[kind].side;
  const account = choices.accounts.find(({ code }) => code === accountCode);
  const { defaults } = choices;
  const ofSettings = defaults[`${side}TaxType`];
  const isOfSettings = accountCode === defaults[`${side}AccountCode`];
  const wanted = [
    choices.contact?.[`${side}TaxType`],
    ...(isOfSettings ? [ofSettings] : []),
    account?.taxType,
    ofSettings,
  ];
  const rates = wanted.map((taxType) => choices.taxRates.find((rate) => rate.taxType === taxType));
  return rates.find((rate) => rate && taxSuitsAccount(rate, account))?.taxType ?? null;
}

/** The first account of a line: the contact's default, else that of the settings. Archived accounts are not offered. */
export function startAccountCode(choices: Choices, kind: DocumentKind): string | null {
  const side = documentKinds[kind].side;
  const wanted = [choices.contact?.[`${side}AccountCode`], choices.defaults[`${side}AccountCode`]];
  return wanted.find((code) => choices.accounts.some((account) => account.code === code)) ?? null;
}
