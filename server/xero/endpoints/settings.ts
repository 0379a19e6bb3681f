import { buildQuestion, type Question } from '#server/xero/calling/send-question.ts';

/** The organisation and the lists that its forms offer. Xero sends each list whole, without pages. */

/** The organisation of the connection. Xero does not bill data for this call. */
export function getOrganisations(): Question {
  return buildQuestion({ name: 'GET /Organisation', send: (api, tenantId) => api.getOrganisations(tenantId) });
}

export function getAccounts(): Question {
  return buildQuestion({ name: 'GET /Accounts', send: (api, tenantId) => api.getAccounts(tenantId) });
}

export function getTaxRates(): Question {
  return buildQuestion({ name: 'GET /TaxRates', send: (api, tenantId) => api.getTaxRates(tenantId) });
}

/** Decimals of an item's price. Xero rounds to two unless four are requested. */
const unitDecimals = 4;

export function getItems(): Question {
  return buildQuestion({
    name: 'GET /Items',
    send: (api, tenantId) => api.getItems(tenantId, undefined, undefined, undefined, unitDecimals),
  });
}

/** Active categories with their active options, unless archived ones are asked for too. */
export function getTrackingCategories({ includeArchived }: { includeArchived?: true } = {}): Question {
  return buildQuestion({
    name: 'GET /TrackingCategories',
    send: (api, tenantId) => api.getTrackingCategories(tenantId, undefined, undefined, includeArchived),
  });
}

export function getCurrencies(): Question {
  return buildQuestion({ name: 'GET /Currencies', send: (api, tenantId) => api.getCurrencies(tenantId) });
}

export function getBrandingThemes(): Question {
  return buildQuestion({ name: 'GET /BrandingThemes', send: (api, tenantId) => api.getBrandingThemes(tenantId) });
}
