import type { XeroList } from '#server/xero/answers/read-rows.ts';
import type { XeroResource } from './records.ts';

/** Where Xero keeps what of a resource. Members of an object inside are separated by a dot. */
export type ResourceOf = {
  list: XeroList;
  /** The member of an answer that contains the rows. */
  member: string;
  id: string;
  number?: string;
  name?: string;
  status?: string;
  /** A document without a status could be taken for one that still counts. */
  needsStatus?: true;
  /**
   * What an element and its row in an answer have in common, in the order in which it is compared. The members of an
   * entry belong together. A Url contains the mark of its write.
   */
  keys: readonly (readonly string[])[];
};

export const resources: Readonly<Record<XeroResource, ResourceOf>> = {
  contact: {
    ...{ list: 'contacts', member: 'Contacts', id: 'ContactID' },
    ...{ number: 'ContactNumber', name: 'Name', status: 'ContactStatus' },
    keys: [['ContactID'], ['ContactNumber'], ['Name']],
  },
  item: {
    ...{ list: 'items', member: 'Items', id: 'ItemID', number: 'Code', name: 'Name' },
    keys: [['ItemID'], ['Code']],
  },
  invoice: {
    ...{ list: 'invoices', member: 'Invoices', id: 'InvoiceID', number: 'InvoiceNumber', status: 'Status' },
    needsStatus: true,
    keys: [['InvoiceID'], ['Url'], ['InvoiceNumber', 'Contact.ContactID'], ['InvoiceNumber']],
  },
  purchase_order: {
    ...{ list: 'purchase_orders', member: 'PurchaseOrders', id: 'PurchaseOrderID' },
    ...{ number: 'PurchaseOrderNumber', status: 'Status', needsStatus: true },
    keys: [['PurchaseOrderID'], ['PurchaseOrderNumber']],
  },
  credit_note: {
    ...{ list: 'credit_notes', member: 'CreditNotes', id: 'CreditNoteID' },
    ...{ number: 'CreditNoteNumber', status: 'Status', needsStatus: true },
    keys: [['CreditNoteID'], ['CreditNoteNumber', 'Contact.ContactID'], ['CreditNoteNumber']],
  },
  payment: {
    ...{ list: 'payments', member: 'Payments', id: 'PaymentID', number: 'Reference', status: 'Status' },
    needsStatus: true,
    keys: [['PaymentID'], ['Reference']],
  },
  account: {
    ...{ list: 'accounts', member: 'Accounts', id: 'AccountID', number: 'Code', name: 'Name', status: 'Status' },
    keys: [['AccountID'], ['Code'], ['Name']],
  },
  tax_rate: {
    ...{ list: 'tax_rates', member: 'TaxRates', id: 'TaxType', name: 'Name', status: 'Status' },
    keys: [['TaxType'], ['Name']],
  },
  tracking_option: {
    ...{ list: 'tracking_categories', member: 'Options', id: 'TrackingOptionID', name: 'Name', status: 'Status' },
    keys: [['TrackingOptionID'], ['Name']],
  },
};

/** How many elements one call takes. Xero recommends 50 (source: "Requests and responses" in its documentation). */
export const recordsPerCall: Readonly<Record<XeroResource, number>> = {
  ...{ contact: 50, item: 50, invoice: 50, purchase_order: 50, credit_note: 50, payment: 50 },
  // Xero reports no errors by element for these, and takes only one account or option in a call.
  ...{ account: 1, tax_rate: 1, tracking_option: 1 },
};
