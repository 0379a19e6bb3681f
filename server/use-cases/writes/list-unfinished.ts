import { listNamedRecords } from '#server/identity/session.ts';
import type { WriteRow } from '#server/store/store.ts';
import type { Actor } from '#server/use-cases/acting/actor.ts';
import { parseDetails } from '#server/use-cases/documents/document-details.ts';
import { parseCandidates, toDocumentAnswer } from '#server/use-cases/documents/stored-document.ts';
import type { Viewing } from '#server/use-cases/view/figures.ts';
import { documentKindSchema } from '#shared/contract/document.ts';
import type { UnfinishedWrite } from '#shared/contract/write.ts';
import { canSee, hasKind } from './writing.ts';

/** Saved documents of this session's records whose outcome is unknown, of the kinds this user may write. */
export async function listUnfinished(viewing: Viewing): Promise<UnfinishedWrite[]> {
  const rows = await listUnfinishedRows(viewing);
  return rows.flatMap((write) => toUnfinished(viewing, write) ?? []);
}

export async function listUnfinishedRows({
  deps,
  actor,
  connection,
}: Pick<Viewing, 'deps' | 'actor' | 'connection'>): Promise<WriteRow[]> {
  if (!['quotes', 'invoices', 'bills'].some((right) => actor.rights.some((has) => has === right))) return [];
  const { workspaceId, organisationId } = connection;
  const rows = await deps.store.writes.listUnfinished(workspaceId, organisationId, toRecords(actor));
  return rows.filter((write) => mayKnow(actor, write));
}

/** Its own, or of a kind the user may see; of others there is nothing to be noticed, not even that they are there. */
function mayKnow(actor: Actor, { kind, userId }: WriteRow): boolean {
  const parsed = documentKindSchema.safeParse(kind);
  if (!parsed.success || !hasKind(actor, parsed.data)) return false;
  return userId === actor.session.user.id || canSee(actor, parsed.data);
}

/** A deal's and a contact's writes are their own; a company's are those of its people too. */
function toRecords({ session }: Actor) {
  const named = listNamedRecords(session);
  return session.claims.record.type === 'company' ? named : named.slice(0, 1);
}

function toUnfinished({ deps, actor, connection }: Viewing, write: WriteRow): UnfinishedWrite | undefined {
  const kind = documentKindSchema.parse(write.kind);
  const isOwn = write.userId === actor.session.user.id;
  if (write.state !== 'pending' && write.state !== 'undecided') return undefined;
  const { clientKey, currency, number, previewTotal } = parseDetails(write);
  const candidates = write.state === 'undecided' ? parseCandidates(write.result ?? '[]') : null;
  return {
    id: write.id,
    kind,
    formKey: isOwn ? clientKey : null,
    state: write.state,
    createdAt: write.createdAt,
    summary: { total: previewTotal, currency, number },
    ...(candidates && { candidates: candidates.map((one) => toDocumentAnswer({ deps, connection }, one)) }),
  };
}
