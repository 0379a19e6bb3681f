import { addDays, dayToMs, todayIn } from '../dates.ts';
import { stableId } from '../ids.ts';
import type { Books, OrganisationFacts, Settings } from '../records/organisation.ts';
import { type LineDraft, toTotals } from '../records/totals.ts';
import type { Contact } from '../records/types.ts';

/** The tax types that a country's seeds use for income, expenses and exports. */
export type TaxTypes = { income: string; expense: string; export: string };

/** Where a seed writes one organisation's books. */
export type Desk = { facts: OrganisationFacts; books: Books; taxes: TaxTypes; today: string; now: number };

/** What a seed says about any document. Days count from the organisation's today; negative is the past. */
export type DocumentPlan = {
  number: string;
  /** Including tax, in the document's currency. */
  total: number;
  issued?: number;
  reference?: string;
  currency?: string;
  rate?: number;
  what?: string;
  lines?: LineDraft[];
};

export function openDesk(facts: OrganisationFacts, settings: Settings, taxes: TaxTypes, now: number): Desk {
  return {
    facts,
    taxes,
    now,
    today: todayIn(facts.timezone, now),
    books: {
      ...settings,
      contacts: new Map(),
      contactGroups: new Map(),
      invoices: new Map(),
      quotes: new Map(),
      purchaseOrders: new Map(),
      credits: new Map(),
      deletedPayments: [],
      attachments: new Map(),
      history: new Map(),
      emails: [],
    },
  };
}

/** Documents of a seed were last changed an hour before the reset at the latest. */
export function updatedOn(desk: Desk, day: string, hour: number): number {
  return Math.min(dayToMs(day) + hour * 3_600_000, desk.now - 3_600_000);
}

/** The members that every kind of document shares. Exports are not taxed. */
export function toBase(desk: Desk, contact: Contact, plan: DocumentPlan, kind: 'income' | 'expense', issued: number) {
  const { facts, books, taxes } = desk;
  const date = addDays(desk.today, plan.issued ?? issued);
  const foreign = plan.currency !== undefined && plan.currency !== facts.baseCurrency;
  const line: LineDraft = {
    Description: plan.what ?? 'Professional services',
    UnitAmount: plan.total,
    AccountCode: kind === 'income' ? '200' : '429',
    TaxType: foreign ? taxes.export : taxes[kind],
  };
  const lineId = (index: number) => stableId(facts.tenantId, contact.ContactID, kind, plan.number, 'line', index);
  return {
    contactId: contact.ContactID,
    Date: date,
    LineAmountTypes: 'Inclusive' as const,
    ...toTotals({ lines: plan.lines ?? [line], types: 'Inclusive', taxRates: books.taxRates, lineId }),
    CurrencyCode: plan.currency ?? facts.baseCurrency,
    CurrencyRate: foreign ? (plan.rate ?? 1) : 1,
    ...(plan.reference === undefined ? {} : { Reference: plan.reference }),
    ...brandingOf(books.brandingThemes[0]?.BrandingThemeID),
    updatedAt: updatedOn(desk, date, 9),
  };
}

function brandingOf(BrandingThemeID: string | undefined) {
  return BrandingThemeID === undefined ? {} : { BrandingThemeID };
}
