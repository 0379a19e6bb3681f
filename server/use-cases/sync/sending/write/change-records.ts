import { describePrincipal } from '#server/use-cases/acting/principal.ts';
import { appendAudit } from '#server/use-cases/audit/audit.ts';
import { hashParts } from '#server/use-cases/writes/write-handler.ts';
import { formatExactJson } from '#server/xero/bytes/exact-json.ts';
import type { RowAnswer, XeroTwin } from '#server/xero/records/records.ts';
import { recordsPerCall, resources } from '#server/xero/records/resources.ts';
import { AppError } from '#shared/app-error.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import { syncKindTable } from '#shared/sync-kinds.ts';
import type { SyncKind, XeroElement } from '../../kinds/kind.ts';
import { putMark, toRecordMark } from '../look/record-mark.ts';
import type { Planned, Round } from '../round.ts';
import { concernsAll, toFailed, toSynced, toUnknown } from '../to-finding.ts';
import type { Ended, PlannedAs } from './carry-out.ts';

type Sent = { ended: Ended[]; failure: AppError | undefined };

/**
 * Changes records in Xero. A change says the whole content, so that sending it twice does no harm: after a lost answer
 * the next look compares what Xero has.
 */
export async function changeRecords(
  round: Round,
  kind: SyncKind<PutKind>,
  planned: readonly PlannedAs<'change'>[],
): Promise<Sent> {
  const changes = planned.map((one) => {
    const { element, twin, within } = one.plan;
    // A change without the mark would take it away, and the record could not be found by it any more.
    return { one, element: putMark(kind, element, toRecordMark(kind, round.acting.caller, one)), twin, within };
  });
  return updateAll(round, kind, changes, (one, twin) => {
    const { element, notes } = one.plan;
    return toSynced(round, kind, one, { twin, element, notes, message: 'changed' });
  });
}

export type Change<P extends Planned> = { one: P; element: XeroElement; twin: XeroTwin; within?: string | undefined };

/** Sends changes in as few calls as Xero allows. One row's refusal is that row's alone. */
export async function updateAll<P extends Planned>(
  round: Round,
  kind: SyncKind<PutKind>,
  changes: readonly Change<P>[],
  toDone: (one: P, twin: XeroTwin) => Ended['finding'],
): Promise<Sent> {
  const ended: Ended[] = [];
  let failure: AppError | undefined;
  for (const call of toCalls(changes, recordsPerCall[kind.resource])) {
    const answers = failure ? call.map(() => refusal(failure)) : await send(round, kind, call);
    for (const [index, { one }] of call.entries()) {
      const answer = answers[index];
      if (answer?.outcome === 'done') {
        await auditChange(round, kind, one);
        ended.push({ planned: one, finding: toDone(one, answer.made) });
      } else if (answer?.outcome === 'refused') ended.push({ planned: one, finding: toFailed(one, answer.error) });
      else ended.push({ planned: one, finding: toUnknown(one) });
      if (answer && 'error' in answer && concernsAll(answer.error)) failure = answer.error;
    }
  }
  return { ended, failure };
}

function refusal(error: AppError | undefined): RowAnswer<XeroTwin> {
  return { outcome: 'refused', error: error ?? new AppError('outcome_unknown') };
}

async function send<P extends Planned>(
  { acting: { deps, caller } }: Round,
  { resource }: SyncKind<PutKind>,
  call: readonly Change<P>[],
): Promise<RowAnswer<XeroTwin>[]> {
  const elements = call.map(({ element, twin }) => formatExactJson({ ...element, [resources[resource].id]: twin.id }));
  const idempotencyKey = hashParts([caller.organisationId, caller.workspaceId, elements]);
  const within = call[0]?.within;
  try {
    return await deps.xero.updateRecords(caller, { resource, elements, idempotencyKey, ...(within && { within }) });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return call.map(() => ({
      outcome: error.details.proof === 'refused' ? 'refused' : concernsAll(error) ? 'refused' : 'unknown',
      error,
    }));
  }
}

function toCalls<T extends { within?: string | undefined }>(changes: readonly T[], size: number): T[][] {
  const calls: T[][] = [];
  for (let from = 0; from < changes.length; from += size) calls.push(changes.slice(from, from + size));
  return calls;
}

/** Written after Xero did it. Without the row the change is still told by the record's history. */
async function auditChange({ acting }: Round, kind: SyncKind<PutKind>, { version, row }: Planned): Promise<void> {
  const { workspaceId, organisationId } = acting.caller;
  await appendAudit(acting.deps, {
    ...{ workspaceId, organisationId, ...describePrincipal(acting.principal) },
    record: { type: syncKindTable[kind.kind].type, id: version.crmId, ...(row.title !== null && { name: row.title }) },
    action: version.wanted === 'present' ? 'sync_update' : 'sync_remove',
    outcome: 'done',
  });
}
