import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import type { RecordProblem, RecordQuestion, RecordSummary } from '#shared/contract/sync/record.ts';
import { formatMemory, type Memory, parseMemory } from '../records/memory.ts';
import { parseRecordDetails, type RecordDetails } from '../records/record-details.ts';
import { toRetryMs } from './retry-times.ts';

export type WaitReason = NonNullable<RecordSummary['reason']>;
type Also = RecordSummary['also'];
type Notes = RecordSummary['notes'];

/** What Xero holds for a record, as lists show it. */
export type ShownTwin = Pick<RecordDetails, 'xeroKind' | 'xeroNumber' | 'xeroStatus' | 'xeroUrl'> & { xeroId: string };

/**
 * How a look at a record ended. `blockedOn` names what the record waits for, so that it is tried again as soon as that
 * moves. `synced` without a twin: Xero has nothing, and nothing is wanted.
 */
export type Outcome =
  | { type: 'wait'; reason: WaitReason; blockedOn: string | null; afterMs: number }
  | { type: 'problem'; problem: RecordProblem; blockedOn: string | null }
  | { type: 'question'; question: RecordQuestion }
  | { type: 'excluded'; excluded: NonNullable<RecordSummary['excluded']> }
  | { type: 'synced'; also: Also; notes: Notes }
  /** It was in Xero already. `afterMs`: when to look again at what follows it; null when that is done. */
  | { type: 'followed'; also: Also; afterMs: number | null };

/** What a look at one version of a record found, and what to tell of it in the history. */
export type Finding = {
  version: number | null;
  outcome: Outcome;
  memory: Memory;
  /** Absent: as known before. Null: Xero holds none. */
  twin?: ShownTwin | null;
  history?: { action: string; message: string };
  by?: { id: string; name: string };
  /** The record as it was looked at. */
  looked?: RecordRow;
};

/**
 * The record after a look. When a newer version arrived, or somebody acted on the record meanwhile, that stands, and
 * only what Xero holds is learnt.
 */
export function applyFinding(row: RecordRow, finding: Finding, now: Date): RecordRow {
  // The CRM tied it to a bill of Xero meanwhile, which stays its twin.
  if (row.origin === 'xero') return row;
  const learnt = learnTwin(row, finding, now);
  if (!isOvertaken(row, finding)) return applyOutcome(learnt, finding, now);
  // The newer version was decided for a record without a twin. It is looked at again, now that there is one.
  const { asked, answer, leftOut, undoneBy } = parseMemory(row.memory);
  const memory = { ...parseMemory(learnt.memory), asked, answer, leftOut, undoneBy };
  const isLeft = row.wanted === 'absent' && row.state === 'synced' && row.xeroId === null && learnt.xeroId !== null;
  // The CRM deleted it when nothing was known to be in Xero.
  const due = isLeft && { state: 'waiting', stateSince: now.toISOString(), nextTryAt: now.toISOString() };
  return { ...learnt, ...due, memory: formatMemory(memory) };
}

/** Whether the record is not the one any more that was looked at. */
export function isOvertaken(row: RecordRow, { version, looked = row }: Finding): boolean {
  if (row.wantedVersion !== version || row.state === 'excluded') return true;
  return toActed(row) !== toActed(looked);
}

/** Changes when a person or a run acts on the record. */
function toActed({ state, runId, memory }: RecordRow): string {
  const { asked, answer, undoneBy } = parseMemory(memory);
  return JSON.stringify([state, runId, asked, answer, undoneBy]);
}

function learnTwin(row: RecordRow, { twin, memory, outcome, version, by }: Finding, now: Date): RecordRow {
  const details = parseRecordDetails(row.details);
  const isSent = outcome.type === 'synced';
  const { xeroId = row.xeroId, ...shown } = twin ?? {};
  const synced = isSent && { syncedAt: now.toISOString(), syncedBy: by ?? details.syncedBy };
  const followed = outcome.type === 'followed' && { also: outcome.also };
  const none = { xeroKind: null, xeroNumber: null, xeroStatus: null, xeroUrl: null };
  return {
    ...row,
    xeroId: twin === null ? null : xeroId,
    sentVersion: isSent ? version : row.sentVersion,
    memory: formatMemory(memory),
    details: JSON.stringify({ ...details, ...(twin === null && none), ...shown, ...synced, ...followed }),
  };
}

const dayMs = 24 * 3600 * 1000;

/** The payments of a document may go in Xero. Then the question about them ends without an answer. Others wait for a person. */
function lookAgain({ code }: RecordQuestion, { xeroId }: RecordRow, after: (ms: number) => string): Partial<RecordRow> {
  if (code !== 'has_payments' || xeroId === null) return {};
  return { blockedOn: toDocumentHold(xeroId), nextTryAt: after(dayMs) };
}

/** What a record waits for that stands still until its document changes in Xero. */
export function toDocumentHold(xeroId: string): string {
  return `document:${xeroId}`;
}

const nothing = { reason: null, problem: null, question: null, excluded: null };

function applyOutcome(row: RecordRow, { outcome }: Finding, now: Date): RecordRow {
  const details = { ...parseRecordDetails(row.details), ...nothing };
  const nowMs = now.getTime();
  const settle = (change: Partial<RecordRow>, shown: Partial<RecordDetails>): RecordRow => {
    const state = change.state ?? row.state;
    const stateSince = state === row.state ? row.stateSince : now.toISOString();
    const plain = { code: null, blockedOn: null, nextTryAt: null };
    return { ...row, ...plain, ...change, stateSince, details: JSON.stringify({ ...details, ...shown }) };
  };
  const after = (ms: number) => new Date(nowMs + ms).toISOString();
  switch (outcome.type) {
    case 'wait': {
      const { reason, blockedOn, afterMs } = outcome;
      return settle({ state: 'waiting', code: reason.code, blockedOn, nextTryAt: after(afterMs) }, { reason });
    }
    case 'problem': {
      const { problem, blockedOn } = outcome;
      const tries = row.tries + 1;
      const nextTryAt = after(toRetryMs(tries));
      return settle({ state: 'problem', code: problem.code, blockedOn, nextTryAt, tries }, { problem });
    }
    case 'question': {
      const { question } = outcome;
      return settle({ state: 'question', code: question.code, ...lookAgain(question, row, after) }, { question });
    }
    case 'excluded':
      return settle({ state: 'excluded' }, { excluded: outcome.excluded });
    case 'synced': {
      const { also, notes } = outcome;
      // What follows the twin, such as a receipt, is done in the next look.
      const isOpen = also.some(({ state }) => state !== 'done');
      return settle({ state: 'synced', tries: 0, nextTryAt: isOpen ? now.toISOString() : null }, { also, notes });
    }
    case 'followed': {
      const { also, afterMs } = outcome;
      const isFailed = also.some(({ state }) => state === 'problem');
      const tries = isFailed ? row.tries + 1 : 0;
      const waitMs = isFailed ? Math.max(toRetryMs(tries), afterMs ?? 0) : afterMs;
      return settle({ state: row.state, tries, nextTryAt: waitMs === null ? null : after(waitMs) }, { also });
    }
  }
}
