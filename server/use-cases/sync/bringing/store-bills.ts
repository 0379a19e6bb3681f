import type { Deps } from '#server/deps.ts';
import { nextTurn } from '#server/next-turn.ts';
import type { Repositories } from '#server/store/store.ts';
import type { RunRecordRow } from '#server/store/tables/sync/run-store.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import { exclusionRuleSchema, type RecordSummary } from '#shared/contract/sync/record.ts';
import { toRecordSummary } from '../records/record-answer.ts';
import { parseRecordDetails } from '../records/record-details.ts';
import { requestWords } from '../words/request-words.ts';
import { type Arrival, arrive, setAside } from './arrive.ts';
import { type BillFacts, type ReadPage, readBillFacts } from './bill-facts.ts';
import { type BillRule, findBillRule, toBillRule } from './bill-rule.ts';
import { saveArrivals } from './save-arrivals.ts';

type StoreDeps = Pick<Deps, 'store' | 'clock' | 'config'>;

/**
 * `since`: the day that a person chose, instead of the one in the rules. `isDry`: nothing is stored, and whether bills
 * come at all does not matter.
 */
export type Storing = { where: SyncPlace; since?: string | undefined; isDry?: boolean };

/**
 * Stores what was read of bills, and gives those to the CRM that it does not know. Some at a time, so that other
 * requests run in between; what was stored before a failure stays, and reading it again changes nothing. Returns a row
 * of a run for each bill that comes, or that a rule leaves out. Does nothing when bills do not come any more.
 */
export async function storeBills(
  deps: StoreDeps,
  { bills, unreadable }: ReadPage,
  storing: Storing,
): Promise<RunRecordRow[]> {
  const rows: RunRecordRow[] = [];
  const { rowsTogether } = deps.store;
  for (let from = 0; from < Math.max(bills.length, unreadable.length); from += rowsTogether) {
    const until = from + rowsTogether;
    const page = { bills: bills.slice(from, until), unreadable: unreadable.slice(from, until) };
    rows.push(...(await deps.store.together((store) => storePage(deps, store, { ...storing, ...page }))));
    await nextTurn();
  }
  return rows;
}

async function storePage(
  deps: StoreDeps,
  store: Repositories,
  { where, since, isDry = false, ...page }: Storing & ReadPage,
): Promise<RunRecordRow[]> {
  if (!isDry) await store.records.hold(where.workspaceId);
  const facts = await readBillFacts(deps, store, { where, ...page });
  const ruled = isDry ? toBillRule(facts.rules) : findBillRule(facts.rules);
  if (!ruled) return [];
  const rule = since === undefined ? ruled : { ...ruled, since };
  const at = deps.clock.now().toISOString();
  const arrivals = meet(page, { where, at, rule, facts });
  if (!isDry) await saveArrivals(store, arrivals, { facts, at });
  return arrivals.flatMap((arrival) => toRunRow(arrival, { facts, isDone: !isDry }) ?? []);
}

type Met = { where: SyncPlace; at: string; rule: BillRule; facts: BillFacts };

function meet({ bills, unreadable }: ReadPage, { facts, ...met }: Met): Arrival[] {
  const foreign = <One extends { id: string | null; page: string | null }>(all: readonly One[]) =>
    all.filter((one) => !facts.isOurs(one));
  const read = foreign(bills).flatMap(
    (bill) => arrive(bill, { ...met, url: facts.urlOf(bill.id), known: facts.findKnown(bill.id) }) ?? [],
  );
  const unread = foreign(unreadable).flatMap(
    (one) => setAside(one, { ...met, known: one.id === null ? undefined : facts.findKnown(one.id) }) ?? [],
  );
  return [...read, ...unread];
}

type Told = { problem: RecordSummary['problem']; question: null; message: string | null; record: RecordSummary };

/** A bill that the CRM has already is no row of a run. */
function toRunRow(
  { after, told }: Arrival,
  { facts, isDone }: { facts: BillFacts; isDone: boolean },
): RunRecordRow | undefined {
  const isNew = told === 'new';
  if (!after || !(isNew || (told === null && ['excluded', 'problem'].includes(after.state)))) return undefined;
  const { kind, key, crmId, xeroId } = after;
  const { problem, excluded } = parseRecordDetails(after.details);
  const rule = exclusionRuleSchema.safeParse(excluded?.rule).data;
  const words: Partial<Record<string, string>> = requestWords.leftOutBy;
  const message = problem?.message ?? (rule && words[rule]) ?? null;
  const details: Told = { problem, question: null, message, record: toRecordSummary(after, facts.organisation) };
  return {
    ...{ kind, key, crmId, xeroId, outcome: isNew ? 'make' : 'refuse' },
    ...{ isDone: isNew && isDone, details: JSON.stringify(details) },
  };
}
