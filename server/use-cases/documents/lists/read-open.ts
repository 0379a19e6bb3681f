import type { ByIdRead } from '#server/ledger/entries/documents-by-id.ts';
import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import type { DocumentHeader, UnreadableDocument } from '#server/xero/documents/document-header.ts';
import type { DocumentKind } from '#shared/contract/document.ts';
import type { ListFacts } from './list-facts.ts';
import type { DocumentPage } from './page.ts';

/**
 * Reads the open documents of the contacts, and for a deal the chosen ones in any state. If a contact's documents are
 * unknown, throws the reason, because a list without them would look complete.
 */
export async function readOpen(
  acting: PersonActing,
  facts: ListFacts,
  kind: DocumentKind,
): Promise<Omit<DocumentPage, 'total'>> {
  const { deps, caller } = acting;
  const contactIds = [...facts.contacts.keys()];
  const { entries, isStale, failure } = await deps.ledger.read(caller, contactIds, { isFresh: false });
  if (failure && entries.size < contactIds.length) throw failure;
  const chosen = await readChosen(acting, facts, kind);
  const documents = new Map<string, DocumentHeader>();
  const known = [...[...entries.values()].flatMap((entry) => entry.documents), ...chosen.documents.values()];
  for (const document of known) {
    const other = document && documents.get(document.id);
    if (document?.kind === kind && !(other && other.updatedAt > document.updatedAt)) {
      documents.set(document.id, document);
    }
  }
  const asOf = [chosen.asOf, ...[...entries.values()].map(({ stamp }) => stamp.asOf)].filter((one) => one !== null);
  return {
    documents: [...documents.values()],
    asOf: asOf.reduce<string | null>((first, next) => (first === null || next < first ? next : first), null),
    isStale: isStale || chosen.isStale,
    failure: failure ?? chosen.failure,
    unreadable: toDistinct([...[...entries.values()].flatMap((one) => one.unreadable), ...chosen.unreadable], kind),
  };
}

type Unreadable = Pick<UnreadableDocument, 'id' | 'kind'>;

/**
 * Documents of this kind, each once, because a chosen one may also be a contact's. One of unknown kind is an invoice or
 * a bill.
 */
function toDistinct(unreadable: readonly Unreadable[], kind: DocumentKind): Unreadable[] {
  const ofKind = unreadable.filter((one) => (one.kind ?? (kind === 'quote' ? null : kind)) === kind);
  return [...new Map(ofKind.map((one) => [one.id ?? JSON.stringify(one), one])).values()];
}

async function readChosen(
  { deps, caller }: PersonActing,
  { contacts, chosen }: ListFacts,
  kind: DocumentKind,
): Promise<ByIdRead> {
  const refs = (chosen ?? []).filter((ref) => ref.kind === kind);
  return deps.ledger.readById(caller, refs, { isFresh: false, contactIds: [...contacts.keys()] });
}
