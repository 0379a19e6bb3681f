import { readAnswer, readDate } from '#server/xero/answers/read-answer.ts';
import type { Question } from '#server/xero/calling/send-question.ts';
import { getContactAnswer } from '#server/xero/contacts/contacts.ts';
import * as endpoints from '#server/xero/endpoints/settings.ts';
import type { XeroCaller, XeroChoices, XeroContactDefaults } from '#server/xero/gateway.ts';
import type { Reading, XeroDeps } from '#server/xero/xero-deps.ts';
import {
  accountsList,
  brandingThemesList,
  type ChoiceList,
  contactDefaultsSchema,
  currenciesList,
  itemsList,
  taxRatesList,
  trackingList,
} from './parse-choices.ts';

/** Reads the lists that forms offer: one call per list, in parallel. */
export async function listChoices({ ask, noteSetAside }: Reading, caller: XeroCaller): Promise<XeroChoices> {
  const read = async <Choice>(of: ChoiceList<Choice>, question: Question): Promise<Choice[]> => {
    const { rows, faults } = of.read(await ask(caller, question));
    noteSetAside(of.list, faults);
    return rows;
  };
  const [accounts, taxRates, items, tracking, currencies, brandingThemes] = await Promise.all([
    read(accountsList, endpoints.getAccounts()),
    read(taxRatesList, endpoints.getTaxRates()),
    read(itemsList, endpoints.getItems()),
    read(trackingList, endpoints.getTrackingCategories()),
    read(currenciesList, endpoints.getCurrencies()),
    read(brandingThemesList, endpoints.getBrandingThemes()),
  ]);
  return { accounts, taxRates, items, tracking, currencies, brandingThemes };
}

/** A contact with its defaults for documents. Follows merges like `getContact`. */
export async function getContactDefaults(
  { ask, clock }: Pick<XeroDeps, 'ask' | 'clock'>,
  caller: XeroCaller,
  contactId: string,
): Promise<XeroContactDefaults> {
  const { contact, answer } = await getContactAnswer({ ask }, caller, contactId);
  const [row] = readAnswer(answer, contactDefaultsSchema).Contacts;
  return {
    contact,
    currency: row.DefaultCurrency,
    salesAccountCode: row.SalesDefaultAccountCode,
    purchasesAccountCode: row.PurchasesDefaultAccountCode,
    salesTaxType: row.AccountsReceivableTaxType,
    purchasesTaxType: row.AccountsPayableTaxType,
    paymentTerms: row.PaymentTerms,
    asOf: readDate(answer, clock.now()),
  };
}
