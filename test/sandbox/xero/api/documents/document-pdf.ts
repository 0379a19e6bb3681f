import type { Books } from '../../records/organisation.ts';
import type { Invoice, Quote } from '../../records/types.ts';
import type { ApiAnswer } from '../route.ts';
import { answerPdf } from './pdf.ts';

export function answerInvoicePdf(books: Books, invoice: Invoice): ApiAnswer {
  return answerPdf([
    `${invoice.Type === 'ACCREC' ? 'Invoice' : 'Bill'} ${invoice.InvoiceNumber}`,
    ...linesOf(books, invoice),
    `Amount due ${invoice.CurrencyCode} ${invoice.AmountDue.toFixed(2)}`,
  ]);
}

export function answerQuotePdf(books: Books, quote: Quote): ApiAnswer {
  return answerPdf([`Quote ${quote.QuoteNumber}`, ...linesOf(books, quote)]);
}

function linesOf(books: Books, document: Invoice | Quote): string[] {
  return [
    books.contacts.get(document.contactId)?.Name ?? '',
    document.Date,
    '',
    ...document.LineItems.map(
      (line) => `${line.Description}  ${line.Quantity} x ${line.UnitAmount}  ${line.LineAmount}`,
    ),
    '',
    `Total ${document.CurrencyCode} ${document.Total.toFixed(2)}`,
  ];
}
