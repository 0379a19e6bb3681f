import { z } from 'zod';
import type { Deps } from '#server/deps.ts';
import type { Backend } from '#server/identity/verify-backend-token.ts';
import { nextTurn } from '#server/next-turn.ts';
import type { RecordDataRow } from '#server/store/tables/records/record-store.ts';
import { AppError } from '#shared/app-error.ts';
import { type BatchAnswer, batchRowSchema } from '#shared/contract/sync/records.ts';
import { errorCatalogue } from '#shared/error-catalogue.ts';
import { toUnreadable } from './data-faults.ts';
import { findBase64 } from './receipt.ts';
import { storeVersions, type Taken, wakeSending } from './store-versions.ts';
import { readVersion } from './take-record.ts';

type Result = BatchAnswer['results'][number];
/** The RFC 9457 document of one row. */
type BuildProblem = (error: AppError) => NonNullable<Result['problem']>;

/** Of all rows together, not counting the receipts in them. */
const mostBytes = 5 * 1024 * 1024;

/**
 * Takes the rows in their order, some at once in a transaction. Each row's result says what is wrong with it; a refused
 * row touches no other. Rejects with payload_too_large, before it takes any, and when the database fails; what was taken
 * before stays.
 */
export async function takeBatch(
  deps: Deps,
  backend: Backend,
  { rows, buildProblem }: { rows: readonly unknown[]; buildProblem: BuildProblem },
): Promise<BatchAnswer> {
  if (countBytes(rows) > mostBytes) throw new AppError('payload_too_large');
  const results: Result[] = [];
  for (const slice of sliceRows(
    rows.map((sent) => readRow(backend, sent)),
    deps.store.rowsTogether,
  )) {
    const taken = await takeSlice(deps, backend, slice);
    results.push(...slice.map((row) => toResult(row, taken.get(row), buildProblem)));
    await nextTurn();
  }
  return { results };
}

async function takeSlice(deps: Deps, backend: Backend, slice: readonly Row[]): Promise<Map<Row, Taken>> {
  const readable = slice.filter((row) => 'version' in row);
  const versions = readable.map(({ version }) => version);
  const taken = await deps.store.together((store) => storeVersions(deps, backend, { store, rows: versions }));
  for (const one of taken) if ('record' in one) wakeSending(deps, backend, one.record);
  return new Map(readable.flatMap((row, index): [Row, Taken][] => (taken[index] ? [[row, taken[index]]] : [])));
}

/** A row as it was sent, and the version in it or why there is none. */
type Row = { sent: unknown } & ({ version: RecordDataRow } | { error: AppError });

/** Slices of at most `most` rows. A record that is named twice begins a new one, as its second version may be the newer. */
function* sliceRows(rows: readonly Row[], most: number): Generator<Row[]> {
  let slice: Row[] = [];
  let names = new Set<string>();
  for (const row of rows) {
    const name = 'version' in row ? `${row.version.kind}/${row.version.crmId}` : undefined;
    if (slice.length === most || (name !== undefined && names.has(name))) {
      yield slice;
      [slice, names] = [[], new Set()];
    }
    slice.push(row);
    if (name !== undefined) names.add(name);
  }
  if (slice.length > 0) yield slice;
}

function countBytes(rows: readonly unknown[]): number {
  return rows.reduce<number>((sum, row) => {
    const base64 = typeof row === 'object' && row !== null && 'data' in row ? findBase64(row.data) : undefined;
    return sum + Buffer.byteLength(JSON.stringify(row)) - (base64?.length ?? 0);
  }, 0);
}

/** Rejects with what is not the row's own fault. */
function readRow(backend: Backend, sent: unknown): Row {
  try {
    const parsed = batchRowSchema.safeParse(sent);
    if (!parsed.success) throw toUnreadable(parsed.error);
    return { sent, version: readVersion(backend, parsed.data) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { sent, error };
  }
}

function toResult(row: Row, taken: Taken | undefined, buildProblem: BuildProblem): Result {
  const outcome = 'error' in row ? row : taken;
  if (!outcome) throw new Error('a row was neither taken nor refused');
  if ('error' in outcome) {
    const { error } = outcome;
    const status = errorCatalogue[error.code].status;
    return { ...nameRow(row.sent), status, record: null, problem: buildProblem(error) };
  }
  const { record } = outcome;
  return { kind: record.kind, crmId: record.crmId, status: 202, record, problem: null };
}

/** What can be read of its name, so that the CRM finds the row again. Its place in the list says it too. */
const nameSchema = z.object({ kind: z.string().nullable().catch(null), crmId: z.string().nullable().catch(null) });

function nameRow(row: unknown): Pick<Result, 'kind' | 'crmId'> {
  const { kind, crmId } = nameSchema.safeParse(row).data ?? { kind: null, crmId: null };
  return { kind: kind?.slice(0, 200) ?? null, crmId: crmId?.slice(0, 200) ?? null };
}
