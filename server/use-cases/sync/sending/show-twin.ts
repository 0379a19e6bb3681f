import { contactUrl, documentUrl, purchaseOrderUrl } from '#server/xero/deep-links.ts';
import type { XeroOrganisation } from '#server/xero/gateway.ts';
import type { XeroTwin } from '#server/xero/records/records.ts';
import type { RecordSummary } from '#shared/contract/sync/record.ts';
import type { ShownTwin } from './outcome.ts';

type XeroKind = NonNullable<RecordSummary['xeroKind']>;
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
  { xeroKind, appUrl, organisation }: { xeroKind: XeroKind; appUrl: string; organisation: XeroOrganisation },
): ShownTwin {
  const xeroUrl = pages[xeroKind]?.(appUrl, organisation.shortCode, id) ?? null;
  return { xeroId: id, xeroKind, xeroNumber: number, xeroStatus: status, xeroUrl };
}
