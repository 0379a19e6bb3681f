import { dayString, msDate, msDay } from '../../dates.ts';
import { roundTo } from '../../money.ts';
import type { Books } from '../../records/organisation.ts';
import type { Contact, Line, Payment } from '../../records/types.ts';
import type { ApiCall } from '../route.ts';

/** Two decimals, or four with `unitdp=4`. */
export function unitDecimalsOf(call: ApiCall): number {
  return call.query.unitdp === '4' ? 4 : 2;
}

export function lineToWire({ others, ...line }: Line, unitDecimals: number) {
  return {
    ...line,
    ...others,
    UnitAmount: roundTo(line.UnitAmount, unitDecimals),
  };
}

export function paymentToWire(payment: Payment) {
  return {
    PaymentID: payment.PaymentID,
    Date: msDay(payment.Date),
    Amount: payment.Amount,
    ...(payment.Reference === undefined ? {} : { Reference: payment.Reference }),
    CurrencyRate: payment.CurrencyRate,
    HasAccount: false,
    HasValidationErrors: false,
  };
}

/** The contact as shown in a list of documents. */
export function shortContact(books: Books, contactId: string) {
  return {
    ContactID: contactId,
    Name: books.contacts.get(contactId)?.Name ?? '',
  };
}

export function emptyContact(books: Books, contactId: string) {
  return {
    ...shortContact(books, contactId),
    Addresses: [],
    Phones: [],
    ContactGroups: [],
    ContactPersons: [],
    HasValidationErrors: false,
  };
}

/** `Date` and `DateString`, or the same for another field; nothing when the day is missing. */
export function dayPair(name: string, day: string | undefined) {
  return day === undefined ? {} : { [`${name}String`]: dayString(day), [name]: msDay(day) };
}

export function updatedPair(updatedAt: number) {
  return { UpdatedDateUTC: msDate(updatedAt) };
}

/** Filter fields of a document's contact. */
export function contactFields<Row extends { contactId: string }>(contacts: Map<string, Contact>) {
  const of = (row: Row) => contacts.get(row.contactId);
  return {
    'Contact.ContactID': { type: 'Guid' as const, get: (row: Row) => row.contactId },
    'Contact.Name': { type: 'String' as const, get: (row: Row) => of(row)?.Name },
    'Contact.ContactNumber': { type: 'String' as const, get: (row: Row) => of(row)?.ContactNumber },
  };
}
