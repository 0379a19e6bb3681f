import type { Deps } from '#server/deps.ts';
import type { ChangeRow } from '#server/store/tables/sync/change-store.ts';
import { AppError } from '#shared/app-error.ts';
import { type Change, type ChangeList, changeSchema } from '#shared/contract/sync/changes.ts';
import { requestWords } from '../words/request-words.ts';

/**
 * What happened after the cursor, or since the oldest change that is kept. Rejects with cursor_expired when changes
 * after the cursor are gone, or when the cursor is newer than every change, as after a restore of an older database.
 */
export async function listChanges(
  { store: { changes } }: Pick<Deps, 'store'>,
  workspaceId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<ChangeList> {
  const after = cursor === undefined ? undefined : parseChangeCursor(cursor);
  // One more than asked for tells whether there is a next page.
  const rows = await changes.list(workspaceId, after ?? 0, limit + 1);
  // Read after the list, as old changes may have been removed meanwhile.
  const oldest = await changes.oldest(workspaceId);
  if (after !== undefined) await requireKept({ changes }, { workspaceId, after, oldest });
  const page = rows.slice(0, limit);
  const last = page.at(-1)?.id ?? after ?? oldest - 1;
  return { changes: page.map(toChange), cursor: formatChangeCursor(last), hasMore: rows.length > page.length };
}

async function requireKept(
  { changes }: Pick<Deps['store'], 'changes'>,
  { workspaceId, after, oldest }: { workspaceId: string; after: number; oldest: number },
): Promise<void> {
  const isGone = after < oldest - 1;
  if (isGone || after > (await changes.newest(workspaceId))) throw new AppError('cursor_expired');
}

function toChange({ id, type, kind, crmId, xeroId, at, data }: ChangeRow): Change {
  return changeSchema.parse({ id: String(id), type, kind, crmId, xeroId, at, data: JSON.parse(data) });
}

/** Opaque to the CRM, so that it is not taken for a number to count with. */
export function formatChangeCursor(id: number): string {
  return Buffer.from(`change:${id}`).toString('base64url');
}

function parseChangeCursor(cursor: string): number {
  const [, id] = /^change:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (id === undefined)
    throw new AppError('invalid_request', { errors: [{ path: 'cursor', message: requestWords.noCursor }] });
  return Number(id);
}
