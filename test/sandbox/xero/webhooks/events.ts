import type { Books } from '../records/organisation.ts';
import type { CreditKind } from '../records/types.ts';

export const webhookCategories = ['CONTACT', 'INVOICE', 'CREDITNOTE', 'PREPAYMENT', 'OVERPAYMENT'] as const;
export type WebhookCategory = (typeof webhookCategories)[number];

/** One entry of a webhook's `events`. Bills have the category INVOICE too; quotes have no events. */
export type WebhookEvent = {
  resourceUrl: string;
  resourceId: string;
  /** UTC, without a zone. */
  eventDateUtc: string;
  eventType: 'CREATE' | 'UPDATE';
  eventCategory: string;
  tenantId: string;
  tenantType: 'ORGANISATION';
};

/** What distinguishes one state of a record from the next. */
type Print = { category: WebhookCategory; path: string; text: string };
export type Prints = Map<string, Print>;

const creditCategories: Record<CreditKind, WebhookCategory> = {
  CreditNote: 'CREDITNOTE',
  Prepayment: 'PREPAYMENT',
  Overpayment: 'OVERPAYMENT',
};

/** Includes amounts and statuses, because two changes may have the same update time in milliseconds. */
export function printBooks({ contacts, invoices, credits }: Books): Prints {
  const prints: Prints = new Map();
  for (const { ContactID, updatedAt, Name, ContactStatus } of contacts.values()) {
    prints.set(ContactID, { category: 'CONTACT', path: 'Contacts', text: `${updatedAt} ${ContactStatus} ${Name}` });
  }
  for (const { InvoiceID, updatedAt, Status, AmountDue, contactId } of invoices.values()) {
    const text = `${updatedAt} ${Status} ${AmountDue} ${contactId}`;
    prints.set(InvoiceID, { category: 'INVOICE', path: 'Invoices', text });
  }
  for (const { id, kind, updatedAt, Status, RemainingCredit } of credits.values()) {
    const text = `${updatedAt} ${Status} ${RemainingCredit}`;
    prints.set(id, { category: creditCategories[kind], path: `${kind}s`, text });
  }
  return prints;
}

/** What changed in the books between two snapshots. */
export function listEvents(tenantId: string, before: Prints, after: Prints, now: number): WebhookEvent[] {
  return [...after]
    .filter(([id, { text }]) => before.get(id)?.text !== text)
    .map(([id, { category, path }]) => ({
      // Xero's own host, whatever the sandbox's is. Nobody needs to fetch it.
      resourceUrl: `https://api.xero.com/api.xro/2.0/${path}/${id}`,
      resourceId: id,
      eventDateUtc: new Date(now).toISOString().slice(0, -1),
      eventType: before.has(id) ? ('UPDATE' as const) : ('CREATE' as const),
      eventCategory: category,
      tenantId,
      tenantType: 'ORGANISATION' as const,
    }));
}
