import { buildQuestion, type Question } from '#server/xero/calling/send-question.ts';

/** The organisation and the lists that its forms offer. Xero sends each list whole, without pages. */

/** The organisation of the connection. Xero does not bill data for this call. */
export const getOrganisations = (): Question =>
  buildQuestion({ name: 'GET /Organisation', send: (api, tenantId) => api.getOrganisations(tenantId) });

export const getAccounts = (): Question =>
  buildQuestion({ name: 'GET /Accounts', send: (api, tenantId) => api.getAccounts(tenantId) });

export const getTaxRates = (): Question =>
  buildQuestion({ name: 'GET /TaxRates', send: (api, tenantId) => api.getTaxRates(tenantId) });

/** Decimals of an item's price. Xero rounds to two unless four are requested. */
const unitDecimals = 4;

export const getItems = (): Question =>
  buildQuestion({
    name: 'GET /Items',
    send: (api, tenantId) => api.getItems(tenantId, undefined, undefined, undefined, unitDecimals),
  });

/** Active categories only, each with its options. */
export const getTrackingCategories = (): Question =>
  buildQuestion({ name: 'GET /TrackingCategories', send: (api, tenantId) => api.getTrackingCategories(tenantId) });

export const getCurrencies = (): Question =>
  buildQuestion({ name: 'GET /Currencies', send: (api, tenantId) => api.getCurrencies(tenantId) });

export const getBrandingThemes = (): Question =>
  buildQuestion({ name: 'GET /BrandingThemes', send: (api, tenantId) => api.getBrandingThemes(tenantId) });
