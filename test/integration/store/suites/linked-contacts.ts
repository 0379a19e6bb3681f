import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { StoreContext } from './backends.ts';
import { newAudit, newLink } from './rows.ts';

export function linkedContactsSuite({ store }: StoreContext): void {
  describe('what becomes of linked contacts in Xero', () => {
    test('a new name or archiving shows on every link', async () => {
      const link = newLink();
      const sibling = newLink({ organisationId: link.organisationId, contactId: link.contactId });
      const elsewhere = newLink({ contactId: link.contactId });
      for (const row of [link, sibling, elsewhere]) await store().links.put(row);
      const told = { name: 'New Name', isArchived: true };
      await store().links.describeContact(link.organisationId, link.contactId, told);
      const find = (row: typeof link) => store().links.find(row.workspaceId, row.organisationId, row.record);
      const now = { contactName: 'New Name', isArchived: true };
      expect([await find(link), await find(sibling), await find(elsewhere)]).toEqual([
        { ...link, ...now },
        { ...sibling, ...now },
        elsewhere,
      ]);
    });

    test('lists all workspaces’ links to contacts of one organisation', async () => {
      const link = newLink();
      const { organisationId, contactId } = link;
      const sibling = newLink({ organisationId, contactId });
      for (const row of [link, sibling, newLink({ contactId }), newLink({ organisationId })])
        await store().links.put(row);
      const many = Array.from({ length: 1_200 }, () => randomUUID());
      const found = await store().links.listByContacts(organisationId, [...many, contactId]);
      expect(found.map(({ workspaceId }) => workspaceId).sort()).toEqual(
        [link, sibling].map((one) => one.workspaceId).sort(),
      );
      expect(await store().links.listByContacts(organisationId, [])).toEqual([]);
    });

    test('links of a merged contact move, each with an audit row', async () => {
      const link = newLink();
      const { organisationId, contactId } = link;
      const sibling = newLink({ organisationId, contactId, record: { type: 'company', id: '501' } });
      const elsewhere = newLink({ contactId });
      for (const row of [link, sibling, elsewhere]) await store().links.put(row);
      const to = { id: randomUUID(), name: 'Harbour Lights Group', isArchived: false };
      const rows = new Map([link, sibling].map((row) => [row.workspaceId, newAudit({ workspaceId: row.workspaceId })]));
      const toAudit = (row: typeof link) => rows.get(row.workspaceId) ?? newAudit();
      await store().links.moveContact(organisationId, contactId, to, toAudit);
      for (const row of [link, sibling]) {
        const moved = { ...row, contactId: to.id, contactName: to.name };
        expect(await store().links.find(row.workspaceId, organisationId, row.record)).toEqual(moved);
        expect(await store().audit.list(row.workspaceId, { limit: 5 })).toEqual([rows.get(row.workspaceId)]);
      }
      expect(await store().links.find(elsewhere.workspaceId, elsewhere.organisationId, elsewhere.record)).toEqual(
        elsewhere,
      );
    });
  });
}
