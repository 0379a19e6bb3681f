import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Books } from './organisation.ts';
import type { ContactGroup } from './types.ts';

export const sentGroupSchema = z.object({
  ContactGroupID: z.string().optional(),
  Name: z.string().optional(),
  Status: z.enum(['ACTIVE', 'DELETED']).optional(),
});

export type SentGroup = z.infer<typeof sentGroupSchema>;

const maxGroups = 100;

/** Why Xero would refuse this group; the text about their number is from Xero's own example. */
export function groupProblems(
  { contactGroups }: Books,
  { Name }: SentGroup,
  known: ContactGroup | undefined,
): string[] {
  const others = [...contactGroups.values()].filter((group) => group !== known);
  const isTaken = others.some((group) => group.Name.toLowerCase() === Name?.trim().toLowerCase());
  return [
    ...(known || Name?.trim() ? [] : ['The contact group name must be specified.']),
    ...(isTaken ? [`A contact group with the name ${Name} already exists.`] : []),
    ...(!known && others.length >= maxGroups ? [`You’ve reached the limit of ${maxGroups} contact groups.`] : []),
  ];
}

/** Saves a valid group. A deleted one is gone. */
export function saveGroup({ contactGroups }: Books, sent: SentGroup, known: ContactGroup | undefined): ContactGroup {
  const group = known ?? { ContactGroupID: randomUUID(), Name: '', contactIds: new Set() };
  if (sent.Name) group.Name = sent.Name.trim();
  if (sent.Status === 'DELETED') contactGroups.delete(group.ContactGroupID);
  else contactGroups.set(group.ContactGroupID, group);
  return group;
}

/** Why Xero would not put this contact into a group; the text about archived ones was observed by others. */
export function memberProblems({ contacts }: Books, contactId: string): string[] {
  const contact = contacts.get(contactId);
  if (!contact) return ['An existing Contact with the specified ContactID could not be found'];
  return contact.ContactStatus === 'ACTIVE' ? [] : ['Unable to assign an Archived contact.'];
}

export function groupsOf({ contactGroups }: Books, contactId: string): ContactGroup[] {
  return [...contactGroups.values()].filter(({ contactIds }) => contactIds.has(contactId));
}
