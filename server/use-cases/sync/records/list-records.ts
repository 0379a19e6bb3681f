import { z } from 'zod';
import type { Deps } from '#server/deps.ts';
import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import { AppError } from '#shared/app-error.ts';
import type { RecordKind } from '#shared/contract/sync/kinds.ts';
import type { RecordList } from '#shared/contract/sync/records.ts';
import { requestWords } from '../words/request-words.ts';
import { toBlockedOn } from './held-by.ts';
import { toOrganisationName, toRecordSummary } from './record-answer.ts';

export type ListQuery = {
  kind?: RecordKind[] | undefined;
  state?: string[] | undefined;
  code?: string[] | undefined;
  search?: string | undefined;
  heldBy?: string | undefined;
  cursor?: string | undefined;
  limit: number;
};

/** The records of the organisation that is connected, the newest change of state first. */
export async function listRecords(deps: Deps, workspaceId: string, query: ListQuery): Promise<RecordList> {
  const { records, connections } = deps.store;
  const organisation = toOrganisationName(await connections.find(workspaceId));
  const workspace = { workspaceId, organisationId: organisation?.id ?? '' };
  const filter = {
    ...{ kinds: query.kind, states: query.state, codes: query.code, search: query.search },
    blockedOn: query.heldBy === undefined ? undefined : toBlockedOn(query.heldBy),
  };
  const after = query.cursor === undefined ? undefined : parseCursor(query.cursor);
  const [rows, total] = await Promise.all([
    // One more than asked for tells whether there is a next page.
    records.list(workspace, filter, { limit: query.limit + 1, after }),
    records.count(workspace, filter),
  ]);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    records: page.map((row) => toRecordSummary(row, organisation)),
    cursor: last ? formatCursor(last) : null,
    hasMore: rows.length > page.length,
    total,
  };
}

const cursorSchema = z.tuple([z.iso.datetime(), z.string(), z.string()]);

function formatCursor({ stateSince, kind, key }: RecordRow): string {
  return Buffer.from(JSON.stringify([stateSince, kind, key])).toString('base64url');
}

function parseCursor(cursor: string): Pick<RecordRow, 'stateSince' | 'kind' | 'key'> {
  try {
    const [stateSince, kind, key] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { stateSince, kind, key };
  } catch (cause) {
    throw new AppError('invalid_request', { errors: [{ path: 'cursor', message: requestWords.noCursor }], cause });
  }
}
