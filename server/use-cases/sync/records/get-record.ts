import type { Deps } from '#server/deps.ts';
import { findTravellingRecord, type RecordName } from '#server/identity/session.ts';
import type { Repositories } from '#server/store/store.ts';
import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import type { Person } from '#server/use-cases/acting/principal.ts';
import { AppError } from '#shared/app-error.ts';
import type { SessionView } from '#shared/contract/session/view.ts';
import { recordHistorySchema, type SyncRecord } from '#shared/contract/sync/record.ts';
import { parseXeroName } from '#shared/contract/sync/records.ts';
import { readRecordRights } from '../record-rights.ts';
import { requestWords } from '../words/request-words.ts';
import { nameReceipt } from './receipt.ts';
import { toOrganisationName, toRecordAnswer } from './record-answer.ts';

const mostHistory = 200;

type Read = { record: SyncRecord; history: ReturnType<typeof recordHistorySchema.parse> };

/**
 * A record with its history in the organisation that is connected. `crmId` may be `xero:` and the record's id in Xero.
 * Rejects with not_found.
 */
export async function getRecord(deps: Deps, workspaceId: string, name: RecordName): Promise<Read> {
  const { row, data, organisation, history } = await readRecord(deps, workspaceId, name);
  return { record: toRecordAnswer(row, data, organisation), history };
}

/** The record of the person's session, if they may see it. The bytes of a receipt are left out. */
export async function viewOwnRecord(deps: Deps, { session, rights }: Person): Promise<SessionView> {
  const name = findTravellingRecord(session);
  if (!name) throw new AppError('not_found', { detail: requestWords.noRecord });
  const { toSee } = await readRecordRights(deps, session.workspaceId, name);
  if (!toSee.every((right) => rights.includes(right))) return { status: 'forbidden' };
  const { row, data, organisation, history } = await readRecord(deps, session.workspaceId, name);
  const record = toRecordAnswer(row, data, organisation);
  return { status: 'record', record: { ...record, data: record.data && nameReceipt(record.data) }, history };
}

async function readRecord({ store }: Deps, workspaceId: string, { kind, crmId }: RecordName) {
  const { records, connections } = store;
  const organisation = toOrganisationName(await connections.find(workspaceId));
  const workspace = { workspaceId, organisationId: organisation?.id ?? '' };
  const row = await findRow(store, workspace, { kind, crmId });
  if (!row) throw new AppError('not_found', { detail: requestWords.noRecord });
  const [data, history] = await Promise.all([
    row.crmId === null ? undefined : records.findData(workspaceId, kind, row.crmId),
    records.listHistory(row, mostHistory),
  ]);
  const told = recordHistorySchema.parse(history.map(({ details }) => JSON.parse(details)));
  return { row, data, organisation, history: told };
}

/** `crmId` may be `xero:` and the record's id in Xero. */
export function findRow(
  { records }: Pick<Repositories, 'records'>,
  workspace: SyncPlace,
  { kind, crmId }: RecordName,
): Promise<RecordRow | undefined> {
  const xeroId = parseXeroName(crmId);
  if (xeroId === undefined) return records.find({ ...workspace, kind, key: crmId });
  return records.findByXeroId(workspace, kind, xeroId);
}
