import { z } from 'zod';
import { mergeContact } from '../records/contact-book.ts';
import { saveGroup } from '../records/contact-group-book.ts';
import type { TrackingCategory, TrackingOption } from '../records/organisation.ts';
import { saveCategory, saveOption } from '../records/tracking-book.ts';
import type { Contact, ContactGroup } from '../records/types.ts';
import { type Act, found } from './act.ts';

const day = z.iso.date();
const limit = z.number().int().nonnegative();

/** Null takes a lock date or a limit away; what is left out stays. */
export const settingsActSchemas = {
  archiveContact: z.object({ contactId: z.string(), isArchived: z.boolean().optional() }),
  mergeContacts: z.object({ contactId: z.string(), intoContactId: z.string() }),
  lockDate: z.object({ period: day.nullable().optional(), endOfYear: day.nullable().optional() }),
  changeAccount: z.object({
    code: z.string(),
    takesPayments: z.boolean().optional(),
    isArchived: z.boolean().optional(),
  }),
  changeTrackingOption: z.object({
    optionId: z.string(),
    name: z.string().optional(),
    isArchived: z.boolean().optional(),
  }),
  renameTrackingCategory: z.object({ categoryId: z.string(), name: z.string() }),
  deleteContactGroup: z.object({ name: z.string() }),
  planLimit: z.object({ invoices: limit.nullable().optional(), bills: limit.nullable().optional() }),
};

/** What a person does in Xero's screens with contacts and settings, which holds up a sync. */
export const settingsActs: Record<string, Act> = {
  'archive-contact': ({ books }, body, now): Contact => {
    const { contactId, isArchived = true } = settingsActSchemas.archiveContact.parse(body);
    const contact = found(books().contacts.get(contactId));
    return Object.assign(contact, { ContactStatus: isArchived ? 'ARCHIVED' : 'ACTIVE', updatedAt: now });
  },
  'merge-contacts': ({ books }, body, now): Contact => {
    const { contactId, intoContactId } = settingsActSchemas.mergeContacts.parse(body);
    const contact = found(books().contacts.get(contactId));
    mergeContact(books(), contact, found(books().contacts.get(intoContactId)), now);
    return contact;
  },
  'lock-date': (organisation, body) => {
    const { period, endOfYear } = settingsActSchemas.lockDate.parse(body);
    if (period !== undefined) organisation.periodLockDate = period ?? undefined;
    if (endOfYear !== undefined) organisation.endOfYearLockDate = endOfYear ?? undefined;
    return { period: organisation.periodLockDate ?? null, endOfYear: organisation.endOfYearLockDate ?? null };
  },
  'change-account': ({ books }, body, now) => {
    const { code, takesPayments, isArchived } = settingsActSchemas.changeAccount.parse(body);
    const account = found(books().accounts.find(({ Code }) => Code === code));
    if (takesPayments !== undefined) account.EnablePaymentsToAccount = takesPayments;
    if (isArchived !== undefined) account.Status = isArchived ? 'ARCHIVED' : 'ACTIVE';
    account.updatedAt = now;
    return account;
  },
  'change-tracking-option': ({ books }, body): TrackingOption => {
    const { optionId, name, isArchived } = settingsActSchemas.changeTrackingOption.parse(body);
    const has = ({ Options }: TrackingCategory) =>
      Options.some(({ TrackingOptionID }) => TrackingOptionID === optionId);
    const category = found(books().trackingCategories.find(has));
    const option = found(category.Options.find(({ TrackingOptionID }) => TrackingOptionID === optionId));
    const status = isArchived ? 'ARCHIVED' : 'ACTIVE';
    return saveOption(books(), category, { Name: name, ...(isArchived !== undefined && { Status: status }) }, option);
  },
  'rename-tracking-category': ({ books }, body): TrackingCategory => {
    const { categoryId, name } = settingsActSchemas.renameTrackingCategory.parse(body);
    const category = found(
      books().trackingCategories.find(({ TrackingCategoryID }) => TrackingCategoryID === categoryId),
    );
    return saveCategory(books(), { Name: name }, category);
  },
  'delete-contact-group': ({ books }, body): ContactGroup => {
    const { name } = settingsActSchemas.deleteContactGroup.parse(body);
    const group = found([...books().contactGroups.values()].find(({ Name }) => Name === name));
    return saveGroup(books(), { Status: 'DELETED' }, group);
  },
  'plan-limit': (organisation, body) => {
    const { invoices, bills } = settingsActSchemas.planLimit.parse(body);
    const limits = organisation.planLimit ?? {};
    if (invoices !== undefined) limits.invoices = invoices ?? undefined;
    if (bills !== undefined) limits.bills = bills ?? undefined;
    organisation.planLimit = limits;
    return { invoices: limits.invoices ?? null, bills: limits.bills ?? null };
  },
};
