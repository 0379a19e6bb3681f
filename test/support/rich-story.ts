import { chooseDocumentsRoute } from '#shared/contract/documents.ts';
import { adminId } from './admin.ts';
import type { World } from './world.ts';

/** A currency each, with its rate and an amount of everyday size in it. */
const currencies = [
  { code: 'AUD', rate: 1, amount: 48_250.75 },
  { code: 'USD', rate: 0.6512, amount: 1_254_300.4 },
  { code: 'EUR', rate: 0.6021, amount: 3_120.75 },
  { code: 'JPY', rate: 97.31, amount: 48_512_300 },
  { code: 'NZD', rate: 1.0942, amount: 910.1 },
] as const;

/** One in each part of the ageing bar, in days from today. */
const dueDays = [20, -18, -45, -75, -120] as const;

const secondName = 'Consolidated Lighthouse, Lightship and Buoy Maintenance Cooperative of the Outer Hebrides and Skye';
const reference = 'Framework agreement 2026/Ω-117, call-off 14, lantern room east (second instalment)';
const description =
  'Fresnel lens of the third order, ground and polished, with brass mounting, transport to the island by tender and fitting at low water';

type Desk = { control: World['xero']['control']; tenantId: string; ContactID: string };
type Choice = { kind: 'quote' | 'invoice'; id: string };

/** Long names, five currencies, everything there is: a person, their company and its deal. */
export async function arrangeRich(world: World): Promise<void> {
  const { control } = world.xero;
  const [organisation] = (await control.seedInfo()).organisations;
  const tenantId = organisation?.tenantId ?? '';
  const longName = Object.keys(organisation?.contacts ?? {}).find((name) => name.startsWith('The Very Long')) ?? '';
  const second = await control.addContact({ tenantId, Name: secondName });
  const ContactID = organisation?.contacts[longName] ?? '';
  const chosen = await writeDocuments({ control, tenantId, ContactID });
  await writeInvoices({ control, tenantId, ContactID: second.ContactID }, 'B');
  // What was loaded before is forgotten with the process, and linking loads anew.
  await world.restartProduct();
  await world.admin.link({ type: 'contact', id: '1008' }, longName);
  await world.admin.link({ type: 'company', id: '512' }, secondName);
  await choose(world, '9009', chosen);
}

async function writeDocuments(desk: Desk): Promise<Choice[]> {
  const chosen = await writeInvoices(desk, 'A');
  const common = { tenantId: desk.tenantId, Contact: { ContactID: desk.ContactID } };
  for (const [index, { code, rate, amount }] of currencies.entries()) {
    const money = { ...common, CurrencyCode: code, CurrencyRate: rate, Reference: reference };
    const Total = amount * 2;
    const quote = await desk.control.addQuote({ ...money, Total, Status: 'SENT', ExpiryDate: inDays(30) });
    chosen.push({ kind: 'quote', id: quote.QuoteID });
    await desk.control.addQuote({ ...money, Total, Status: 'ACCEPTED' });
    await desk.control.addQuote({ ...money, Total, Status: 'DRAFT', Date: inDays(-60), ExpiryDate: inDays(-9) });
    await desk.control.addInvoice({ ...money, Total, Type: 'ACCREC', Status: 'DRAFT' });
    await desk.control.addInvoice({ ...money, Total, Type: 'ACCPAY', Status: 'DRAFT' });
    await desk.control.addCreditNote({ ...money, Total: amount / 10, kind: kinds[index % kinds.length] });
  }
  return chosen;
}

const kinds = ['CreditNote', 'Prepayment', 'Overpayment'] as const;

/** Of each currency an invoice and a bill of each age; the first of them with the longest of everything. */
async function writeInvoices({ control, tenantId, ContactID }: Desk, series: string): Promise<Choice[]> {
  const chosen: Choice[] = [];
  for (const { code, rate, amount } of currencies)
    for (const [index, days] of dueDays.entries()) {
      const draft = {
        ...{ tenantId, Contact: { ContactID }, CurrencyCode: code, CurrencyRate: rate, Status: 'AUTHORISED' as const },
        ...{ Date: inDays(days - 30), DueDate: inDays(days), LineAmountTypes: 'NoTax' as const, Reference: reference },
        LineItems: [{ Description: description, Quantity: 1, UnitAmount: amount + index, AccountCode: '200' }],
      };
      const InvoiceNumber = `LIGHTHOUSE-MAINTENANCE-2026-${series}-${code}-${index}`;
      const paid = index === 1 ? { AmountPaid: 500 } : {};
      const invoice = await control.addInvoice({ ...draft, ...paid, Type: 'ACCREC', InvoiceNumber });
      if (index < 2) chosen.push({ kind: 'invoice', id: invoice.InvoiceID });
      await control.addInvoice({ ...draft, Type: 'ACCPAY', InvoiceNumber: `BILL-${InvoiceNumber}` });
    }
  return chosen;
}

/** In place of whatever was chosen before. */
export async function choose(world: World, dealId: string, add: readonly Choice[]): Promise<void> {
  const visit = await world.visit({ userId: adminId, recordType: 'deal', recordId: dealId });
  await visit.call(chooseDocumentsRoute, { body: { add } });
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
