import type { z } from 'zod';
import type { Ask } from './ask.ts';
import { getContactAnswer } from './contacts.ts';
import type { XeroCaller, XeroChoices, XeroContactDefaults } from './gateway.ts';
import {
  accountsSchema,
  brandingThemesSchema,
  contactDefaultsSchema,
  currenciesSchema,
  itemsSchema,
  taxRatesSchema,
  trackingSchema,
} from './parse-choices.ts';
import { readAnswer, readDate } from './read-answer.ts';
import type { Question } from './send-question.ts';

/** What forms pick from: each list one call, side by side. */
export async function listChoices(ask: Ask, caller: XeroCaller): Promise<XeroChoices> {
  const read = async <T extends z.ZodType>(name: string, schema: T, send: Question['send']): Promise<z.output<T>> =>
    readAnswer(await ask(caller, { name, send }), schema);
  const [accounts, taxRates, items, tracking, currencies, brandingThemes] = await Promise.all([
    read('GET /Accounts', accountsSchema, (api, tenantId) => api.getAccounts(tenantId)),
    read('GET /TaxRates', taxRatesSchema, (api, tenantId) => api.getTaxRates(tenantId)),
    read('GET /Items', itemsSchema, (api, tenantId) => api.getItems(tenantId, undefined, undefined, undefined, 4)),
    read('GET /TrackingCategories', trackingSchema, (api, tenantId) => api.getTrackingCategories(tenantId)),
    read('GET /Currencies', currenciesSchema, (api, tenantId) => api.getCurrencies(tenantId)),
    read('GET /BrandingThemes', brandingThemesSchema, (api, tenantId) => api.getBrandingThemes(tenantId)),
  ]);
  return { accounts, taxRates, items, tracking, currencies, brandingThemes };
}

/** A contact with what Xero starts its documents with; follows merges as `getContact` does. */
export async function getContactDefaults(
  ask: Ask,
  caller: XeroCaller,
  contactId: string,
  now: () => Date,
): Promise<XeroContactDefaults> {
  const { contact, answer } = await getContactAnswer(ask, caller, contactId);
  const [row] = readAnswer(answer, contactDefaultsSchema).Contacts;
  return {
    contact,
    currency: row.DefaultCurrency,
    salesAccountCode: row.SalesDefaultAccountCode,
    purchasesAccountCode: row.PurchasesDefaultAccountCode,
    salesTaxType: row.AccountsReceivableTaxType,
    purchasesTaxType: row.AccountsPayableTaxType,
    paymentTerms: row.PaymentTerms,
    asOf: readDate(answer, now()),
  };
}
