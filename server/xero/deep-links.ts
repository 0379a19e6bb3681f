/**
 * Pages of Xero for people, "View in Xero" (source: "Deep link to Xero" in Xero's developer documentation). `appOrigin`
 * is the origin of go.xero.com. Null when the organisation's short code is unknown, because the link would not work.
 */
type DeepLink = (appOrigin: string, shortCode: string | null, id: string) => string | null;

export function organisationUrl(appOrigin: string, shortCode: string | null): string | null {
  return toAppUrl(appOrigin, shortCode, 'dashboard');
}

export const contactUrl: DeepLink = (appOrigin, shortCode, id) =>
  toAppUrl(appOrigin, shortCode, `contacts/contact/${encodeURIComponent(id)}`);

export const invoiceUrl: DeepLink = (appOrigin, shortCode, id) =>
  toAppUrl(appOrigin, shortCode, `invoicing/view/${encodeURIComponent(id)}`);

export const quoteUrl: DeepLink = (appOrigin, shortCode, id) =>
  toAppUrl(appOrigin, shortCode, `quotes/view/${encodeURIComponent(id)}`);

/** Bills have no page under /app. This page switches to the organisation first. */
export const billUrl: DeepLink = (appOrigin, shortCode, id) => {
  if (!shortCode) return null;
  const page = `/AccountsPayable/Edit.aspx?InvoiceID=${encodeURIComponent(id)}`;
  return `${appOrigin}/organisationlogin/default.aspx?shortcode=${encodeURIComponent(shortCode)}&redirecturl=${page}`;
};

function toAppUrl(appOrigin: string, shortCode: string | null, page: string): string | null {
  return shortCode ? `${appOrigin}/app/${encodeURIComponent(shortCode)}/${page}` : null;
}
