import type { XeroResource } from '#server/xero/records/records.ts';

/** How Xero calls the id of each resource in an element. */
export const idNames: Readonly<Record<XeroResource, string>> = {
  contact: 'ContactID',
  item: 'ItemID',
  invoice: 'InvoiceID',
  purchase_order: 'PurchaseOrderID',
  credit_note: 'CreditNoteID',
  payment: 'PaymentID',
  account: 'AccountID',
  tax_rate: 'TaxType',
  tracking_option: 'TrackingOptionID',
};

/** Xero takes one of these in a call. */
const single: readonly XeroResource[] = ['account', 'tax_rate', 'tracking_option'];

/** How many elements one call takes. */
export function perCall(resource: XeroResource): number {
  return single.includes(resource) ? 1 : 50;
}
