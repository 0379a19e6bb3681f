import { z } from 'zod';
import type { StepName, StepState, WriteRow, WriteStepRow } from '#server/store/store.ts';
import type { Stepping } from '#server/use-cases/writes/run-steps.ts';
import { toXeroKey } from '#server/use-cases/writes/settle-write.ts';
import type { XeroDocument } from '#server/xero/documents/document.ts';
import { compareDecimals } from '#shared/money.ts';
import { parseDetails } from './document-details.ts';
import { parseStoredDocument } from './stored-document.ts';

/** `changed`: done, and the quote comes to another total than before. */
export type StepEnd = Extract<StepState, 'done' | 'changed'>;

export type StepHandler = {
  send(write: WriteRow, step: WriteStepRow): Promise<StepEnd>;
  /** What Xero shows of an earlier sending; undefined: nothing. */
  findEnd(write: WriteRow, step: WriteStepRow): Promise<StepEnd | undefined>;
  /** False: after a lost answer a person decides whether it is sent again. */
  isRepeatable: boolean;
};

export function buildStepHandlers(stepping: Stepping): Record<StepName, StepHandler> {
  return { history: buildHistory(stepping), email: buildEmail(stepping), mark_invoiced: buildMarkInvoiced(stepping) };
}

const historySchema = z.object({ HistoryRecords: z.tuple([z.object({ Details: z.string() })]) });

function buildHistory({ deps, caller }: Stepping): StepHandler {
  return {
    isRepeatable: true,
    send: async (write, { request, name }) => {
      await deps.xero.addHistory(caller, toPlace(write), { json: request, idempotencyKey: toXeroKey(write, name) });
      return 'done';
    },
    findEnd: async (write, { request }) => {
      const [{ Details }] = historySchema.parse(JSON.parse(request)).HistoryRecords;
      return (await deps.xero.listHistory(caller, toPlace(write))).includes(Details) ? 'done' : undefined;
    },
  };
}

function buildEmail({ deps, caller }: Stepping): StepHandler {
  return {
    isRepeatable: false,
    send: async (write, { name }) => {
      await deps.xero.emailInvoice(caller, toPlace(write).id, toXeroKey(write, name));
      return 'done';
    },
    findEnd: async (write) => ((await deps.xero.getDocument(caller, toPlace(write))).isSent ? 'done' : undefined),
  };
}

function buildMarkInvoiced({ deps, caller }: Stepping): StepHandler {
  const status = 'INVOICED';
  return {
    isRepeatable: true,
    send: async (write, { name }) => {
      const { quote } = parseDetails(write);
      if (!quote) return 'done';
      const change = { id: quote.id, status, idempotencyKey: toXeroKey(write, name) };
      return toMarkEnd(write, (await deps.xero.changeQuoteStatus(caller, change)).after);
    },
    findEnd: async (write) => {
      const { quote } = parseDetails(write);
      if (!quote) return 'done';
      const document = await deps.xero.getDocument(caller, { kind: 'quote', id: quote.id });
      return document.status === status ? toMarkEnd(write, document) : undefined;
    },
  };
}

/** The preview of a converted quote is the quote's own total. */
function toMarkEnd(write: WriteRow, { total }: XeroDocument): StepEnd {
  const { previewTotal } = parseDetails(write);
  return previewTotal === null || compareDecimals(previewTotal, total) === 0 ? 'done' : 'changed';
}

function toPlace({ result }: WriteRow) {
  const { kind, id } = parseStoredDocument(result ?? '');
  return { kind, id };
}
