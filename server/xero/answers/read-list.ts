import { z } from 'zod';
import { type Pagination, paginationSchema } from './pagination.ts';
import { invalidAnswer, readAnswer } from './read-answer.ts';
import { toRowKeys } from './row-keys.ts';
import type { XeroAnswer } from './xero-answer.ts';

/** A list as Xero sent it, before any row of it is read. */
export type SentList = {
  rows: unknown[];
  /** Tell all the rows apart, so that a page that came before is noticed. */
  rowKeys: string[];
  /** Null where Xero does not count. */
  pagination: Pagination | null;
};

const answerSchema = z.record(z.string(), z.unknown());

/**
 * The list that stands under `member` (such as `Invoices`); the id of its rows under `idName`. Throws
 * xero_invalid_answer where there is none.
 */
export const readList = (answer: XeroAnswer, member: string, idName: string): SentList => {
  const { [member]: rows, pagination } = readAnswer(answer, answerSchema);
  if (!Array.isArray(rows)) throw invalidAnswer(`${member}: no list`);
  return { rows, rowKeys: toRowKeys(rows, idName), pagination: paginationSchema.parse(pagination) };
};
