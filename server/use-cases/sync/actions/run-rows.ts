import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import type { RunRecordRow } from '#server/store/tables/sync/run-store.ts';
import type { RunCounts, RunOutcome, RunRow } from '#shared/contract/sync/runs.ts';
import { parseRecordDetails } from '../records/record-details.ts';
import type { Plan } from '../sending/look/plan.ts';
import type { Finding } from '../sending/outcome.ts';

/** What a run says of a record, by what was planned for it; null while it only waits. */
export function toRunOutcome({ outcome }: Pick<Plan, 'outcome'>): RunOutcome | null {
  return outcomes[outcome];
}

const outcomes: Readonly<Record<Plan['outcome'], RunOutcome | null>> = {
  make: 'make',
  made: 'make',
  change: 'change',
  replace: 'change',
  adopt: 'adopt',
  same: 'same',
  remove: 'remove',
  nothing: 'same',
  ask: 'ask',
  refuse: 'refuse',
  wait: null,
};

type Told = Pick<RunRow, 'problem' | 'question' | 'message'>;

/** One record of a run as it is after a look. */
export function toRunRow(
  row: RecordRow,
  outcome: RunOutcome,
  { isDone, message }: { isDone: boolean; message: string | null },
): RunRecordRow {
  const { problem, question } = parseRecordDetails(row.details);
  const told: Told = { problem, question, message: message ?? problem?.message ?? question?.message ?? null };
  const { kind, key, crmId, xeroId } = row;
  return { kind, key, crmId, xeroId, outcome, isDone, details: JSON.stringify(told) };
}

export const noCounts: RunCounts = {
  ...{ total: 0, make: 0, change: 0, adopt: 0, ask: 0, refuse: 0, same: 0, remove: 0, done: 0, left: 0 },
};

/** Adds the counted rows of a run up. `total` is how many records it was asked for. */
export function sumCounts(
  total: number,
  rows: readonly { outcome: string; isDone: boolean; count: number }[],
): RunCounts {
  const counts = { ...noCounts, total, left: total };
  for (const { outcome, isDone, count } of rows) {
    if (outcome in noCounts) counts[outcome as RunOutcome] += count;
    if (isDone) counts.done += count;
    counts.left -= count;
  }
  return { ...counts, left: Math.max(counts.left, 0) };
}

/**
 * A record that was dealt with leaves its run, and is one of the run's rows. One that still waits stays in it. `row` is
 * also there for records without a run, so that what was sent automatically can be listed.
 */
export function endInRun(
  after: RecordRow,
  { finding, plan }: { finding: Finding; plan: Pick<Plan, 'outcome'> | undefined },
): { after: RecordRow; row: RunRecordRow | undefined } {
  const outcome = plan && toEnd(finding.outcome.type, plan);
  if (!outcome) return { after, row: undefined };
  const isDone = finding.outcome.type === 'synced' || finding.outcome.type === 'excluded';
  const row = toRunRow(after, outcome, { isDone, message: finding.history?.message ?? null });
  return { after: { ...after, runId: null }, row };
}

function toEnd(type: Finding['outcome']['type'], plan: Pick<Plan, 'outcome'>): RunOutcome | null {
  switch (type) {
    case 'problem':
      return 'refuse';
    case 'question':
      return 'ask';
    case 'synced':
    case 'excluded':
      return toRunOutcome(plan);
    default:
      return null;
  }
}
