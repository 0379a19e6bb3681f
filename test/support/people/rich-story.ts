import { chooseDocumentsRoute } from '#shared/contract/documents.ts';
import type { World } from '../world/world.ts';
import { adminId } from './admin.ts';

/** One entry per currency, with its rate and a typical amount. */
const currencies = [
  { code: 'AUD', rate: 1, amount: 48_250.75 },
  { code: 'USD', rate: 0.6512, amount: 1_254_300.4 },
  { code: 'EUR', rate: 0.6021, amount: 3_120.75 },
  { code: 'JPY', rate: 97.31, amount: 48_512_300 },
  { code: 'NZD', rate: 1.0942, amount: 910.1 },
] as const;

/** One due date for each part of the ageing bar, in days from today. */
const dueDays = [20, -18, -45, -75, -120] as const;

const secondName = 'Consolidated Lighthouse, Lightship and Buoy Maintenance Cooperative of the Outer Hebrides and Skye';
const reference = 'Framework agreement 2026/Ω-117, call-off 14, lantern room east (second instalment)';
const description =
  'Fresnel lens of the third order, ground and polished, with brass mounting, transport to the island by tender and fitting at low water';

type Desk = { control: World['xero']['control']; tenantId: string; ContactID: string };
type Choice = { kind: 'quote' | 'invoice'; id: string };

/** Two Xero contacts with long names, five currencies and every kind of document. */
export async function writeRich({ xero: { control } }: World): Promise<void> {
  const { tenantId, contacts, longName } = await findPlace(control);
  const second = await control.addContact({ tenantId, Name: secondName });
  const desk = { control, tenantId, ContactID: contacts[longName] ?? '' };
  await Promise.all([
    writeInvoices(desk, 'A', currencies),
    ...currencies.map((money) => writeOthers(desk, money)),
    writeInvoices({ ...desk, ContactID: second.ContactID }, 'B', currencies.slice(0, 2)),
  ]);
}

/** Links them to a person and to their company, and chooses some of the documents for their deal. */
export async function arrangeRich(world: World): Promise<void> {
  const { control } = world.xero;
  const { tenantId, longName } = await findPlace(control);
  const { contactId } = await world.admin.link({ type: 'contact', id: '1008' }, longName);
  await world.admin.link({ type: 'company', id: '512' }, secondName);
  const { invoices, quotes } = await control.documents({ tenantId, contactId });
  await choose(world, '9009', [
    ...invoices.filter(({ InvoiceNumber }) => /-[01]$/.test(InvoiceNumber ?? '')).map(toInvoiceChoice),
    ...quotes.filter(({ Status }) => Status === 'SENT').map(({ QuoteID }) => ({ kind: 'quote' as const, id: QuoteID })),
  ]);
}

function toInvoiceChoice({ InvoiceID }: { InvoiceID: string }) {
  return { kind: 'invoice' as const, id: InvoiceID };
}

async function findPlace(control: Desk['control']) {
  const [organisation] = (await control.seedInfo()).organisations;
  const { tenantId = '', contacts = {} } = organisation ?? {};
  const longName = Object.keys(contacts).find((name) => name.startsWith('The Very Long')) ?? '';
  return { tenantId, contacts, longName };
}

/** Quotes, drafts and a credit in one currency. */
async function writeOthers({ control, tenantId, ContactID }: Desk, { code, rate, amount }: Money): Promise<void> {
  const money = { tenantId, Contact: { ContactID }, CurrencyCode: code, CurrencyRate: rate, Reference: reference };
  const Total = amount * 2;
  await Promise.all([
    control.addQuote({ ...money, Total, Status: 'SENT', ExpiryDate: inDays(30) }),
    control.addQuote({ ...money, Total, Status: 'ACCEPTED' }),
    control.addQuote({ ...money, Total, Status: 'DRAFT', Date: inDays(-60), ExpiryDate: inDays(-9) }),
    control.addInvoice({ ...money, Total, Type: 'ACCREC', Status: 'DRAFT' }),
    control.addInvoice({ ...money, Total, Type: 'ACCPAY', Status: 'DRAFT' }),
    control.addCreditNote({ ...money, Total: amount / 10, kind: creditKinds[code] }),
  ]);
}

const creditKinds: Readonly<Record<string, 'CreditNote' | 'Prepayment' | 'Overpayment'>> = {
  USD: 'Prepayment',
  EUR: 'Overpayment',
};

/** An invoice and a bill of each age, in each currency. */
async function writeInvoices(desk: Desk, series: string, among: readonly Money[]): Promise<void> {
  const drafts = among.flatMap(({ code, rate, amount }) =>
    dueDays.map((days, index) => ({ code, rate, days, amount: amount + index, name: `${series}-${code}-${index}` })),
  );
  await Promise.all(drafts.map((draft) => writeBoth(desk, draft)));
}

type Money = { code: string; rate: number; amount: number };

/** An invoice and a bill with the longest texts. The one that is 18 days overdue was partly paid. */
async function writeBoth(
  { control, tenantId, ContactID }: Desk,
  { code, rate, amount, days, name }: Money & { days: number; name: string },
): Promise<void> {
  const draft = {
    ...{ tenantId, Contact: { ContactID }, CurrencyCode: code, CurrencyRate: rate, Status: 'AUTHORISED' as const },
    ...{ Date: inDays(days - 30), DueDate: inDays(days), LineAmountTypes: 'NoTax' as const, Reference: reference },
    LineItems: [{ Description: description, Quantity: 1, UnitAmount: amount, AccountCode: '200' }],
  };
  const InvoiceNumber = `LIGHTHOUSE-MAINTENANCE-2026-${name}`;
  const paid = days === -18 ? { AmountPaid: 500 } : {};
  await Promise.all([
    control.addInvoice({ ...draft, ...paid, Type: 'ACCREC', InvoiceNumber }),
    control.addInvoice({ ...draft, Type: 'ACCPAY', InvoiceNumber: `BILL-${InvoiceNumber}` }),
  ]);
}

/** Replaces whatever was chosen before. */
export async function choose(world: World, dealId: string, add: readonly Choice[]): Promise<void> {
  const visit = await world.visit({ userId: adminId, recordType: 'deal', recordId: dealId });
  await visit.call(chooseDocumentsRoute, { body: { add } });
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
