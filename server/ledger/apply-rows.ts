import { randomUUID } from 'node:crypto';
import type { Clock } from '#server/clock.ts';
import type { LedgerDocument } from './document.ts';
import type { Entries } from './entries.ts';
import { groupBy } from './group-by.ts';
import type { KeptDocuments } from './kept-documents.ts';
import { mergeRows } from './merge-document.ts';

/** Rows somebody read or wrote, into all that is loaded. Answers the contacts whose figures moved. */
export type ApplyRows = (
  organisationId: string,
  rows: readonly LedgerDocument[],
  loadedContactIds: readonly string[],
) => Promise<string[]>;

type ApplyDeps = { entries: Entries; kept: KeptDocuments; clock: Pick<Clock, 'now'> };

/**
 * Rows of contacts that are not loaded are passed over. A row also concerns whom its document stood with until now:
 * that contact is found among the loaded ones by the ids of their documents.
 */
export function buildApplyRows({ entries, kept, clock }: ApplyDeps): ApplyRows {
  return async (organisationId, rows, loadedContactIds) => {
    if (rows.length === 0) return [];
    const contactIds = [...new Set([...loadedContactIds, ...rows.map(({ contactId }) => contactId)])];
    const { idsByContact, broken } = await entries.readDocumentIds(organisationId, contactIds);
    for (const contactId of broken) await entries.forget(organisationId, contactId);
    const findConcerned = buildFindConcerned(rows);
    const changed = (await kept.mergeRows(organisationId, rows)).map(({ contactId }) => contactId);
    for (const [contactId, ids] of idsByContact) {
      const concerned = findConcerned(contactId, ids);
      if (concerned.length === 0) continue;
      if (await mergeInto(organisationId, contactId, concerned)) changed.push(contactId);
    }
    return [...new Set(changed)];
  };

  async function mergeInto(organisationId: string, contactId: string, rows: LedgerDocument[]): Promise<boolean> {
    let isChanged = false;
    await entries.change(organisationId, contactId, (known) => {
      const merged = known && mergeRows(known, { contactId, rows, nowMs: clock.now().getTime() });
      isChanged = merged?.isChanged ?? false;
      if (!known || !merged) return undefined;
      const { documents, tombstones } = merged;
      const stamp = isChanged ? { ...known.stamp, version: randomUUID() } : known.stamp;
      return { stamp, documents, tombstones };
    });
    return isChanged;
  }
}

/** By contact: its own rows, and those of documents it has had until now. */
function buildFindConcerned(rows: readonly LedgerDocument[]) {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const byContact = groupBy(rows, ({ contactId }) => contactId);
  return (contactId: string, documentIds: readonly string[]): LedgerDocument[] => {
    const had = documentIds.flatMap((id) => byId.get(id) ?? []);
    return [...new Set([...(byContact.get(contactId) ?? []), ...had])];
  };
}
