import type { FieldError } from '#shared/app-error.ts';
import type { Mapping, MappingChange } from '#shared/contract/sync/mapping.ts';
import { requestWords } from '../words/request-words.ts';

type Choices = Mapping['choices'];

/** Choices that Xero does not offer now, by their paths. Taking a choice away is never one. */
export function findMappingFaults(change: MappingChange, choices: Choices): FieldError[] {
  const { categories = [], paymentMethods = [], taxRates = [], tracking = {}, defaults = {} } = change;
  const isFault = buildChecks(choices);
  const { expenseAccountCode, salesAccountCode, feeAccountCode, paymentAccountId } = defaults;
  return [
    ...categories.flatMap(({ accountCode }, at) => isFault.account(accountCode, `categories.${at}.accountCode`)),
    ...paymentMethods.flatMap(({ accountId }, at) => isFault.payment(accountId, `paymentMethods.${at}.accountId`)),
    ...taxRates.flatMap(({ taxType }, at) => isFault.tax(taxType, `taxRates.${at}.taxType`)),
    ...taxRates.flatMap(({ salesTaxType }, at) => isFault.tax(salesTaxType, `taxRates.${at}.salesTaxType`)),
    ...Object.entries(tracking).flatMap(([key, id]) => isFault.tracking(id, `tracking.${key}`)),
    ...isFault.account(expenseAccountCode, 'defaults.expenseAccountCode'),
    ...isFault.account(salesAccountCode, 'defaults.salesAccountCode'),
    ...isFault.account(feeAccountCode, 'defaults.feeAccountCode'),
    ...isFault.payment(paymentAccountId, 'defaults.paymentAccountId'),
  ];
}

type Check = (choice: string | null | undefined, path: string) => FieldError[];

function buildChecks({ accounts, paymentAccounts, taxRates, tracking }: Choices) {
  return {
    account: toCheck(
      accounts.map(({ code }) => code),
      requestWords.noAccount,
    ),
    payment: toCheck(
      paymentAccounts.map(({ id }) => id),
      requestWords.noPaymentAccount,
    ),
    tax: toCheck(
      taxRates.map(({ taxType }) => taxType),
      requestWords.noTaxRate,
    ),
    tracking: toCheck(
      tracking.map(({ id }) => id),
      requestWords.noTracking,
    ),
  };
}

function toCheck(offered: readonly string[], message: string): Check {
  const known = new Set(offered);
  return (choice, path) => (choice == null || known.has(choice) ? [] : [{ path, message }]);
}
