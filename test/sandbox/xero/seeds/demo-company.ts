import type { Books } from '../records/organisation.ts';
import type { Contact } from '../records/types.ts';
import { writeEverydayContacts } from './demo-everyday.ts';
import { type Desk, openDesk } from './desk.ts';
import { demoCompany } from './organisations.ts';
import { taxTypes, toSettings } from './settings.ts';
import { writeBill, writeContact, writeCredit, writeInvoice, writeQuote } from './write.ts';

/** A plausible maker of lamps: first the contacts of the story, then the others. */
export function demoCompanyBooks(now: number): Books {
  const settings = toSettings(demoCompany, ['AUD', 'USD', 'EUR', 'JPY', 'NZD']);
  const desk = openDesk(demoCompany, settings, taxTypes.AU, now);
  writeHarbourLights(desk);
  writeNordlys(desk);
  writeDental(desk);
  writeCouriers(desk);
  writeOddNames(desk);
  writePeople(desk);
  writeEverydayContacts(desk);
  return desk.books;
}

function street(line: string, City: string, Region: string, PostalCode: string): Contact['Addresses'] {
  return [{ AddressType: 'STREET', AddressLine1: line, City, Region, PostalCode, Country: 'Australia' }];
}

function phone(PhoneAreaCode: string, PhoneNumber: string): Contact['Phones'] {
  return [{ PhoneType: 'DEFAULT', PhoneNumber, PhoneAreaCode, PhoneCountryCode: '61' }];
}

function writeHarbourLights(desk: Desk): void {
  const harbour = writeContact(desk, 'Harbour Lights Pty Ltd', {
    FirstName: 'Imogen',
    LastName: 'Hart',
    EmailAddress: 'accounts@harbourlights.example',
    AccountNumber: 'HL-001',
    TaxNumber: '51 824 753 556',
    Addresses: street('12 Wharf Road', 'Balmain', 'NSW', '2041'),
    Phones: phone('02', '5550 1120'),
    PaymentTerms: { Sales: { Day: 14, Type: 'DAYSAFTERBILLDATE' }, Bills: { Day: 20, Type: 'OFFOLLOWINGMONTH' } },
    SalesDefaultAccountCode: '200',
    AccountsReceivableTaxType: 'OUTPUT',
    SalesTrackingCategories: [{ TrackingCategoryName: 'Region', TrackingOptionName: 'East' }],
    DefaultCurrency: 'AUD',
  });
  writeInvoice(desk, harbour, { number: 'INV-0087', total: 4200, due: -18, issued: -48, reference: 'Pier 4 refit' });
  writeInvoice(desk, harbour, {
    number: 'INV-0093',
    total: 8280,
    paid: 2000,
    due: 20,
    issued: -10,
    reference: 'PO 7731',
  });
  writeInvoice(desk, harbour, { number: 'INV-0094', total: 2000, due: 12, issued: -9 });
  writeInvoice(desk, harbour, { number: 'INV-0095', total: 500, due: 28, issued: -1, status: 'DRAFT' });
  writeBill(desk, harbour, { number: 'HLB-2210', total: 310, due: 9, what: 'Returned lamps, refund' });
  writeQuote(desk, harbour, { number: 'QU-0041', total: 2400, status: 'DRAFT', title: 'Spare lamps' });
  writeQuote(desk, harbour, { number: 'QU-0042', total: 5500, status: 'SENT', title: 'Jetty lighting' });
  writeQuote(desk, harbour, { number: 'QU-0038', total: 1600, status: 'ACCEPTED', issued: -25, title: 'Lamp service' });
  writeQuote(desk, harbour, { number: 'QU-0021', total: 990, status: 'DECLINED', issued: -120, expires: -90 });
  writeQuote(desk, harbour, { number: 'QU-0019', total: 3300, status: 'INVOICED', issued: -130, expires: -100 });
  writeInvoice(desk, harbour, { number: 'INV-0061', total: 3300, due: -85, issued: -115, status: 'PAID' });
  const returned = writeInvoice(desk, harbour, { number: 'INV-0072', total: 1980, paid: 1780, due: -55, issued: -85 });
  writeInvoice(desk, harbour, { number: 'INV-0079', total: 745, due: -40, issued: -70, status: 'VOIDED' });
  writeBill(desk, harbour, { number: 'HLB-2107', total: 88, due: -60, status: 'PAID' });
  writeCredit(desk, harbour, {
    number: 'CN-0012',
    total: 320,
    reference: 'Broken in transit',
    applied: { to: returned, amount: 200 },
  });

  const old = writeContact(desk, 'H. Lights (old)', { EmailAddress: 'office@harbourlights.example' });
  writeInvoice(desk, old, { number: 'INV-0011', total: 264, due: -300, issued: -330, status: 'PAID' });
}

