import type { Repositories } from '#server/store/store.ts';
import type { RecordHistoryRow, RecordRow } from '#server/store/tables/records/record-store.ts';
import type { NewChange } from '#server/store/tables/sync/change-store.ts';
import { systemUser } from '#server/use-cases/acting/principal.ts';
import { toRecordSummary } from '../records/record-answer.ts';
import { recordWords } from '../words/record-words.ts';
import type { Arrival } from './arrive.ts';
import type { BillFacts } from './bill-facts.ts';
import { toBill } from './to-bill.ts';

/**
 * Saves what arrived with what the CRM is told of it. Use within a transaction that holds the workspace, so that the
 * feed has the order of the commits.
 */
export async function saveArrivals(
  store: Pick<Repositories, 'records' | 'changes'>,
  arrivals: readonly Arrival[],
  { facts, at }: { facts: BillFacts; at: string },
): Promise<void> {
  const saved = arrivals.flatMap(({ after }) => after ?? []);
  if (saved.length > 0) await store.records.save(...saved);
  for (const { before, after } of arrivals) if (before && !after) await store.records.remove(before);
  const changes = arrivals.flatMap((arrival) => toChange(arrival, facts, at) ?? []);
  const [first] = saved;
  if (first && changes.length > 0) await store.changes.append(first.workspaceId, changes);
  await store.records.appendHistory(...arrivals.flatMap((arrival) => toHistory(arrival, at) ?? []));
}

/** An accepted bill is the CRM's expense by now, and what Xero says of it is still told as of a bill. */
function toChange({ after, bill, told }: Arrival, facts: BillFacts, at: string): NewChange | undefined {
  if (!after || told === null) return undefined;
  const record = toRecordSummary(after, facts.organisation);
  return {
    ...{ organisationId: after.organisationId, type: told, kind: 'bills', at, state: null },
    ...{ crmId: after.crmId, xeroId: after.xeroId },
    data: JSON.stringify({ record, bill: bill && toBill(bill, facts) }),
  };
}

function toHistory({ after, told }: Arrival, at: string): RecordHistoryRow | undefined {
  if (!after || (told !== 'new' && told !== 'removed')) return undefined;
  const message = told === 'new' ? recordWords.brought : recordWords.goneInXero;
  const { workspaceId, organisationId, kind, key, state }: RecordRow = after;
  const entry = { at, by: systemUser, action: 'bring', state, message, version: null, runId: null };
  return { workspaceId, organisationId, kind, key, details: JSON.stringify(entry) };
}
