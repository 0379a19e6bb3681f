import type { Books } from '../records/organisation.ts';
import { openDesk } from './desk.ts';
import { latePayers } from './organisations.ts';
import { taxTypes, toSettings } from './settings.ts';
import { writeBill, writeContact, writeCredit, writeInvoice, writeQuote } from './write.ts';

const slowCustomers: [name: string, email: string, owed: [number: string, total: number, due: number][]][] = [
  [
    'Pennine Plumbing Ltd',
    'ledger@pennineplumbing.example',
    [
      ['1001', 1200, -10],
      ['1014', 840.6, -44],
    ],
  ],
  [
    'Mr Toad Motors',
    'accounts@toadmotors.example',
    [
      ['1002', 9875.25, -75],
      ['1015', 310, -130],
      ['1020', 640, 9],
    ],
  ],
  [
    'Gadget Graveyard',
    'pay@gadgetgraveyard.example',
    [
      ['1003', 455.99, -210],
      ['1016', 455.99, -180],
    ],
  ],
  [
    'The Tardy Tailor',
    'tom@tardytailor.example',
    [
      ['1004', 72, -1],
      ['1017', 72, -31],
      ['1018', 72, -61],
    ],
  ],
  [
    'Someday Studios',
    'finance@someday.example',
    [
      ['1005', 3600, -365],
      ['1019', 2400, 0],
    ],
  ],
];

export function latePayersBooks(now: number): Books {
  const desk = openDesk(latePayers, toSettings(latePayers, ['GBP', 'EUR', 'USD']), taxTypes.GB, now);
  for (const [name, email, owed] of slowCustomers) {
    const contact = writeContact(desk, name, { EmailAddress: email });
    for (const [number, total, due] of owed) writeInvoice(desk, contact, { number: `INV-${number}`, total, due });
  }
  const euro = writeContact(desk, 'Atelier Retard SARL', { EmailAddress: 'compta@retard.example' });
  writeInvoice(desk, euro, { number: 'INV-1030', total: 5400, due: -52, currency: 'EUR', rate: 1.1734 });
  writeInvoice(desk, euro, { number: 'INV-1031', total: 1999.99, due: -3, currency: 'EUR', rate: 1.1612 });
  writeCredit(desk, euro, { number: 'CN-0003', total: 250, currency: 'EUR', rate: 1.1612 });

  const landlord = writeContact(desk, 'Brick & Mortar Estates', { EmailAddress: 'rent@brickmortar.example' });
  writeBill(desk, landlord, { number: 'RENT-09', total: 2750, due: -62 });
  writeBill(desk, landlord, { number: 'RENT-10', total: 2750, due: -32 });
  writeBill(desk, landlord, { number: 'RENT-11', total: 2750, due: -1 });
  writeBill(desk, landlord, { number: 'RENT-12', total: 2750, due: 29 });

  const hopeful = writeContact(desk, 'Evergreen Prospects', { EmailAddress: 'ivy@evergreen.example' });
  writeQuote(desk, hopeful, { number: 'QU-0101', total: 4800, issued: -60, expires: -30 });
  writeQuote(desk, hopeful, { number: 'QU-0102', total: 1250, status: 'DRAFT' });
  return desk.books;
}
