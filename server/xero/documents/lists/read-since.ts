import { findDate } from '#server/xero/answers/read-answer.ts';
import type { XeroAnswer } from '#server/xero/answers/xero-answer.ts';
import type { Ask } from '#server/xero/calling/ask.ts';
import type { Question } from '#server/xero/calling/send-question.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { type ChangedRows, type ChangePage, readChanges } from './read-changes.ts';

/** The order in which changes have to be asked for. */
export const oldestChangeFirst = 'UpdatedDateUTC ASC';

/** Where to read on: options that the endpoints of lists take. */
export type ReadAt = { modifiedSince: string; page: number };

export type SincePaging = {
  /** Instant of Xero's clock. */
  since: string;
  /** As asked of Xero. */
  pageSize: number;
  /** Where more calls would be needed, the rows are not whole. */
  mostCalls: number;
};

type ListSince<Row> = SincePaging & {
  toQuestion(at: ReadAt): Question;
  toPage(answer: XeroAnswer): Omit<ChangePage<Row>, 'asOf'>;
};

/** The rows of one of Xero's lists that changed since a moment, each once. A 304 says that none did. */
export const readSince = <Row extends { id: string; updatedAt: string }>(
  ask: Ask,
  caller: XeroCaller,
  { toQuestion, toPage, ...paging }: ListSince<Row>,
): Promise<ChangedRows<Row>> =>
  readChanges({
    ...paging,
    readPage: async ({ since: modifiedSince, page }) => {
      const answer = await ask(caller, toQuestion({ modifiedSince, page }));
      const asOf = findDate(answer);
      return answer.status === 304 ? { rows: [], asOf } : { ...toPage(answer), asOf };
    },
  });
