/** Scopes that an app created since 2 March 2026 may request, with the consent page's words. */
const granularScopes: Record<string, string> = {
  openid: 'Know who you are',
  profile: 'See your name',
  email: 'See your e-mail address',
  offline_access: 'Keep access while you are away',
  'accounting.contacts': 'View and manage your contacts',
  'accounting.contacts.read': 'View your contacts',
  'accounting.settings': 'View and manage your organisation settings',
  'accounting.settings.read': 'View your organisation settings',
  'accounting.invoices': 'View and manage invoices, bills, quotes, purchase orders and credit notes',
  'accounting.invoices.read': 'View invoices, bills, quotes, purchase orders and credit notes',
  'accounting.payments': 'View and manage payments, prepayments and overpayments',
  'accounting.payments.read': 'View payments, prepayments and overpayments',
  'accounting.banktransactions': 'View and manage bank transactions',
  'accounting.banktransactions.read': 'View bank transactions',
  'accounting.manualjournals': 'View and manage manual journals',
  'accounting.manualjournals.read': 'View manual journals',
  'accounting.attachments': 'View and manage attachments',
  'accounting.attachments.read': 'View attachments',
  'accounting.budgets.read': 'View your budgets',
  files: 'View and manage your files',
  'files.read': 'View your files',
};

export function wordsFor(scope: string): string {
  return granularScopes[scope] ?? scope;
}

/** The first scope that this app cannot have: an unknown one, or a broad one of older apps. */
export function refusedScope(scopes: string[]): string | undefined {
  return scopes.find((scope) => granularScopes[scope] === undefined);
}

/** A scope without `.read` includes reading. */
export function hasScope(granted: string[], wanted: string, method: string): boolean {
  return granted.includes(wanted) || (method === 'GET' && granted.includes(`${wanted}.read`));
}
