/** Above about 50 ids a URL is too long for Xero, which then answers a misleading 404 (observed by users of its API). */
export const idsPerCall = 40;

/** The longest page of invoices, contacts, credit notes, prepayments and overpayments. Xero sends 100 rows unless asked. */
export const longestPage = 1000;
