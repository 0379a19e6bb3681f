import { listNamedRecords } from '#server/identity/session.ts';
import type { WriteRow } from '#server/store/store.ts';
import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import { canAdd, canSee } from '#server/use-cases/acting/kind-rights.ts';
import type { Person } from '#server/use-cases/acting/principal.ts';
import { documentKindSchema } from '#shared/contract/document.ts';
import type { UnfinishedWrite } from '#shared/contract/write.ts';
import { parseCandidates, toDocumentAnswer } from './stored-document.ts';
import { parseDetails } from './write-details.ts';

/** Lists saved documents of this session's records whose outcome is unknown, of kinds that this user may write. */
export async function listUnfinished(acting: PersonActing): Promise<UnfinishedWrite[]> {
  const rows = await listUnfinishedRows(acting);
  return rows.flatMap((write) => toUnfinished(acting, write) ?? []);
}

export async function listUnfinishedRows({ deps, principal: person, connection }: PersonActing): Promise<WriteRow[]> {
  if (!['quotes', 'invoices', 'bills'].some((right) => person.rights.some((has) => has === right))) return [];
  const { workspaceId, organisationId } = connection;
  const rows = await deps.store.writes.listUnfinished(workspaceId, organisationId, toRecords(person));
  return rows.filter((write) => mayKnow(person, write));
}

/** Their own writes, or kinds that they may view. Other writes must not be noticeable at all. */
function mayKnow(person: Person, { kind, userId }: WriteRow): boolean {
  const parsed = documentKindSchema.safeParse(kind);
  if (!parsed.success || !canAdd(person, parsed.data)) return false;
  return userId === person.session.user.id || canSee(person, parsed.data);
}

/** A deal or a contact shows its own writes. A company also shows those of its people. */
function toRecords({ session }: Person) {
  const named = listNamedRecords(session);
  return session.claims.record.type === 'company' ? named : named.slice(0, 1);
}

function toUnfinished(
  { deps, principal: person, connection }: PersonActing,
  write: WriteRow,
): UnfinishedWrite | undefined {
  const kind = documentKindSchema.parse(write.kind);
  const isOwn = write.userId === person.session.user.id;
  if (write.state !== 'pending' && write.state !== 'undecided') return undefined;
  const { idempotencyKey, currency, number, previewTotal } = parseDetails(write);
  const candidates = write.state === 'undecided' ? parseCandidates(write.result ?? '[]') : null;
  return {
    id: write.id,
    kind,
    idempotencyKey: isOwn ? idempotencyKey : null,
    state: write.state,
    createdAt: write.createdAt,
    summary: { total: previewTotal, currency, number },
    ...(candidates && { candidates: candidates.map((one) => toDocumentAnswer({ deps, connection }, one)) }),
  };
}
