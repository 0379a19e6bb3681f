import { randomUUID } from 'node:crypto';
import { todayIn } from '../../dates.ts';
import { nextNumber } from '../document-book.ts';
import type { Organisation } from '../organisation.ts';
import { present } from '../present.ts';
import type { PurchaseOrder } from '../types.ts';
import { isSilent, keepSentContact } from './contact-of-document.ts';
import { currencyOf } from './document-currency.ts';
import { writeLines } from './document-lines.ts';
import { type PurchaseOrderWrite, purchaseOrderSetting, type SentPurchaseOrder } from './purchase-order-problems.ts';

/** Saves a valid purchase order. */
export function savePurchaseOrder(write: PurchaseOrderWrite): PurchaseOrder {
  const { organisation, sent, known, now } = write;
  const books = organisation.books();
  const contact = sent.Contact && !isSilent(sent.Contact) ? keepSentContact(books, sent.Contact, now) : undefined;
  const order = known ?? newPurchaseOrder(organisation, now);
  const isUntouched = known && !sent.LineItems?.length && sent.LineAmountTypes === undefined;
  const lines = isUntouched ? {} : writeLines(organisation, sent, known, purchaseOrderSetting(write));
  Object.assign(order, headerOf(sent), currencyOf(organisation, sent, known), lines, { updatedAt: now });
  if (contact) order.contactId = contact.ContactID;
  if (sent.SentToContact !== undefined && canBeSent(order)) order.SentToContact = sent.SentToContact;
  books.purchaseOrders.set(order.PurchaseOrderID, order);
  return order;
}

/** Only an approved or billed order can be marked as sent (Xero's OpenAPI). */
export function canBeSent({ Status }: PurchaseOrder): boolean {
  return Status === 'AUTHORISED' || Status === 'BILLED';
}

function newPurchaseOrder(organisation: Organisation, now: number): PurchaseOrder {
  const { purchaseOrders, brandingThemes } = organisation.books();
  const numbers = [...purchaseOrders.values()].map(({ PurchaseOrderNumber }) => PurchaseOrderNumber);
  const theme = brandingThemes[0];
  return {
    PurchaseOrderID: randomUUID(),
    PurchaseOrderNumber: nextNumber('PO', numbers),
    Status: 'DRAFT',
    SentToContact: false,
    contactId: '',
    Date: todayIn(organisation.timezone, now),
    LineAmountTypes: 'Exclusive',
    LineItems: [],
    SubTotal: 0,
    TotalTax: 0,
    Total: 0,
    CurrencyCode: organisation.baseCurrency,
    CurrencyRate: 1,
    ...(theme === undefined ? {} : { BrandingThemeID: theme.BrandingThemeID }),
    updatedAt: now,
  };
}

function headerOf(sent: SentPurchaseOrder) {
  return present({
    PurchaseOrderNumber: sent.PurchaseOrderNumber || undefined,
    Status: sent.Status,
    Date: sent.Date,
    DeliveryDate: sent.DeliveryDate,
    ExpectedArrivalDate: sent.ExpectedArrivalDate,
    Reference: sent.Reference,
    BrandingThemeID: sent.BrandingThemeID?.toLowerCase() || undefined,
    DeliveryAddress: sent.DeliveryAddress,
    AttentionTo: sent.AttentionTo,
    Telephone: sent.Telephone,
    DeliveryInstructions: sent.DeliveryInstructions,
  });
}
