// What the host page shows while the frame does not work. Constants instead of one object keep the loader small.

export const frameTitle = 'Ledgerside for Xero';
export const unavailableWords = 'Ledgerside is not available right now.';
export const offlineWords = 'You are offline.';
/** The part of the host page's policy that blocks the frame follows in brackets. */
export const blockedWords = "Ledgerside is blocked by this page's security policy";
