import { randomUUID } from 'node:crypto';
import { todayIn } from '../../dates.ts';
import { settle } from '../change.ts';
import { nextNumber } from '../document-book.ts';
import { present } from '../present.ts';
import type { Invoice } from '../types.ts';
import { isSilent, keepSentContact } from './contact-of-document.ts';
import { currencyOf } from './document-currency.ts';
import { writeLines } from './document-lines.ts';
import { dateOf, type InvoiceWrite, settingOf, typeOf } from './invoice-problems.ts';

/** Saves a valid invoice or bill. */
export function saveInvoice(write: InvoiceWrite, clientId: string): Invoice {
  const { organisation, sent, known, now } = write;
  const books = organisation.books();
  const contact = sent.Contact && !isSilent(sent.Contact) ? keepSentContact(books, sent.Contact, now) : undefined;
  const invoice = known ?? newInvoice(write, clientId);
  const isQuiet = known !== undefined && isUnnoticed(write, known);
  Object.assign(invoice, headerOf(write), currencyOf(organisation, sent, known), linesOf(write));
  if (contact) invoice.contactId = contact.ContactID;
  if (sent.Status) invoice.Status = sent.Status;
  settle(invoice, todayIn(organisation.timezone, now));
  if (!isQuiet) invoice.updatedAt = now;
  books.invoices.set(invoice.InvoiceID, invoice);
  const owner = books.contacts.get(invoice.contactId);
  if (owner) owner[invoice.Type === 'ACCREC' ? 'IsCustomer' : 'IsSupplier'] = true;
  return invoice;
}

function newInvoice(write: InvoiceWrite, clientId: string): Invoice {
  const { organisation } = write;
  const books = organisation.books();
  const numbers = [...books.invoices.values()].map(({ InvoiceNumber }) => InvoiceNumber);
  const Type = typeOf(write);
  return {
    InvoiceID: randomUUID(),
    Type,
    InvoiceNumber: Type === 'ACCREC' ? nextNumber('INV', numbers) : '',
    Status: 'DRAFT',
    contactId: '',
    Date: dateOf(write),
    LineAmountTypes: 'Exclusive',
    LineItems: [],
    SubTotal: 0,
    TotalTax: 0,
    Total: 0,
    CurrencyCode: organisation.baseCurrency,
    CurrencyRate: 1,
    AmountDue: 0,
    AmountPaid: 0,
    AmountCredited: 0,
    Payments: [],
    Allocations: [],
    ...(Type === 'ACCREC' ? { BrandingThemeID: books.brandingThemes[0]?.BrandingThemeID, SentToContact: false } : {}),
    clientId,
    updatedAt: 0,
  };
}

/** Only a sales invoice has a reference, and only an approved one can be marked as sent. */
function headerOf({ sent, known, ...write }: InvoiceWrite) {
  const isSales = typeOf({ sent, known }) === 'ACCREC';
  const status = sent.Status ?? known?.Status;
  const canBeSent = isSales && (status === 'AUTHORISED' || status === 'PAID');
  return present({
    Date: dateOf({ ...write, sent, known }),
    DueDate: sent.DueDate,
    InvoiceNumber: sent.InvoiceNumber || undefined,
    Reference: isSales ? sent.Reference : undefined,
    BrandingThemeID: sent.BrandingThemeID?.toLowerCase() || undefined,
    Url: sent.Url,
    SentToContact: canBeSent ? sent.SentToContact : undefined,
  });
}

/** Computes lines again only when a write contains them. */
function linesOf(write: InvoiceWrite): Partial<Invoice> {
  const { organisation, sent, known } = write;
  const isUntouched = known && !sent.LineItems?.length && sent.LineAmountTypes === undefined;
  return isUntouched ? {} : writeLines(organisation, sent, known, settingOf(write));
}

/** As Xero documents, a new due date or sent flag of a part-paid document does not update UpdatedDateUTC. */
function isUnnoticed({ sent }: InvoiceWrite, known: Invoice): boolean {
  const { InvoiceID, Type, DueDate, SentToContact, ...rest } = sent;
  return known.Payments.length > 0 && Object.values(rest).every((value) => value === undefined);
}
