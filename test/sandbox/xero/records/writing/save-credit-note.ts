import { randomUUID } from 'node:crypto';
import { settleCredit } from '../change.ts';
import { nextNumber } from '../document-book.ts';
import { present } from '../present.ts';
import type { Credit } from '../types.ts';
import { isSilent, keepSentContact } from './contact-of-document.ts';
import { type CreditNoteWrite, creditNoteDate, creditNoteSetting, creditNoteType } from './credit-note-problems.ts';
import { currencyOf } from './document-currency.ts';
import { writeLines } from './document-lines.ts';

/** Saves a valid credit note. */
export function saveCreditNote(write: CreditNoteWrite): Credit {
  const { organisation, sent, known, now } = write;
  const books = organisation.books();
  const contact = sent.Contact && !isSilent(sent.Contact) ? keepSentContact(books, sent.Contact, now) : undefined;
  const credit = known ?? newCreditNote(write);
  const isUntouched = known && !sent.LineItems?.length && sent.LineAmountTypes === undefined;
  const lines = isUntouched ? {} : writeLines(organisation, sent, known, creditNoteSetting(write));
  Object.assign(credit, headerOf(write), currencyOf(organisation, sent, known), lines, { updatedAt: now });
  if (contact) credit.contactId = contact.ContactID;
  settleCredit(credit);
  if (credit.Status === 'VOIDED' || credit.Status === 'DELETED') credit.RemainingCredit = 0;
  books.credits.set(credit.id, credit);
  return credit;
}

function newCreditNote(write: CreditNoteWrite): Credit {
  const { organisation, now } = write;
  const numbers = [...organisation.books().credits.values()].map(({ number }) => number);
  const Type = creditNoteType(write);
  return {
    id: randomUUID(),
    kind: 'CreditNote',
    Type,
    number: Type === 'ACCRECCREDIT' ? nextNumber('CN', numbers) : '',
    Status: 'DRAFT',
    contactId: '',
    Date: creditNoteDate(write),
    LineAmountTypes: 'Exclusive',
    LineItems: [],
    SubTotal: 0,
    TotalTax: 0,
    Total: 0,
    CurrencyCode: organisation.baseCurrency,
    CurrencyRate: 1,
    RemainingCredit: 0,
    Allocations: [],
    Payments: [],
    updatedAt: now,
  };
}

/** Only a sales credit note has a reference. */
function headerOf(write: CreditNoteWrite) {
  const { sent } = write;
  return present({
    number: sent.CreditNoteNumber || undefined,
    Status: sent.Status,
    Date: creditNoteDate(write),
    Reference: creditNoteType(write) === 'ACCRECCREDIT' ? sent.Reference : undefined,
    BrandingThemeID: sent.BrandingThemeID?.toLowerCase() || undefined,
  });
}
