import { z } from 'zod';
import type { Deps } from '#server/deps.ts';
import type { RecordKind } from '#shared/contract/sync/kinds.ts';
import type { RecordList } from '#shared/contract/sync/records.ts';
import { toBlockedOn } from './held-by.ts';
import { parseCursor, toPage } from './page-cursor.ts';
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
  const after = parseCursor(query.cursor, { stateSince: z.iso.datetime(), kind: z.string(), key: z.string() });
  const [rows, total] = await Promise.all([
    records.list(workspace, filter, { limit: query.limit + 1, after }),
    records.count(workspace, filter),
  ]);
  const { page, cursor, hasMore } = toPage(rows, query.limit, ({ stateSince, kind, key }) => [stateSince, kind, key]);
  return { records: page.map((row) => toRecordSummary(row, organisation)), cursor, hasMore, total };
}
