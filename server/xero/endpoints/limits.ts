/**
 * With more than about 50 ids, the URL is too long for Xero, which then answers a misleading 404 (observed by users).
 */
export const idsPerCall = 40;

/**
 * The longest page of invoices, contacts, credit notes, prepayments and overpayments. By default, Xero sends 100 rows.
 */
export const longestPage = 1000;
