import { dayString, dayToMs } from '../../dates.ts';
import type { Books } from '../../records/organisation.ts';
import type { Quote } from '../../records/types.ts';
import { lineToWire, shortContact } from '../documents/document-wire.ts';

/** In Xero's own examples, only the dates of quotes are written without "+0000". */
function quoteDate(ms: number): string {
  return `/Date(${ms})/`;
}

export function quoteDayPair(name: string, day: string | undefined) {
  return day === undefined ? {} : { [name]: quoteDate(dayToMs(day)), [`${name}String`]: dayString(day) };
}

export function quoteToWire(books: Books, quote: Quote) {
  return {
    QuoteID: quote.QuoteID,
    QuoteNumber: quote.QuoteNumber,
    Reference: quote.Reference ?? '',
    Terms: quote.Terms ?? '',
    Contact: {
      ...shortContact(books, quote.contactId),
      EmailAddress: books.contacts.get(quote.contactId)?.EmailAddress ?? '',
    },
    LineItems: quote.LineItems.map((line) => lineToWire(line, 4)),
    ...quoteDayPair('Date', quote.Date),
    ...quoteDayPair('ExpiryDate', quote.ExpiryDate),
    Status: quote.Status,
    CurrencyRate: quote.CurrencyRate,
    CurrencyCode: quote.CurrencyCode,
    SubTotal: quote.SubTotal,
    TotalTax: quote.TotalTax,
    Total: quote.Total,
    TotalDiscount: quote.TotalDiscount ?? 0,
    Title: quote.Title ?? '',
    Summary: quote.Summary ?? '',
    ...(quote.BrandingThemeID === undefined ? {} : { BrandingThemeID: quote.BrandingThemeID }),
    UpdatedDateUTC: quoteDate(quote.updatedAt),
    LineAmountTypes: quote.LineAmountTypes.toUpperCase(),
  };
}
