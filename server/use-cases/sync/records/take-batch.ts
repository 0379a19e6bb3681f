import { z } from 'zod';
import type { Deps } from '#server/deps.ts';
import type { Backend } from '#server/identity/verify-backend-token.ts';
import { nextTurn } from '#server/next-turn.ts';
import { AppError } from '#shared/app-error.ts';
import { type BatchAnswer, batchRowSchema } from '#shared/contract/sync/records.ts';
import { errorCatalogue } from '#shared/error-catalogue.ts';
import { toUnreadable } from './data-faults.ts';
import { findBase64 } from './receipt.ts';
import { takeRecord } from './take-record.ts';

type Result = BatchAnswer['results'][number];
/** The RFC 9457 document of one row. */
type BuildProblem = (error: AppError) => NonNullable<Result['problem']>;

/** When these fail one row, they fail every row: the CRM sends the batch again. */
const failsAll: readonly string[] = ['unavailable', 'storage_full', 'internal'];

/** Of all rows together, not counting the receipts in them. */
const mostBytes = 5 * 1024 * 1024;

/**
 * Takes the rows in their order, each in its own transaction. Each row's result says what is wrong with it. Rejects
 * with payload_too_large, before it takes any, and when the database fails; what was taken before stays.
 */
export async function takeBatch(
  deps: Deps,
  backend: Backend,
  { rows, buildProblem }: { rows: readonly unknown[]; buildProblem: BuildProblem },
): Promise<BatchAnswer> {
  if (countBytes(rows) > mostBytes) throw new AppError('payload_too_large');
  const results: Result[] = [];
  for (const row of rows) {
    results.push(await takeRow(deps, backend, { row, buildProblem }));
    await nextTurn();
  }
  return { results };
}

function countBytes(rows: readonly unknown[]): number {
  return rows.reduce<number>((sum, row) => {
    const base64 = typeof row === 'object' && row !== null && 'data' in row ? findBase64(row.data) : undefined;
    return sum + Buffer.byteLength(JSON.stringify(row)) - (base64?.length ?? 0);
  }, 0);
}

async function takeRow(
  deps: Deps,
  backend: Backend,
  { row, buildProblem }: { row: unknown; buildProblem: BuildProblem },
): Promise<Result> {
  try {
    const { data: _, ...record } = await takeRecord(deps, backend, readRow(row));
    return { kind: record.kind, crmId: record.crmId, status: 202, record, problem: null };
  } catch (error) {
    if (!(error instanceof AppError) || failsAll.includes(error.code)) throw error;
    return { ...nameRow(row), status: errorCatalogue[error.code].status, record: null, problem: buildProblem(error) };
  }
}

function readRow(row: unknown) {
  const parsed = batchRowSchema.safeParse(row);
  if (!parsed.success) throw toUnreadable(parsed.error);
  return parsed.data;
}

/** What can be read of its name, so that the CRM finds the row again. Its place in the list says it too. */
const nameSchema = z.object({ kind: z.string().nullable().catch(null), crmId: z.string().nullable().catch(null) });

function nameRow(row: unknown): Pick<Result, 'kind' | 'crmId'> {
  const { kind, crmId } = nameSchema.safeParse(row).data ?? { kind: null, crmId: null };
  return { kind: kind?.slice(0, 200) ?? null, crmId: crmId?.slice(0, 200) ?? null };
}
