import { addDays } from '../dates.ts';
import { stableId } from '../ids.ts';
import type { Books } from '../records/organisation.ts';
import type { Contact, Invoice } from '../records/types.ts';
import { type Desk, openDesk } from './desk.ts';
import { bulkTrading } from './organisations.ts';
import { taxTypes, toSettings } from './settings.ts';
import { writeBill, writeContact, writeInvoice, writeQuote } from './write.ts';

export const fiveThousandName = 'Five Thousand Pty Ltd';
export const fiveThousandCount = 5000;

/** Amounts in cents, so that the sum below is exact. */
function centsOf(index: number): number {
  return 1000 + ((index * 7919) % 90_001);
}

/** The sum of the 5,000 invoices, in NZD. */
export function fiveThousandDue(): string {
  let cents = 0;
  for (let index = 0; index < fiveThousandCount; index += 1) cents += centsOf(index);
  return (cents / 100).toFixed(2);
}

export function bulkTradingBooks(now: number): Books {
  const desk = openDesk(bulkTrading, toSettings(bulkTrading, ['NZD', 'AUD', 'USD']), taxTypes.NZ, now);
  const many = writeContact(desk, fiveThousandName, {
    EmailAddress: 'accounts@fivethousand.example',
    AccountNumber: 'FT-5000',
    IsCustomer: true,
  });
  const days = Array.from({ length: dueDays }, (_, offset) => {
    const due = addDays(desk.today, offset - 90);
    return { due, issued: addDays(due, -30) };
  });
  for (let index = 0; index < fiveThousandCount; index += 1) {
    const day = days[index % dueDays];
    if (day) writeOne(desk, many, index, day);
  }

  const few = writeContact(desk, 'Kauri Timber Supplies', { EmailAddress: 'hello@kauritimber.example' });
  writeBill(desk, few, { number: 'KT-881', total: 1840.5, due: -4 });
  writeBill(desk, few, { number: 'KT-902', total: 920, due: 12 });
  const other = writeContact(desk, 'Tui Cafe', { EmailAddress: 'tui@tuicafe.example', FirstName: 'Aroha' });
  writeInvoice(desk, other, { number: 'INV-9001', total: 230, due: 7 });
  writeQuote(desk, other, { number: 'QU-0007', total: 1150 });
  return desk.books;
}

/** Due from 90 days ago to 160 days ahead. */
const dueDays = 250;

type Days = { due: string; issued: string };

/** Does not use the general writer, which would make every reset slow. */
function writeOne(desk: Desk, contact: Contact, index: number, { due, issued }: Days): void {
  const amount = centsOf(index) / 100;
  const number = `INV-${String(10_001 + index)}`;
  const InvoiceID = stableId(contact.ContactID, number);
  const record: Invoice = {
    InvoiceID,
    contactId: contact.ContactID,
    Type: 'ACCREC',
    InvoiceNumber: number,
    Status: 'AUTHORISED',
    Date: issued,
    DueDate: due,
    LineAmountTypes: 'NoTax',
    LineItems: [
      {
        LineItemID: lineIdOf(InvoiceID),
        Description: 'Wholesale order',
        Quantity: 1,
        UnitAmount: amount,
        LineAmount: amount,
        TaxAmount: 0,
        TaxType: 'NONE',
        AccountCode: '200',
        Tracking: [],
      },
    ],
    SubTotal: amount,
    TotalTax: 0,
    Total: amount,
    AmountDue: amount,
    AmountPaid: 0,
    AmountCredited: 0,
    CurrencyCode: 'NZD',
    CurrencyRate: 1,
    Payments: [],
    Allocations: [],
    updatedAt: desk.now - 86_400_000 - (fiveThousandCount - index) * 1000,
  };
  desk.books.invoices.set(InvoiceID, record);
}

/** Another id from the same digits, because hashing 5,000 more would slow every start. */
function lineIdOf(invoiceId: string): string {
  return `${invoiceId.slice(9, 13)}${invoiceId.slice(0, 4)}${invoiceId.slice(8)}`;
}
