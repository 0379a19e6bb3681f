import { randomUUID } from 'node:crypto';
import { todayIn } from '../../dates.ts';
import { nextNumber } from '../document-book.ts';
import { present } from '../present.ts';
import type { Quote } from '../types.ts';
import { isSilent, keepSentContact } from './contact-of-document.ts';
import { currencyOf } from './document-currency.ts';
import { writeLines } from './document-lines.ts';
import { type QuoteWrite, quoteSettingOf } from './quote-problems.ts';

/** Saves a valid quote. */
export function saveQuote(write: QuoteWrite): Quote {
  const { organisation, sent, known, now } = write;
  const books = organisation.books();
  const contact = sent.Contact && !isSilent(sent.Contact) ? keepSentContact(books, sent.Contact, now) : undefined;
  const quote = known ?? newQuote(write);
  const lines = writeLines(organisation, sent, known, quoteSettingOf(write.sent));
  Object.assign(quote, headerOf(write, quote), currencyOf(organisation, sent, known), lines, { updatedAt: now });
  if (contact) quote.contactId = contact.ContactID;
  books.quotes.set(quote.QuoteID, quote);
  return quote;
}

function newQuote({ organisation, now }: QuoteWrite): Quote {
  const { brandingThemes } = organisation.books();
  return {
    QuoteID: randomUUID(),
    QuoteNumber: nextQuoteNumber(organisation),
    Status: 'DRAFT',
    contactId: '',
    Date: todayIn(organisation.timezone, now),
    LineAmountTypes: 'Exclusive',
    LineItems: [],
    SubTotal: 0,
    TotalTax: 0,
    Total: 0,
    CurrencyCode: organisation.baseCurrency,
    CurrencyRate: 1,
    BrandingThemeID: brandingThemes[0]?.BrandingThemeID,
    updatedAt: now,
  };
}

function nextQuoteNumber(organisation: QuoteWrite['organisation']): string {
  return nextNumber(
    'QU',
    [...organisation.books().quotes.values()].map(({ QuoteNumber }) => QuoteNumber),
  );
}

/**
 * An update empties the texts that it leaves out, and gives the quote the next number if the number is left out. The
 * theme stays. Others observed this on the service.
 */
function headerOf({ organisation, sent, known }: QuoteWrite, quote: Quote) {
  return {
    QuoteNumber: sent.QuoteNumber || (known ? nextQuoteNumber(organisation) : quote.QuoteNumber),
    ...present({
      Status: sent.Status,
      Date: sent.Date,
      BrandingThemeID: sent.BrandingThemeID?.toLowerCase() || undefined,
    }),
    ExpiryDate: sent.ExpiryDate,
    Reference: sent.Reference,
    Title: sent.Title,
    Summary: sent.Summary,
    Terms: sent.Terms,
  };
}
