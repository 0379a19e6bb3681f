import { todayIn } from '../dates.ts';
import { settle } from './change.ts';
import { amountsOf, toPayment } from './document-book.ts';
import type { InvoiceChange, QuoteChange } from './document-draft.ts';
import type { Organisation } from './organisation.ts';
import { present } from './present.ts';
import type { Invoice, Quote } from './types.ts';

/** Undefined when there is no such invoice. */
export function changeInvoice(organisation: Organisation, change: InvoiceChange, now: number): Invoice | undefined {
  const invoice = organisation.books().invoices.get(change.InvoiceID);
  if (!invoice) return undefined;
  const { InvoiceID, pay, Contact, LineItems, Total, ...given } = change;
  const today = todayIn(organisation.timezone, now);
  if (!isUnnoticed(invoice, change)) invoice.updatedAt = now;
  Object.assign(invoice, present(given));
  if (LineItems !== undefined || Total !== undefined) Object.assign(invoice, amountsOf(organisation, change));
  if (Contact) invoice.contactId = Contact.ContactID;
  if (pay !== undefined) invoice.Payments.push(toPayment(pay, { ...invoice, Date: today }));
  settle(invoice, today);
  return invoice;
}

/** As Xero documents, a new due date or sent flag of a part-paid document does not update UpdatedDateUTC. */
function isUnnoticed(invoice: Invoice, { InvoiceID, ...change }: InvoiceChange): boolean {
  return (
    invoice.Payments.length > 0 &&
    Object.entries(change).every(
      ([name, value]) => value === undefined || name === 'DueDate' || name === 'SentToContact',
    )
  );
}

export function changeQuote(organisation: Organisation, change: QuoteChange, now: number): Quote | undefined {
  const quote = organisation.books().quotes.get(change.QuoteID);
  if (!quote) return undefined;
  const { QuoteID, Contact, LineItems, Total, ...given } = change;
  Object.assign(quote, present(given), { updatedAt: now });
  if (LineItems !== undefined || Total !== undefined) Object.assign(quote, amountsOf(organisation, change));
  if (Contact) quote.contactId = Contact.ContactID;
  return quote;
}
