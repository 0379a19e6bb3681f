import { z } from 'zod';
import type { Deps } from '#server/deps.ts';
import type { RunRecordRow, RunRow } from '#server/store/tables/sync/run-store.ts';
import { AppError } from '#shared/app-error.ts';
import { recordKindSchema } from '#shared/contract/sync/kinds.ts';
import { personSchema, type RecordSummary } from '#shared/contract/sync/record.ts';
import {
  type Run,
  type RunOutcome,
  type RunRow as RunRowAnswer,
  runCountsSchema,
  runErrorSchema,
  runOutcomeSchema,
  runRowSchema,
  runStatusSchema,
  runTypeSchema,
} from '#shared/contract/sync/runs.ts';
import { parseCursor, toPage } from '../records/page-cursor.ts';
import { toOrganisationName, toRecordSummary } from '../records/record-answer.ts';
import { requestWords } from '../words/request-words.ts';
import { findSyncPlace } from './find-sync-place.ts';

type ReadDeps = Pick<Deps, 'store'>;
type Page = { limit: number; cursor?: string | undefined };
type Paged = { cursor: string | null; hasMore: boolean };

/** The runs of the organisation that is connected, the newest first. */
export async function listRuns(
  { store }: ReadDeps,
  workspaceId: string,
  { limit, cursor }: Page,
): Promise<Paged & { runs: Run[] }> {
  const { where } = await findSyncPlace(store, workspaceId);
  const after = parseCursor(cursor, { startedAt: z.string(), id: z.string() });
  const rows = await store.runs.list(where, { limit: limit + 1, after });
  const { page, ...paged } = toPage(rows, limit, ({ startedAt, id }) => [startedAt, id]);
  return { runs: await Promise.all(page.map((row) => toRun({ store }, row))), ...paged };
}

/** Rejects with not_found for a run of another workspace. */
export async function getRun(deps: ReadDeps, workspaceId: string, id: string): Promise<Run> {
  return toRun(deps, await findRun(deps, workspaceId, id));
}

/** What a run did with each record, or would do. */
export async function listRunRows(
  deps: ReadDeps,
  workspaceId: string,
  { id, limit, cursor, outcome }: Page & { id: string; outcome?: readonly RunOutcome[] | undefined },
): Promise<Paged & { rows: RunRowAnswer[] }> {
  const run = await findRun(deps, workspaceId, id);
  const after = parseCursor(cursor, { kind: z.string(), key: z.string() });
  const rows = await deps.store.runs.listRows(run.id, { outcomes: outcome }, { limit: limit + 1, after });
  const { page, ...paged } = toPage(rows, limit, ({ kind, key }) => [kind, key]);
  const records = await readSummaries(deps, run, page);
  return { rows: page.map((row) => toRow(row, records.get(nameOf(row)) ?? null)), ...paged };
}

/** The records of these rows as they stand now. A person knows a record by its title, not by its id. */
async function readSummaries(
  { store }: ReadDeps,
  { workspaceId, organisationId }: RunRow,
  rows: readonly RunRecordRow[],
): Promise<ReadonlyMap<string, RecordSummary>> {
  const connection = await store.connections.find(workspaceId);
  const organisation = connection?.organisationId === organisationId ? toOrganisationName(connection) : null;
  const found = await store.records.findMany({ workspaceId, organisationId }, rows);
  return new Map(found.map((row) => [nameOf(row), toRecordSummary(row, organisation)]));
}

function nameOf({ kind, key }: Pick<RunRecordRow, 'kind' | 'key'>): string {
  return `${kind}/${key}`;
}

async function findRun({ store }: ReadDeps, workspaceId: string, id: string): Promise<RunRow> {
  const run = await store.runs.find(workspaceId, id);
  if (!run) throw new AppError('not_found', { detail: requestWords.noRun });
  return run;
}

async function toRun({ store }: ReadDeps, row: RunRow): Promise<Run> {
  const { id, dryRun, startedAt, endedAt, calls, kind } = row;
  return {
    ...{ id, type: runTypeSchema.parse(row.type), dryRun, kind: kind === null ? null : recordKindSchema.parse(kind) },
    ...{ status: runStatusSchema.parse(row.status), startedAt, endedAt, calls },
    by: personSchema.parse(JSON.parse(row.by)),
    counts: runCountsSchema.parse(JSON.parse(row.counts)),
    undo: dryRun || row.type === 'bring' ? { possible: 0, impossible: 0 } : await countUndo({ store }, id),
    error: row.error === null ? null : runErrorSchema.parse(JSON.parse(row.error)),
  };
}

/** What was made can be undone, but not what came from Xero. What was changed, adopted or removed in Xero cannot. */
async function countUndo({ store }: ReadDeps, runId: string): Promise<Run['undo']> {
  const done = (await store.runs.countRows(runId)).filter(({ isDone }) => isDone);
  const countOf = (...outcomes: readonly string[]) =>
    done.filter(({ outcome }) => outcomes.includes(outcome)).reduce((sum, { count }) => sum + count, 0);
  return { possible: countOf('make'), impossible: countOf('change', 'adopt', 'remove') };
}

const detailsSchema = z.object({
  ...runRowSchema.pick({ problem: true, question: true, message: true }).shape,
  record: runRowSchema.shape.record.optional(),
});

/** `known`: the record as it stands now. A row that came from Xero has what it was then. */
function toRow(
  { kind, crmId, xeroId, outcome, isDone, details }: RunRecordRow,
  known: RecordSummary | null,
): RunRowAnswer {
  const { record = known, ...told } = detailsSchema.parse(JSON.parse(details));
  const named = { kind: recordKindSchema.parse(kind), crmId, xeroId };
  return { ...named, outcome: runOutcomeSchema.parse(outcome), done: isDone, ...told, record };
}
