import { randomUUID } from 'node:crypto';
import type { Clock } from '#server/clock.ts';
import type { DocumentHeader, UnreadableDocument } from '#server/xero/documents/document-header.ts';
import { needsViewBills } from '#shared/document-kinds.ts';
import type { ChosenDocumentsCache } from './chosen-documents-cache.ts';
import type { Entries, LedgerEntry } from './entries.ts';
import type { ContactChange } from './figures-news.ts';
import { groupBy } from './group-by.ts';
import { differInBillsOnly, mergeRows, mergeUnreadable } from './merge-document.ts';

/** Documents read from Xero or written by us, and documents that could not be parsed. */
type Rows = { rows: readonly DocumentHeader[]; unreadable: readonly UnreadableDocument[] };

/**
 * Merges rows into everything that is loaded. Returns the contacts whose figures changed; a contact may appear twice.
 */
export type ApplyRows = (
  organisationId: string,
  rows: Rows,
  loadedContactIds: readonly string[],
) => Promise<ContactChange[]>;

type ApplyDeps = { entries: Entries; kept: ChosenDocumentsCache; clock: Pick<Clock, 'now'> };

/**
 * Skips rows of contacts that are not loaded. A row also affects the contact that its document belonged to before. That
 * contact is found by looking up the document's id in the loaded entries.
 */
export function buildApplyRows({ entries, kept, clock }: ApplyDeps): ApplyRows {
  return async (organisationId, all, loadedContactIds) => {
    const own = [...all.rows, ...all.unreadable].flatMap(({ contactId }) => contactId ?? []);
    if (all.rows.length + all.unreadable.length === 0) return [];
    const contactIds = [...new Set([...loadedContactIds, ...own])];
    const { idsByContact, broken } = await entries.readDocumentIds(organisationId, contactIds);
    for (const contactId of broken) await entries.forget(organisationId, contactId);
    const findRows = buildFindConcerned(all.rows);
    const findUnreadable = buildFindConcerned(all.unreadable);
    const merged = await kept.mergeRows(organisationId, all.rows);
    const changed = merged.map(({ contactId, kind }) => ({ contactId, isOfBills: needsViewBills(kind) }));
    changed.push(...(await kept.setAside(organisationId, all.unreadable)));
    for (const [contactId, ids] of idsByContact) {
      const concerned = { rows: findRows(contactId, ids), unreadable: findUnreadable(contactId, ids) };
      if (concerned.rows.length + concerned.unreadable.length === 0) continue;
      changed.push(...(await mergeInto(organisationId, contactId, concerned)));
    }
    return changed;
  };

  async function mergeInto(organisationId: string, contactId: string, all: Rows): Promise<ContactChange[]> {
    let changes: ContactChange[] = [];
    await entries.change(organisationId, contactId, (known) => {
      const merged = known && merge(known, contactId, all, clock.now().getTime());
      changes = [];
      if (!known || !merged) return undefined;
      const { documents, tombstones, unreadable, isChanged } = merged;
      if (isChanged) changes = [{ contactId, isOfBills: differInBillsOnly(known, merged) }];
      const stamp = isChanged ? { ...known.stamp, version: randomUUID() } : known.stamp;
      return { stamp, documents, tombstones, unreadable };
    });
    return changes;
  }
}

/** Returns undefined when nothing changed. */
function merge(known: LedgerEntry, contactId: string, { rows, unreadable }: Rows, nowMs: number) {
  const read = mergeRows(known, { contactId, rows, nowMs });
  const aside = mergeUnreadable(read ?? known, { contactId, rows: unreadable, nowMs });
  const merged = aside ?? read;
  return merged && { ...merged, isChanged: (read?.isChanged ?? false) || aside !== undefined };
}

/** Returns a contact's own rows plus the rows of documents that belonged to it before. */
function buildFindConcerned<Row extends { id: string | null; contactId: string | null }>(rows: readonly Row[]) {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const byContact = groupBy(rows, ({ contactId }) => contactId ?? '');
  return (contactId: string, documentIds: readonly string[]): Row[] => {
    const had = documentIds.flatMap((id) => byId.get(id) ?? []);
    return [...new Set([...(byContact.get(contactId) ?? []), ...had])];
  };
}
