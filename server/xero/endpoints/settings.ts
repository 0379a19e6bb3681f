import { buildQuestion, type Question } from '#server/xero/calling/send-question.ts';

/** The organisation itself and what its forms pick from. Xero sends each of these lists whole: none has pages. */

/** The organisation of the connection; Xero bills no data for it. */
export const getOrganisations = (): Question =>
  buildQuestion({ name: 'GET /Organisation', send: (api, tenantId) => api.getOrganisations(tenantId) });

export const getAccounts = (): Question =>
  buildQuestion({ name: 'GET /Accounts', send: (api, tenantId) => api.getAccounts(tenantId) });

export const getTaxRates = (): Question =>
  buildQuestion({ name: 'GET /TaxRates', send: (api, tenantId) => api.getTaxRates(tenantId) });

/** Decimals of an item's price; Xero rounds it to two unless four are asked for. */
const unitDecimals = 4;

export const getItems = (): Question =>
  buildQuestion({
    name: 'GET /Items',
    send: (api, tenantId) => api.getItems(tenantId, undefined, undefined, undefined, unitDecimals),
  });

/** Active ones only; each with its options. */
export const getTrackingCategories = (): Question =>
  buildQuestion({ name: 'GET /TrackingCategories', send: (api, tenantId) => api.getTrackingCategories(tenantId) });

export const getCurrencies = (): Question =>
  buildQuestion({ name: 'GET /Currencies', send: (api, tenantId) => api.getCurrencies(tenantId) });

export const getBrandingThemes = (): Question =>
  buildQuestion({ name: 'GET /BrandingThemes', send: (api, tenantId) => api.getBrandingThemes(tenantId) });
