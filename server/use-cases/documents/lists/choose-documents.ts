import type { Deps } from '#server/deps.ts';
import { type PersonActing, startActing } from '#server/use-cases/acting/acting.ts';
import { requireSee } from '#server/use-cases/acting/kind-rights.ts';
import { type Person, requireRight } from '#server/use-cases/acting/principal.ts';
import { isChosen, requireDocument } from '#server/use-cases/acting/reach.ts';
import { appendAudit } from '#server/use-cases/audit/audit.ts';
import { AppError } from '#shared/app-error.ts';
import { mostChosenDocuments } from '#shared/contract/documents.ts';
import { type DocumentRef, needsViewBills, toRefKey } from '#shared/document-kinds.ts';
import { documentRefusals } from '../words.ts';
import { type ListFacts, readListFacts } from './list-facts.ts';

type NewlyChosen = DocumentRef & { number: string | null };
export type Choice = { add: readonly DocumentRef[]; remove: readonly DocumentRef[] };

/** Changes which documents belong to the session's deal. Only documents of its contacts can be chosen. */
export async function chooseDocuments(deps: Deps, person: Person, choice: Choice): Promise<void> {
  requireRight(person, 'link');
  for (const { kind } of [...choice.add, ...choice.remove]) requireSee(person, kind);
  const { record } = person.session.claims;
  if (record.type !== 'deal') throw new AppError('not_found', { detail: documentRefusals.noDeal });
  const acting = await startActing(deps, person);
  const facts = await readListFacts(acting);
  const add = await listNew(acting, facts, choice);
  const { workspaceId, organisationId } = acting.caller;
  const deal = { workspaceId, organisationId, dealId: record.id };
  const [chosenBy, chosenAt] = [person.session.user.id, deps.clock.now().toISOString()];
  const rows = add.map(({ kind, id }) => ({ ...deal, kind, documentId: id, chosenBy, chosenAt }));
  const remove = choice.remove.map(({ kind, id }) => ({ kind, documentId: id.toLowerCase() }));
  const dropped = choice.remove.filter((ref) => isChosen(facts.chosen, ref));
  const act = { workspaceId, organisationId, user: person.session.user, requestId: person.requestId, record };
  await deps.store.together(async (store) => {
    await store.dealDocuments.change(deal, { add: rows, remove });
    const together = { ...deps, store };
    for (const { kind, id } of dropped) {
      const document = { kind, id: id.toLowerCase() };
      await appendAudit(together, { ...act, action: 'drop_document', outcome: 'dropped', document });
    }
    for (const document of add) {
      await appendAudit(together, { ...act, action: 'choose_document', outcome: 'chosen', document });
    }
  });
}

/** Bills are counted separately, because a person who may not view bills must not learn how many there are. */
function requireRoom(chosen: readonly Pick<DocumentRef, 'kind'>[], added: readonly DocumentRef[]): void {
  const isBill = ({ kind }: Pick<DocumentRef, 'kind'>) => needsViewBills(kind);
  for (const [isOfSide, side] of [
    [isBill, 'bills'],
    [(ref: Pick<DocumentRef, 'kind'>) => !isBill(ref), 'others'],
  ] as const) {
    const more = added.filter(isOfSide).length;
    if (more === 0 || chosen.filter(isOfSide).length + more <= mostChosenDocuments) continue;
    throw new AppError('invalid_request', { detail: documentRefusals.dealIsFull(mostChosenDocuments, side) });
  }
}

/** Each new document must exist and belong to a contact of this session. Documents already chosen need not. */
async function listNew(
  { deps, caller }: PersonActing,
  { contacts, ...known }: ListFacts,
  { add, remove }: Choice,
): Promise<NewlyChosen[]> {
  const chosen = new Map((known.chosen ?? []).map((ref) => [toRefKey(ref), ref]));
  for (const ref of remove) chosen.delete(toRefKey(ref));
  const wanted = new Map(add.map(({ kind, id }) => [toRefKey({ kind, id }), { kind, id: id.toLowerCase() }]));
  const refs = [...wanted].filter(([key]) => !chosen.has(key)).map(([, ref]) => ref);
  requireRoom([...chosen.values()], refs);
  const contactIds = [...contacts.keys()];
  const { documents, failure } = await deps.ledger.readById(caller, refs, { isFresh: false, contactIds });
  return refs.map((ref) => {
    const document = documents.get(toRefKey(ref));
    if (document === undefined && failure) throw failure;
    return { ...ref, number: requireDocument({ contactIds, chosen: null }, document).number };
  });
}
