import { contactUrl, documentUrl, purchaseOrderUrl } from '#server/xero/deep-links.ts';
import type { XeroOrganisation } from '#server/xero/gateway.ts';
import type { XeroTwin } from '#server/xero/records/records.ts';
import type { PutKind, XeroKind } from '#shared/contract/sync/kinds.ts';
import { syncKindTable } from '#shared/sync-kinds.ts';
import type { ShownTwin } from './outcome.ts';

type ToUrl = (appUrl: string, shortCode: string | null, id: string) => string | null;

/** The page in Xero's app that shows a record of the kind. The others have none. */
const pages: { [Kind in XeroKind]?: ToUrl } = {
  contact: contactUrl,
  invoice: (appUrl, shortCode, id) => documentUrl(appUrl, shortCode, { kind: 'invoice', id }),
  bill: (appUrl, shortCode, id) => documentUrl(appUrl, shortCode, { kind: 'bill', id }),
  purchase_order: purchaseOrderUrl,
};

/** What lists show of a record's twin. */
export function showTwin(
  { id, number, status }: XeroTwin,
  { kind, appUrl, organisation }: { kind: PutKind; appUrl: string; organisation: XeroOrganisation },
): ShownTwin {
  const { xeroKind } = syncKindTable[kind];
  const toUrl: ToUrl | undefined = pages[xeroKind];
  const xeroUrl = toUrl?.(appUrl, organisation.shortCode, id) ?? null;
  return { xeroId: id, xeroKind, xeroNumber: number, xeroStatus: status, xeroUrl };
}
