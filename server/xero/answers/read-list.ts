import { z } from 'zod';
import { type Pagination, paginationSchema } from './pagination.ts';
import { invalidAnswer, readAnswer } from './read-answer.ts';
import { toRowKeys } from './row-keys.ts';
import type { XeroAnswer } from './xero-answer.ts';

/** A list as Xero sent it, before its rows are parsed. */
export type SentList = {
  rows: unknown[];
  /** Identifies every row, so that a repeated page is noticed. */
  rowKeys: string[];
  /** Null when Xero does not count the rows. */
  pagination: Pagination | null;
};

const answerSchema = z.record(z.string(), z.unknown());

/**
 * Reads the list at `member` (such as `Invoices`), whose rows have their id at `idName`. Throws xero_invalid_answer
 * when the list is missing.
 */
export function readList(answer: XeroAnswer, member: string, idName: string): SentList {
  const { [member]: rows, pagination } = readAnswer(answer, answerSchema);
  if (!Array.isArray(rows)) throw invalidAnswer(`${member}: no list`);
  return { rows, rowKeys: toRowKeys(rows, idName), pagination: paginationSchema.parse(pagination) };
}
