import { randomUUID } from 'node:crypto';
import type { Entries } from '#server/ledger/entries/entries.ts';
import { groupBy } from '#server/ledger/entries/group-by.ts';
import type { LinkRow, Store } from '#server/store/store.ts';
import type { AuditRow } from '#server/store/tables/audit-store.ts';
import type { XeroCaller, XeroContactRow, XeroGateway } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';

/** Applies changed contacts to their links. Returns the contacts that now look different. */
export type ApplyContacts = (caller: XeroCaller, rows: readonly XeroContactRow[]) => Promise<string[]>;

export type ApplyContactsDeps = {
  entries: Entries;
  store: Pick<Store, 'links'>;
  xero: Pick<XeroGateway, 'getContact'>;
  /** Builds the audit row for a link that moved to another contact. */
  auditMovedLink: (link: LinkRow, to: { id: string; name: string }) => AuditRow;
};

/**
 * Announces new names, marks archived contacts, and moves the links of a merged contact to its successor. Contacts
 * without links are skipped.
 */
export function buildApplyContacts(deps: ApplyContactsDeps): ApplyContacts {
  return async (caller, rows) => {
    const { organisationId } = caller;
    const links = await deps.store.links.listByContacts(
      organisationId,
      rows.map(({ id }) => id),
    );
    const byContact = groupBy(links, ({ contactId }) => contactId);
    const changed: string[] = [];
    for (const row of rows) {
      const [link] = byContact.get(row.id) ?? [];
      if (!link) continue;
      const target = row.isArchived ? await findMergeTarget(deps, caller, row) : row;
      if (target.id !== row.id) {
        await moveLinks(deps, organisationId, row, target);
        changed.push(row.id, target.id);
      } else if (link.contactName !== row.name || link.isArchived !== row.isArchived) {
        await deps.store.links.describeContact(organisationId, row.id, { name: row.name, isArchived: row.isArchived });
        changed.push(row.id);
      }
    }
    return changed;
  };
}

/** Xero's contact lists omit the merge target; reading the contact by id returns it. */
async function findMergeTarget(
  deps: ApplyContactsDeps,
  caller: XeroCaller,
  row: XeroContactRow,
): Promise<XeroContactRow> {
  try {
    return await deps.xero.getContact(caller, row.id);
  } catch (error) {
    // A contact that cannot be read by id must not hold up the others.
    if (error instanceof AppError && ['xero_not_found', 'xero_invalid_answer'].includes(error.code)) return row;
    throw error;
  }
}

/** Reload both contacts on the next view, because a merge may leave the documents' own update times unchanged. */
async function moveLinks(
  { store, entries, auditMovedLink }: ApplyContactsDeps,
  organisationId: string,
  from: XeroContactRow,
  to: XeroContactRow,
): Promise<void> {
  const contact = { id: to.id, name: to.name, isArchived: to.isArchived };
  await store.links.moveContact(organisationId, from.id, contact, (link) => auditMovedLink(link, contact));
  await entries.forget(organisationId, from.id);
  await entries.change(organisationId, to.id, (known) => {
    return known && { ...known, stamp: { ...known.stamp, epoch: null, version: randomUUID() } };
  });
}
