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
 * The tax a line on this account starts with: the contact's own, what the settings say for their own account, the
 * account's, then what the settings say.
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

/** The account a line starts with: the contact's own, then what the settings say; archived ones are not offered. */
export function startAccountCode(choices: Choices, kind: DocumentKind): string | null {
  const side = documentKinds[kind].side;
  const wanted = [choices.contact?.[`${side}AccountCode`], choices.defaults[`${side}AccountCode`]];
  return wanted.find((code) => choices.accounts.some((account) => account.code === code)) ?? null;
}
