import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import type { RunRecordRow } from '#server/store/tables/sync/run-store.ts';
import type { RecordProblem, RecordQuestion } from '#shared/contract/sync/record.ts';
import { readList, readMember } from '../kinds/read-row.ts';
import { nameRecord } from '../records/name-record.ts';
import { parseRecordDetails } from '../records/record-details.ts';
import type { Plan } from '../sending/look/plan.ts';
import { toProblem } from '../words/problems.ts';
import { undoWords } from '../words/undo-words.ts';

/** Why Xero keeps a record that a run made: nobody is asked, and it is not tried again. */
export function toUndoProblem(
  row: RecordRow,
  refused: object & { problem?: RecordProblem; question?: RecordQuestion },
): RecordProblem {
  const { problem, question } = refused;
  if (problem) return problem;
  const message = question?.code === 'has_payments' ? undoWords.hasPayments(nameOf(row)) : (question?.message ?? '');
  return toProblem('xero_rejected', { message });
}

/** A row of an undo that takes nothing back. */
export function toRefused({ kind, key, crmId, xeroId }: RecordRow, problem: RecordProblem): RunRecordRow {
  const told = { problem, question: null, message: problem.message };
  return { kind, key, crmId, xeroId, outcome: 'refuse', isDone: false, details: JSON.stringify(told) };
}

/** A record whose document in Xero is another one than the run made. */
export function toReplaced(row: RecordRow): RunRecordRow {
  return toRefused(row, toProblem('xero_rejected', { message: undoWords.isReplaced(nameOf(row)) }));
}

function nameOf(row: RecordRow): string {
  return nameRecord(row, parseRecordDetails(row.details).xeroNumber);
}

/**
 * Whether only payments that the same undo takes back hold the document. `removed`: their ids in Xero.
 */
export function isFreed({ outcome, ...plan }: Plan, removed: ReadonlySet<string>): boolean {
  if (outcome !== 'ask' || !('question' in plan) || plan.question.code !== 'has_payments' || !plan.twin) return false;
  const { twin } = plan;
  const others = ['CreditNotes', 'Prepayments', 'Overpayments', 'Allocations'].some(
    (name) => readList(twin, name).length > 0,
  );
  const payments = readList(twin, 'Payments').map((row) => String(readMember(row, ['PaymentID'])).toLowerCase());
  return !others && payments.length > 0 && payments.every((id) => removed.has(id));
}
