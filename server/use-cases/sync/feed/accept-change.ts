import type { Deps } from '#server/deps.ts';
import type { Backend } from '#server/identity/verify-backend-token.ts';
import type { Repositories } from '#server/store/store.ts';
import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import type { ChangeRow } from '#server/store/tables/sync/change-store.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import { AppError } from '#shared/app-error.ts';
import { putKindSchema, type RecordKind, recordKindSchema } from '#shared/contract/sync/kinds.ts';
import { recordSummarySchema, type SyncRecord } from '#shared/contract/sync/record.ts';
import { syncKindTable } from '#shared/sync-kinds.ts';
import { nameCaller } from '../accept-caller.ts';
import {
  type OrganisationName,
  toOrganisationName,
  toRecordAnswer,
  toRecordSummary,
} from '../records/record-answer.ts';
import { parseRecordDetails } from '../records/record-details.ts';
import { saveStates } from '../records/save-states.ts';
import { recordWords } from '../words/record-words.ts';
import { requestWords } from '../words/request-words.ts';

type Acceptance = { id: string; crmId: string; kind?: RecordKind | undefined };

/**
 * Ties what came from Xero to the record that the CRM made of it. The same again changes nothing. Rejects with
 * action_not_allowed for a change that is not new, already_accepted when it became another record, crm_id_taken when
 * that record has another twin, and invalid_request for a kind that it cannot become.
 */
export async function acceptChange(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  { workspace, user }: Backend,
  { id, crmId, kind: asked }: Acceptance,
): Promise<SyncRecord> {
  return store.together(async (parts) => {
    await parts.records.hold(workspace.id);
    const organisation = toOrganisationName(await parts.connections.find(workspace.id));
    const change = await parts.changes.find(workspace.id, Number(id));
    if (!change) throw new AppError('not_found', { detail: requestWords.noChange });
    const kind = toAcceptedKind(change, asked);
    const place = { workspaceId: workspace.id, organisationId: change.organisationId };
    const known = await parts.records.find({ ...place, kind, key: crmId });
    if (change.accepted) {
      const earlier = await parts.records.find({ ...place, kind: change.accepted.kind, key: change.accepted.crmId });
      const isSame = change.accepted.crmId === crmId && change.accepted.kind === kind;
      if (isSame && earlier) return toRecordAnswer(earlier, undefined, organisation);
      const record = earlier ? toRecordSummary(earlier, organisation) : null;
      throw new AppError('already_accepted', { extension: { record } });
    }
    if (known && known.xeroId !== null && known.xeroId !== change.xeroId) throw new AppError('crm_id_taken');
    await requireUntied(parts, { place, kind, crmId, change, organisation });
    const row = await findArrived(parts, change);
    // The CRM may have sent the record before it accepts it.
    const wantedVersion = known?.wantedVersion ?? null;
    const accepted = toAccepted({ ...row, wantedVersion }, { kind, crmId, at: clock.now().toISOString() });
    await parts.records.remove(row);
    const by = nameCaller({ kind: 'backend', workspace, user });
    const history = { by, action: 'accepted', message: recordWords.accepted };
    await saveStates(parts, [{ before: row, after: accepted, history }], { organisation, at: accepted.stateSince });
    await parts.changes.markAccepted(workspace.id, change.id, { kind, crmId });
    return toRecordAnswer(accepted, undefined, organisation);
  });
}

type Tying = {
  place: SyncPlace;
  kind: RecordKind;
  crmId: string;
  change: ChangeRow;
  organisation: OrganisationName;
};

/**
 * Rejects with already_accepted when the bill is another record's twin, as after a second change that told of it, and
 * with crm_id_taken while a sending of this record is not settled: Xero may have another bill of it.
 */
async function requireUntied(
  { records, writes }: Repositories,
  { place, kind, crmId, change, organisation }: Tying,
): Promise<void> {
  const twin = change.xeroId === null ? undefined : await records.findByXeroId(place, kind, change.xeroId);
  if (twin && twin.key !== crmId && twin.crmId !== null) {
    throw new AppError('already_accepted', { extension: { record: toRecordSummary(twin, organisation) } });
  }
  const put = putKindSchema.safeParse(kind);
  if (twin || !put.success) return;
  const record = { type: syncKindTable[put.data].type, id: crmId };
  const sent = await writes.listOfRecords(place.workspaceId, place.organisationId, [record]);
  if (sent.some(({ state }) => state === 'pending' || state === 'undecided')) throw new AppError('crm_id_taken');
}

/** A bill that the CRM books is an expense there. Everything else stays what it is. */
function toAcceptedKind({ type, kind: arrived }: ChangeRow, asked: RecordKind | undefined): RecordKind {
  if (type !== 'new' || arrived === null) throw new AppError('action_not_allowed', { detail: requestWords.notNew });
  const kind = arrived === 'bills' ? 'expenses' : recordKindSchema.parse(arrived);
  if (asked === undefined || asked === kind) return kind;
  const contacts: readonly string[] = ['customers', 'suppliers'];
  if (contacts.includes(kind) && contacts.includes(asked)) return asked;
  throw new AppError('invalid_request', { errors: [{ path: 'kind', message: requestWords.otherKind(kind) }] });
}

/** Entries of lists, such as accounts, have no row before they are accepted. The change then holds everything. */
async function findArrived({ records }: Repositories, change: ChangeRow): Promise<RecordRow> {
  const { workspaceId, organisationId, kind, xeroId, data } = change;
  if (kind === null || xeroId === null) throw new AppError('action_not_allowed', { detail: requestWords.notNew });
  const row = await records.findByXeroId({ workspaceId, organisationId }, kind, xeroId);
  if (row) return row;
  const summary = recordSummarySchema.parse(JSON.parse(data).record);
  const { title, date, amount, stateSince, state } = summary;
  return {
    ...{ workspaceId, organisationId, kind, key: `xero:${xeroId}`, crmId: null, xeroId, origin: 'xero' },
    ...{ wanted: 'present', wantedVersion: null, sentVersion: null, state, code: null, stateSince },
    ...{ nextTryAt: null, tries: 0, title, date, amount: amount?.amount ?? null, currency: amount?.currency ?? null },
    ...{ searched: (title ?? '').toLowerCase(), memory: '{}', blockedOn: null, runId: null },
    details: JSON.stringify(summary),
  };
}

function toAccepted(row: RecordRow, { kind, crmId, at }: { kind: RecordKind; crmId: string; at: string }): RecordRow {
  const details = { ...parseRecordDetails(row.details), reason: null, problem: null, excluded: null };
  return {
    ...{ ...row, kind, key: crmId, crmId, state: 'synced', code: null, stateSince: at, nextTryAt: null, tries: 0 },
    ...{ blockedOn: null, searched: `${crmId.toLowerCase()} ${row.searched}`, details: JSON.stringify(details) },
  };
}
