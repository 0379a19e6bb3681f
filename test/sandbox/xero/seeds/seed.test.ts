import { describe, expect, test } from 'vitest';
import { todayIn } from '../dates.ts';
import { sum } from '../money.ts';
import type { Books } from '../records/organisation.ts';
import { fiveThousandDue } from './bulk-trading.ts';
import { plantSeed } from './seed.ts';

const now = Date.parse('2026-11-10T14:30:00Z');

function booksOf(name: string): Books {
  const found = plantSeed('story', now).find((organisation) => organisation.name === name);
  if (!found) throw new Error(`no organisation ${name}`);
  return found.books();
}

function outstandingOf(books: Books, name: string, type: string) {
  const contact = [...books.contacts.values()].find(({ Name }) => Name === name);
  return [...books.invoices.values()].filter(
    (invoice) => invoice.contactId === contact?.ContactID && invoice.Type === type && invoice.Status === 'AUTHORISED',
  );
}

describe('the story seed', () => {
  test('Harbour Lights owes AUD 12,480.00 on three invoices, one overdue', () => {
    const owed = outstandingOf(booksOf('Demo Company (AU)'), 'Harbour Lights Pty Ltd', 'ACCREC');
    const today = todayIn('AUSEASTERNSTANDARDTIME', now);
    expect(sum(owed.map(({ AmountDue }) => AmountDue))).toBe(12_480);
    expect(owed.map(({ InvoiceNumber }) => InvoiceNumber).sort()).toEqual(['INV-0087', 'INV-0093', 'INV-0094']);
    expect(owed.filter(({ DueDate }) => (DueDate ?? today) < today).map(({ AmountDue }) => AmountDue)).toEqual([4200]);
  });

  test('when it is Sydney’s tomorrow, then due dates are counted from there', () => {
    const late = outstandingOf(booksOf('Demo Company (AU)'), 'Harbour Lights Pty Ltd', 'ACCREC')[0];
    expect(todayIn('AUSEASTERNSTANDARDTIME', now)).toBe('2026-11-11');
    expect(late?.DueDate).toBe('2026-10-24');
  });

  test('when its credit note is read, then 120.00 of it is left', () => {
    const credits = [...booksOf('Demo Company (AU)').credits.values()];
    expect(credits.find(({ number }) => number === 'CN-0012')?.RemainingCredit).toBe(120);
  });

  test('has about forty contacts, some archived and one merged', () => {
    const contacts = [...booksOf('Demo Company (AU)').contacts.values()];
    expect(contacts.length).toBeGreaterThanOrEqual(38);
    expect(contacts.filter(({ ContactStatus }) => ContactStatus === 'ARCHIVED')).toHaveLength(3);
    expect(contacts.filter(({ MergedToContactID }) => MergedToContactID)).toHaveLength(1);
    expect(contacts.some(({ Name }) => Name.length === 120)).toBe(true);
  });

  test('when it is planted twice, then every id is the same', () => {
    expect([...booksOf('Late Payers Ltd').invoices.keys()]).toEqual([...booksOf('Late Payers Ltd').invoices.keys()]);
  });

  test('only bills use a document number twice', () => {
    const books = booksOf('Demo Company (AU)');
    const sales = [...books.invoices.values()].filter(({ Type }) => Type === 'ACCREC').map((one) => one.InvoiceNumber);
    const quotes = [...books.quotes.values()].map((quote) => quote.QuoteNumber);
    expect(new Set(sales).size).toBe(sales.length);
    expect(new Set(quotes).size).toBe(quotes.length);
  });

  test('the five thousand invoices add up to the seed’s sum', () => {
    const owed = outstandingOf(booksOf('Bulk Trading Co'), 'Five Thousand Pty Ltd', 'ACCREC');
    expect(owed).toHaveLength(5000);
    expect(sum(owed.map(({ AmountDue }) => AmountDue)).toFixed(2)).toBe(fiveThousandDue());
  });
});
