import { groupsOf } from '../../records/contact-group-book.ts';
import type { Books } from '../../records/organisation.ts';
import { present } from '../../records/present.ts';
import type { PurchaseOrder } from '../../records/types.ts';
import { contactToWire } from '../contacts/contact-wire.ts';
import { dayPair, lineToWire, shortContact, updatedPair } from '../documents/document-wire.ts';

export function purchaseOrderToWire(books: Books, order: PurchaseOrder, unitDecimals: number) {
  const contact = books.contacts.get(order.contactId);
  return {
    PurchaseOrderID: order.PurchaseOrderID,
    PurchaseOrderNumber: order.PurchaseOrderNumber,
    ...dayPair('Date', order.Date),
    ...dayPair('DeliveryDate', order.DeliveryDate),
    ...dayPair('ExpectedArrivalDate', order.ExpectedArrivalDate),
    ...present({
      Reference: order.Reference,
      DeliveryAddress: order.DeliveryAddress,
      AttentionTo: order.AttentionTo,
      Telephone: order.Telephone,
      DeliveryInstructions: order.DeliveryInstructions,
      BrandingThemeID: order.BrandingThemeID,
      TotalDiscount: order.TotalDiscount,
    }),
    HasErrors: false,
    IsDiscounted: (order.TotalDiscount ?? 0) > 0,
    SentToContact: order.SentToContact,
    Type: 'PURCHASEORDER',
    CurrencyRate: order.CurrencyRate,
    CurrencyCode: order.CurrencyCode,
    Contact: contact
      ? contactToWire(contact, { level: 'list', groups: groupsOf(books, order.contactId) })
      : shortContact(books, order.contactId),
    Status: order.Status,
    LineAmountTypes: order.LineAmountTypes,
    LineItems: order.LineItems.map((line) => lineToWire(line, unitDecimals)),
    SubTotal: order.SubTotal,
    TotalTax: order.TotalTax,
    Total: order.Total,
    ...updatedPair(order.updatedAt),
    HasAttachments: (books.attachments.get(order.PurchaseOrderID)?.length ?? 0) > 0,
  };
}
