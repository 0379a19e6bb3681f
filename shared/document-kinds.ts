/**
 * The one table of document kinds. `path` names the kind in our API. `right` lets a person add one, and `seenWith` lets
 * them see one. `side` says whether we sell or buy. `xeroType` is Xero's `Type` of an invoice (source: Xero's OpenAPI
 * file, Invoice); quotes are a resource of their own. `appPage` is the page in Xero's app that shows one, null where it
 * has none. `closedStatuses` are those in which nothing is left to do. An owed kind has an amount due. `terms` are the
 * payment terms that apply. In Xero bills have no reference and no discounts, and quotes have no `unitdp`, so their
 * prices have two decimals at most.
 */
export const documentKinds = {
  quote: {
    path: 'quotes',
    right: 'quotes',
    seenWith: ['view'],
    side: 'sales',
    xeroType: null,
    appPage: 'quotes/view',
    closedStatuses: ['INVOICED', 'DECLINED'],
    isOwed: false,
    terms: 'sales',
    hasReference: true,
    hasDiscounts: true,
    priceDecimals: 2,
  },
  invoice: {
    path: 'invoices',
    right: 'invoices',
    seenWith: ['view'],
    side: 'sales',
    xeroType: 'ACCREC',
    appPage: 'invoicing/view',
    closedStatuses: ['PAID', 'VOIDED'],
    isOwed: true,
    terms: 'sales',
    hasReference: true,
    hasDiscounts: true,
    priceDecimals: 4,
  },
  bill: {
    path: 'bills',
    right: 'bills',
    seenWith: ['view', 'viewBills'],
    side: 'purchases',
    xeroType: 'ACCPAY',
    appPage: null,
    closedStatuses: ['PAID', 'VOIDED'],
    isOwed: true,
    terms: 'bills',
    hasReference: false,
    hasDiscounts: false,
    priceDecimals: 4,
  },
} as const;

export type DocumentKind = keyof typeof documentKinds;

/** A document in Xero, by its kind and Xero's id. */
export type DocumentRef = { kind: DocumentKind; id: string };

/**
 * Whether these rights let a person view documents of the kind. Permission to add does not include permission to view.
 */
export function canSeeKind(rights: readonly string[], kind: DocumentKind): boolean {
  return documentKinds[kind].seenWith.every((right) => rights.includes(right));
}

/** Whether only people who may view bills may see documents of the kind. A document of unknown kind may be an invoice. */
export function needsViewBills(kind: DocumentKind | null): boolean {
  const seenWith: readonly string[] = kind === null ? [] : documentKinds[kind].seenWith;
  return seenWith.includes('viewBills');
}

/** Equal for every spelling of an id, because Xero's ids ignore case. */
export function toRefKey({ kind, id }: DocumentRef): string {
  return `${kind}:${id.toLowerCase()}`;
}
