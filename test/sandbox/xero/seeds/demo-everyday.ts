import type { Contact } from '../records/types.ts';
import type { Desk } from './desk.ts';
import { writeBill, writeContact, writeCredit, writeInvoice, writeQuote } from './write.ts';

type Everyday = { name: string; email?: string; first?: string; last?: string; phone?: string };

const customers: Everyday[] = [
  { name: 'Basket Case', email: 'hello@basketcase.example', first: 'Amelia', last: 'Woods' },
  { name: 'Bayside Club', email: 'secretary@baysideclub.example', first: 'Bob', last: 'Partridge' },
  { name: 'Boom FM', email: 'office@boomfm.example' },
  { name: 'City Limousines', email: 'drive@citylimo.example', phone: '5550 9301' },
  { name: 'DIISR - Small Business Services', email: 'cad@diisr.example' },
  { name: 'Eucalypt Events', email: 'ruth@eucalyptevents.example', first: 'Ruth', last: 'Abara' },
  { name: 'Fernhill Primary School', email: 'bursar@fernhill.example' },
  { name: 'Gateway University', email: 'payables@gatewayuni.example' },
  { name: 'Hamilton Smith Pty Ltd', email: 'infohs@hamiltonsmith.example', first: 'Hamish', last: 'Smith' },
  { name: 'Jetty Road Bakery', email: 'orders@jettyroad.example' },
  { name: 'Koala Kinder', email: 'admin@koalakinder.example' },
  { name: 'Lachlan Ng', email: 'lachlan.ng@post.example', first: 'Lachlan', last: 'Ng', phone: '5550 7712' },
  { name: 'Marine Systems', email: 'mm@marinesystems.example' },
  { name: 'Petrie McLoud Watson & Associates', email: 'david@pmw.example', first: 'David', last: 'McLoud' },
  { name: 'Priya Raman', email: 'priya.raman@post.example', first: 'Priya', last: 'Raman' },
  { name: 'Rex Media Group', email: 'info@rexmedia.example' },
  { name: 'Ridgeway University', email: 'finance@ridgeway.example' },
  { name: 'Southerly Signs', email: 'hello@southerlysigns.example' },
  { name: 'Young Bros Transport', email: 'rod@youngbros.example', first: 'Rod', last: 'Young' },
];

const suppliers: Everyday[] = [
  { name: 'ABC Furniture', email: 'info@abcfurniture.example' },
  { name: 'Capital Cab Co', email: 'accounts@capitalcab.example' },
  { name: 'Copper & Glass Wholesale', email: 'trade@copperglass.example' },
  { name: 'Net Connect', email: 'billing@netconnect.example' },
  { name: 'PowerDirect', email: 'bills@powerdirect.example' },
  { name: 'Smart Agency', email: 'hi@smartagency.example' },
  { name: 'Swanston Security', email: 'guard@swanston.example' },
];

/** Contacts outside the story: some owe money, some are owed money, some have never bought anything. */
export function writeEverydayContacts(desk: Desk): void {
  customers.forEach((plan, index) => {
    writeCustomer(desk, writePlain(desk, plan), index);
  });
  suppliers.forEach((plan, index) => {
    writeSupplier(desk, writePlain(desk, plan), index);
  });
  writeGone(desk);
}

function writePlain(desk: Desk, plan: Everyday): Contact {
  return writeContact(desk, plan.name, {
    ...(plan.email === undefined ? {} : { EmailAddress: plan.email }),
    ...(plan.first === undefined ? {} : { FirstName: plan.first }),
    ...(plan.last === undefined ? {} : { LastName: plan.last }),
    Phones: plan.phone === undefined ? [] : [{ PhoneType: 'DEFAULT', PhoneNumber: plan.phone, PhoneAreaCode: '02' }],
  });
}

/** Whole tens of cents, different for each, the same in every run. */
function amountOf(index: number, base: number): number {
  return base + ((index * 137) % 90) * 10 + (index % 10) / 10;
}

function writeCustomer(desk: Desk, contact: Contact, index: number): void {
  if (index % 5 === 4) return;
  const foreign = index % 4 === 1 ? { currency: 'USD', rate: 0.6455 } : {};
  const number = (offset: number) => `INV-${String(100 + index * 3 + offset).padStart(4, '0')}`;
  writeInvoice(desk, contact, {
    number: number(0),
    total: amountOf(index, 220),
    due: (index % 7) * 9 - 26,
    ...foreign,
  });
  writeInvoice(desk, contact, { number: number(1), total: amountOf(index + 7, 90), due: -50 - index, status: 'PAID' });
  if (index % 3 === 0)
    writeInvoice(desk, contact, { number: number(2), total: amountOf(index, 75), status: 'SUBMITTED' });
  if (index % 2 === 0) {
    const quote = `QU-${String(50 + index).padStart(4, '0')}`;
    writeQuote(desk, contact, { number: quote, total: amountOf(index, 500), issued: -index - 2, ...foreign });
  }
  if (index === 2) writeCredit(desk, contact, { kind: 'Prepayment', number: 'PRE-0002', total: 345 });
  if (index === 3) writeCredit(desk, contact, { kind: 'Overpayment', number: 'OVER-0001', total: 20 });
}

function writeSupplier(desk: Desk, contact: Contact, index: number): void {
  const number = (offset: number) => `B${4000 + index * 11 + offset}`;
  writeBill(desk, contact, { number: number(0), total: amountOf(index, 110), due: index * 8 - 20 });
  writeBill(desk, contact, { number: number(1), total: amountOf(index + 3, 60), due: -45, status: 'PAID' });
  if (index === 0) writeCredit(desk, contact, { number: 'ABC-CR-9', type: 'ACCPAYCREDIT', total: 55 });
}

function writeGone(desk: Desk): void {
  const gone: Partial<Contact> = { ContactStatus: 'ARCHIVED' };
  const closed = writeContact(desk, 'Wattle & Daub (closed)', { ...gone, EmailAddress: 'info@wattledaub.example' });
  writeInvoice(desk, closed, { number: 'INV-0021', total: 880, due: -400, status: 'PAID' });
  const owing = writeContact(desk, 'Bower Bird Antiques', { ...gone, EmailAddress: 'bower@bird.example' });
  writeInvoice(desk, owing, { number: 'INV-0034', total: 150, due: -250 });
  const kept = [...desk.books.contacts.values()].find(({ Name }) => Name === 'Southerly Signs');
  writeContact(desk, 'Southerly Signs (duplicate)', {
    ...gone,
    EmailAddress: 'signs@southerlysigns.example',
    ...(kept === undefined ? {} : { MergedToContactID: kept.ContactID }),
  });
}
