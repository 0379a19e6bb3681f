import { type DocumentRef, documentKinds } from '#shared/document-kinds.ts';

/**
 * Addresses of Xero's own pages, for "View in Xero" (source: "Deep link to Xero" in Xero's developer documentation).
 * `appOrigin` is `https://go.xero.com`. The answer is null when the organisation's short code is not known, because
 * no link would lead anywhere.
 */
export function organisationUrl(appOrigin: string, shortCode: string | null): string | null {
  return toAppUrl(appOrigin, shortCode, 'dashboard');
}

export function contactUrl(appOrigin: string, shortCode: string | null, id: string): string | null {
  return toAppUrl(appOrigin, shortCode, `contacts/contact/${encodeURIComponent(id)}`);
}

export function documentUrl(appOrigin: string, shortCode: string | null, { kind, id }: DocumentRef): string | null {
  const { appPage } = documentKinds[kind];
  if (appPage !== null) return toAppUrl(appOrigin, shortCode, `${appPage}/${encodeURIComponent(id)}`);
  return shortCode ? toBillUrl(appOrigin, shortCode, id) : null;
}

export function purchaseOrderUrl(appOrigin: string, shortCode: string | null, id: string): string | null {
  const page = `/Accounts/Payable/PurchaseOrders/View/${encodeURIComponent(id)}/`;
  return shortCode ? toOldUrl(appOrigin, shortCode, page) : null;
}

function toBillUrl(appOrigin: string, shortCode: string, id: string): string {
  return toOldUrl(appOrigin, shortCode, `/AccountsPayable/Edit.aspx?InvoiceID=${encodeURIComponent(id)}`);
}

/** These pages are not under `/app`. The address logs the person in to the organisation first. */
function toOldUrl(appOrigin: string, shortCode: string, page: string): string {
  return `${appOrigin}/organisationlogin/default.aspx?shortcode=${encodeURIComponent(shortCode)}&redirecturl=${page}`;
}

function toAppUrl(appOrigin: string, shortCode: string | null, page: string): string | null {
  return shortCode ? `${appOrigin}/app/${encodeURIComponent(shortCode)}/${page}` : null;
}
