import type { Deps } from '#server/deps.ts';
import { AppError } from '#shared/app-error.ts';
import type { RecordKind } from '#shared/contract/sync/kinds.ts';
import { recordHistorySchema, type SyncRecord } from '#shared/contract/sync/record.ts';
import { parseXeroName } from '#shared/contract/sync/records.ts';
import { syncWords } from '../words.ts';
import { toOrganisationName, toRecordAnswer } from './record-answer.ts';

const mostHistory = 200;

type Read = { record: SyncRecord; history: ReturnType<typeof recordHistorySchema.parse> };

/**
 * A record with its history in the organisation that is connected. `crmId` may be `xero:` and the record's id in Xero.
 * Rejects with not_found.
 */
export async function getRecord(
  deps: Deps,
  workspaceId: string,
  { kind, crmId }: { kind: RecordKind; crmId: string },
): Promise<Read> {
  const { records, connections } = deps.store;
  const organisation = toOrganisationName(await connections.find(workspaceId));
  const workspace = { workspaceId, organisationId: organisation?.id ?? '' };
  const xeroId = parseXeroName(crmId);
  const row = await (xeroId === undefined
    ? records.find({ ...workspace, kind, key: crmId })
    : records.findByXeroId(workspace, kind, xeroId));
  if (!row) throw new AppError('not_found', { detail: syncWords.noRecord });
  const [data, history] = await Promise.all([
    row.crmId === null ? undefined : records.findData(workspaceId, kind, row.crmId),
    records.listHistory(row, mostHistory),
  ]);
  const told = recordHistorySchema.parse(history.map(({ details }) => JSON.parse(details)));
  return { record: toRecordAnswer(row, data, organisation), history: told };
}
