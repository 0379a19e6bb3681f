import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import type { RunRecordRow, RunRow } from '#server/store/tables/sync/run-store.ts';
import { personSchema } from '#shared/contract/sync/record.ts';
import type { RunOutcome } from '#shared/contract/sync/runs.ts';
import { parseRecordDetails } from '../records/record-details.ts';
import { readCandidates } from '../sending/candidates.ts';
import { kindOf } from '../sending/kind-of.ts';
import { type Look, lookAt } from '../sending/look/look.ts';
import { type Behind, buildNewNames, type NewNames, splitNewNames, tellBehind } from '../sending/look/new-names.ts';
import type { Round } from '../sending/round.ts';
import { findBar } from './find-bar.ts';
import { startOf, toFilter } from './mark-records.ts';
import { toRunOutcome } from './run-rows.ts';
import { type RunRequest, runRequestSchema } from './start-run.ts';
import { isFreed, toRefused, toReplaced, toUndoProblem } from './undo-refusal.ts';
import { listUndone } from './undo-run.ts';

/** As many as are looked at together. */
const pageSize = 50;

/**
 * A dry run: what would be made, changed, adopted, asked or refused, and why. Writes nothing but the rows of the run.
 * Returns how many records it is about. Rejects when Xero fails.
 */
export async function planRecords(round: Round, run: RunRow, signal: AbortSignal): Promise<number> {
  const { deps } = round.acting;
  const { store } = deps;
  const { workspaceId, organisationId } = run;
  const request = runRequestSchema.parse(JSON.parse(run.request));
  if (request.undoes !== undefined) return planUndo(round, run);
  const filter = toFilter(request);
  const names = buildNewNames();
  let [after, total]: [RecordRow | undefined, number] = [undefined, 0];
  do {
    signal.throwIfAborted();
    const page: RecordRow[] = await store.records.list({ workspaceId, organisationId }, filter, {
      limit: pageSize,
      after: after ?? startOf(run),
    });
    await store.runs.putRows(run.id, await planPage(round, page, { request, names }));
    total += page.length;
    after = page.length === pageSize ? page.at(-1) : undefined;
  } while (after);
  return total;
}

/** What an undo would take back. Each record is looked at as if the CRM had deleted it. */
async function planUndo(round: Round, run: RunRow): Promise<number> {
  const { deps, caller } = round.acting;
  const undoneBy = personSchema.parse(JSON.parse(run.by));
  const removed = new Set<string>();
  let all = 0;
  for await (const { kind, rows, replaced, total } of listUndone(deps, run)) {
    const read = await readCandidates(deps, caller.workspaceId, rows);
    const candidates = read.map((one) => ({
      ...{ ...one, memory: { ...one.memory, undoneBy } },
      version: { ...one.version, wanted: 'absent' as const },
    }));
    const planned = (await lookAt(round, kind, candidates)).map((look) => toUndone(look, removed));
    for (const { xeroId, outcome } of planned) if (xeroId !== null && outcome === 'remove') removed.add(xeroId);
    await deps.store.runs.putRows(run.id, [...planned, ...replaced.map(toReplaced)]);
    all += total;
  }
  return all;
}

function toUndone(look: Look, removed: ReadonlySet<string>): RunRecordRow {
  const { row, plan } = look;
  if (isFreed(plan, removed)) return toRow(row, 'remove', { problem: null, question: null, message: null });
  if (plan.outcome === 'ask' || plan.outcome === 'refuse') return toRefused(row, toUndoProblem(row, plan));
  return toPlanned(look);
}

async function planPage(
  round: Round,
  rows: readonly RecordRow[],
  /** `names`: the contacts that the pages before would add. */
  { request, names }: { request: RunRequest; names: NewNames },
): Promise<RunRecordRow[]> {
  const planned: RunRecordRow[] = [];
  const { deps, caller } = round.acting;
  for (const name of new Set(rows.map(({ kind }) => kind))) {
    const ofKind = rows.filter((row) => row.kind === name);
    const kind = kindOf(name);
    const findOwnBar = (row: RecordRow) => findBar(request, row, round.facts.rules);
    const isOpen = (row: RecordRow) => row.state !== 'unsupported' && row.origin === 'crm' && !findOwnBar(row);
    const candidates = await readCandidates(deps, caller.workspaceId, kind ? ofKind.filter(isOpen) : []);
    const looks = kind ? await lookAt(round, kind, candidates) : [];
    const { now, later } = splitNewNames(looks, names);
    planned.push(...now.map(toPlanned), ...later.map(toPlannedBehind));
    const unsent = ofKind.filter((row) => !looks.some((look) => look.row.key === row.key));
    planned.push(...unsent.map((row) => toUnsent(row, findOwnBar(row))));
  }
  return planned;
}

function toPlanned({ row, plan }: Look): RunRecordRow {
  const problem = plan.outcome === 'refuse' ? plan.problem : null;
  const question = plan.outcome === 'ask' ? plan.question : null;
  const message = plan.outcome === 'wait' ? plan.reason.message : (problem?.message ?? question?.message ?? null);
  return toRow(row, toRunOutcome(plan) ?? 'refuse', { problem, question, message });
}

function toPlannedBehind(behind: Behind): RunRecordRow {
  const { outcome, question } = tellBehind(behind);
  return toRow(behind.look.row, outcome, { problem: null, question, message: question?.message ?? null });
}

/** It is never sent, came from Xero, or something bars the run from sending it. */
function toUnsent(row: RecordRow, bar: string | undefined): RunRecordRow {
  const { problem } = parseRecordDetails(row.details);
  const outcome = row.origin === 'xero' || row.state === 'synced' ? 'same' : 'refuse';
  return toRow(row, outcome, { problem, question: null, message: bar ?? problem?.message ?? null });
}

function toRow(row: RecordRow, outcome: RunOutcome, told: object): RunRecordRow {
  const { kind, key, crmId, xeroId } = row;
  return { kind, key, crmId, xeroId, outcome, isDone: false, details: JSON.stringify(told) };
}
