import { findDate } from '#server/xero/answers/read-answer.ts';
import type { XeroAnswer } from '#server/xero/answers/xero-answer.ts';
import type { Ask } from '#server/xero/calling/ask.ts';
import type { Question } from '#server/xero/calling/send-question.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { type ChangedRows, type ChangePage, readChanges } from './read-changes.ts';

/** The order in which changes must be requested. */
export const oldestChangeFirst = 'UpdatedDateUTC ASC';

/** Where to continue reading: options of the list endpoints. */
export type ReadAt = { modifiedSince: string; page: number };

export type SincePaging = {
  /** An instant by Xero's clock. */
  since: string;
  /** The page size asked of Xero. */
  pageSize: number;
  /** If more calls than this are needed, the result is not whole. */
  mostCalls: number;
};

type ListSince<Row> = SincePaging & {
  toQuestion(at: ReadAt): Question;
  toPage(answer: XeroAnswer): Omit<ChangePage<Row>, 'asOf'>;
};

/** Reads the rows of one of Xero's lists that changed since a moment, each once. A 304 means that none did. */
export function readSince<Row extends { id: string; updatedAt: string }>(
  ask: Ask,
  caller: XeroCaller,
  { toQuestion, toPage, ...paging }: ListSince<Row>,
): Promise<ChangedRows<Row>> {
  return readChanges({
    ...paging,
    readPage: async ({ since: modifiedSince, page }) => {
      const answer = await ask(caller, toQuestion({ modifiedSince, page }));
      const asOf = findDate(answer);
      return answer.status === 304 ? { rows: [], asOf } : { ...toPage(answer), asOf };
    },
  });
}
