import type { z } from 'zod';
import type { Account, TrackingCategory, TrackingOption } from '../records/organisation.ts';
import type { Contact, ContactGroup, Payment } from '../records/types.ts';
import type { paymentActSchemas } from './payment-acts.ts';
import type { settingsActSchemas } from './settings-acts.ts';

type Tell = <Answer>(command: string, body: unknown) => Promise<Answer>;
type In<Schema extends z.ZodType> = z.input<Schema> & { tenantId: string };

/** What a person does in Xero with payments, contacts and settings. */
export function actControl(tell: Tell) {
  return {
    /** Matches a payment with a bank statement, or takes that back. */
    reconcilePayment: (given: In<typeof paymentActSchemas.reconcilePayment>) =>
      tell<Payment>('reconcile-payment', given),
    deletePayment: (given: In<typeof paymentActSchemas.deletePayment>) => tell<Payment>('delete-payment', given),
    /** Archives a contact, or restores it. */
    archiveContact: (given: In<typeof settingsActSchemas.archiveContact>) => tell<Contact>('archive-contact', given),
    /** The contact is archived, and its documents move to the other one. */
    mergeContacts: (given: In<typeof settingsActSchemas.mergeContacts>) => tell<Contact>('merge-contacts', given),
    /** Writes on or before a lock date are refused. */
    lockDate: (given: In<typeof settingsActSchemas.lockDate>) =>
      tell<{ period: string | null; endOfYear: string | null }>('lock-date', given),
    /** Lets an account take payments or stops that, archives or restores it. */
    changeAccount: (given: In<typeof settingsActSchemas.changeAccount>) => tell<Account>('change-account', given),
    /** Renames, archives or restores an option of a tracking category. */
    changeTrackingOption: (given: In<typeof settingsActSchemas.changeTrackingOption>) =>
      tell<TrackingOption>('change-tracking-option', given),
    renameTrackingCategory: (given: In<typeof settingsActSchemas.renameTrackingCategory>) =>
      tell<TrackingCategory>('rename-tracking-category', given),
    deleteContactGroup: (given: In<typeof settingsActSchemas.deleteContactGroup>) =>
      tell<ContactGroup>('delete-contact-group', given),
    /** How many invoices and bills a month the organisation's plan approves. */
    planLimit: (given: In<typeof settingsActSchemas.planLimit>) =>
      tell<{ invoices: number | null; bills: number | null }>('plan-limit', given),
  };
}
