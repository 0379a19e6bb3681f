import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import { hashParts } from '#server/use-cases/writes/write-handler.ts';
import type { XeroTwin } from '#server/xero/records/records.ts';
import { AppError } from '#shared/app-error.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import type { SyncKind } from '../../kinds/kind.ts';
import { toWaitReason } from '../../words/waits.ts';
import { type Round, toPlace } from '../round.ts';
import { saveFindings, toSaving } from '../save-findings.ts';
import { concernsAll, show, toFailed } from '../to-finding.ts';
import type { Ended, PlannedAs } from './carry-out.ts';
import { makeRecords } from './make-records.ts';

type Replace = PlannedAs<'replace'>;

/**
 * Xero cannot change a payment: the old one is deleted, then another is made. What is about to be deleted is stored
 * first, so that a look after an interruption knows that nobody else deleted it, and makes the other one.
 */
export async function replaceRecords(
  round: Round,
  kind: SyncKind<PutKind>,
  planned: readonly Replace[],
): Promise<{ ended: Ended[]; failure: AppError | undefined }> {
  if (planned.length === 0) return { ended: [], failure: undefined };
  const { deps, caller } = round.acting;
  const toGone = planned.map((one) => ({ ...one, memory: { ...one.memory, gone: addGone(one) } }));
  const saved = await saveFindings(toSaving(round), toGone.map(toMarked));
  const marked = toGone.map((one) => ({
    ...one,
    row: saved.find(({ after }) => after.key === one.row.key)?.after ?? one.row,
  }));
  const ended: Ended[] = [];
  const free: (PlannedAs<'make'> & { deleted: XeroTwin })[] = [];
  let failure: AppError | undefined;
  for (const one of marked) {
    const { twin, outcome: _, ...rest } = one.plan;
    try {
      if (failure) throw failure;
      const idempotencyKey = hashParts([caller.organisationId, 'delete', twin.id]);
      await deps.xero.deletePayment(caller, { id: twin.id, idempotencyKey });
      free.push({ ...one, deleted: twin, plan: { outcome: 'make', ...rest } });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (concernsAll(error)) failure = error;
      ended.push({ planned: one, finding: toFailed(one, error) });
    }
  }
  const made = await makeRecords(round, kind, free);
  const shown = made.ended.map((one) => showDeleted(round, kind, one, free));
  return { ended: [...ended, ...shown], failure: failure ?? made.failure };
}

/** Where no other one was made, the deleted one is what the record has in Xero. */
function showDeleted(
  round: Round,
  kind: SyncKind<PutKind>,
  { planned, finding }: Ended,
  replaced: readonly { row: RecordRow; deleted: XeroTwin }[],
): Ended {
  const deleted = replaced.find(({ row }) => row.key === planned.row.key)?.deleted;
  if (finding.twin !== undefined || !deleted) return { planned, finding };
  return { planned, finding: { ...finding, twin: show(round, kind, { ...deleted, status: 'DELETED' }) } };
}

function addGone({ memory: { gone }, plan: { twin } }: Replace): string[] {
  return gone.includes(twin.id) ? gone : [...gone, twin.id];
}

function toMarked({ row, version, memory }: Replace) {
  const outcome = { type: 'wait' as const, reason: toWaitReason('queued'), blockedOn: null, afterMs: 0 };
  return { place: toPlace(row), finding: { version: version.version, memory, outcome } };
}