function writeNordlys(desk: Desk): void {
  const nordlys = writeContact(desk, 'Nordlys Trading AS', {
    FirstName: 'Sigrid',
    LastName: 'Aasen',
    EmailAddress: 'post@nordlys.example',
    AccountNumber: 'NT-014',
    DefaultCurrency: 'USD',
    AccountsReceivableTaxType: 'EXEMPTEXPORT',
    PaymentTerms: { Sales: { Day: 7, Type: 'DAYSAFTERBILLMONTH' } },
    Addresses: [
      { AddressType: 'STREET', AddressLine1: 'Storgata 9', City: 'Tromsø', PostalCode: '9008', Country: 'Norway' },
    ],
  });
  writeInvoice(desk, nordlys, { number: 'INV-0089', total: 1850, due: 6 });
  writeInvoice(desk, nordlys, { number: 'INV-0096', total: 1300, due: 25 });
  writeInvoice(desk, nordlys, { number: 'INV-0090', total: 1500, due: 8, currency: 'USD', rate: 0.6512 });
  writeInvoice(desk, nordlys, { number: 'INV-0097', total: 900, due: 27, currency: 'USD', rate: 0.6478 });
  writeQuote(desk, nordlys, { number: 'QU-0043', total: 9000, currency: 'USD', rate: 0.6478, title: 'Quay lamps' });
}

function writeDental(desk: Desk): void {
  const dental = writeContact(desk, 'Blue Gum Dental', {
    EmailAddress: 'reception@bluegumdental.example',
    Addresses: street('3 Gum Street', 'Ballarat', 'VIC', '3350'),
    Phones: phone('03', '5550 4471'),
  });
  writeInvoice(desk, dental, { number: 'INV-0091', total: 660, due: 10 });
  writeBill(desk, dental, { number: 'BGD-118', total: 240, due: -14, what: 'Staff check-ups' });
  writeBill(desk, dental, { number: 'BGD-121', total: 185.5, due: -3, what: 'Staff check-ups' });
}

function writeCouriers(desk: Desk): void {
  const couriers = writeContact(desk, 'Kookaburra Couriers', {
    EmailAddress: 'billing@kookaburracouriers.example',
    AccountNumber: 'S-0007',
    PaymentTerms: { Bills: { Day: 20, Type: 'OFFOLLOWINGMONTH' } },
    PurchasesDefaultAccountCode: '425',
    AccountsPayableTaxType: 'INPUT',
    PurchasesTrackingCategories: [{ TrackingCategoryName: 'Salesperson', TrackingOptionName: 'Tom' }],
    Phones: phone('02', '5550 8000'),
  });
  writeBill(desk, couriers, { number: '4711', total: 132, due: -35, what: 'Freight' });
  writeBill(desk, couriers, { number: '4754', total: 98.45, due: -5, what: 'Freight' });
  writeBill(desk, couriers, { number: '4790', total: 176.2, due: 11, what: 'Freight' });
  writeBill(desk, couriers, { number: '4801', total: 64.9, due: 25, status: 'DRAFT', what: 'Freight' });
  writeBill(desk, couriers, { number: '4688', total: 120.1, due: -66, status: 'PAID', what: 'Freight' });
}

/** Exactly 120 characters. */
const longName =
  'The Very Long Established Consolidated Lamp, Lantern, Chandelier and Ornamental Lighting Company of Greater Woolloomooloo'.slice(
    0,
    120,
  );

function writeOddNames(desk: Desk): void {
  const yard = writeContact(desk, 'Ørsted & Søn "Værft" A/S', {
    FirstName: 'Søren',
    LastName: 'Ørsted',
    EmailAddress: 'kontor@orsted-vaerft.example',
  });
  writeInvoice(desk, yard, { number: 'INV-0092', total: 3120.75, due: 18, currency: 'EUR', rate: 0.6021 });
  const cafe = writeContact(desk, "O'Brien's 100% Café + Grill; (St. Kilda) #2", {
    FirstName: "D'Arcy",
    LastName: "O'Brien",
    EmailAddress: "d'arcy+bills@obriens.example",
  });
  writeInvoice(desk, cafe, { number: 'INV-0086', total: 412.5, due: -7 });
  const long = writeContact(desk, longName, { EmailAddress: 'hello@verylong.example' });
  writeInvoice(desk, long, { number: 'INV-0085', total: 1_254_300.4, due: 30 });
  const tokyo = writeContact(desk, '株式会社あかり (Akari K.K.)', { EmailAddress: 'keiri@akari.example' });
  writeInvoice(desk, tokyo, { number: 'INV-0088', total: 485_000, due: -2, currency: 'JPY', rate: 97.31 });
}

function writePeople(desk: Desk): void {
  const marisol = writeContact(desk, 'Marisol Vega', {
    FirstName: 'Marisol',
    LastName: 'Vega',
    EmailAddress: 'marisol.vega@vegadesign.example',
  });
  writeInvoice(desk, marisol, { number: 'INV-0083', total: 1430, due: 3 });
  writeQuote(desk, marisol, { number: 'QU-0040', total: 2860, issued: -40, expires: -10, title: 'Studio lights' });
}
