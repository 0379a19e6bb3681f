import { z } from 'zod';
import type { StepName, WriteRow, WriteStepRow } from '../../store/store.ts';
import { formatStatus } from '../../xero/format-document.ts';
import { parseDetails } from './document-details.ts';
import type { Stepping } from './run-steps.ts';
import { toXeroKey } from './settle-write.ts';
import { parseStoredDocument } from './stored-document.ts';

export type StepHandler = {
  send(write: WriteRow, step: WriteStepRow): Promise<void>;
  /** What Xero shows of an earlier sending. */
  isDone(write: WriteRow, step: WriteStepRow): Promise<boolean>;
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
    send: (write, { request, name }) =>
      deps.xero.addHistory(caller, toPlace(write), { json: request, idempotencyKey: toXeroKey(write, name) }),
    isDone: async (write, { request }) => {
      const [{ Details }] = historySchema.parse(JSON.parse(request)).HistoryRecords;
      return (await deps.xero.listHistory(caller, toPlace(write))).includes(Details);
    },
  };
}

function buildEmail({ deps, caller }: Stepping): StepHandler {
  return {
    isRepeatable: false,
    send: (write, { name }) => deps.xero.emailInvoice(caller, toPlace(write).id, toXeroKey(write, name)),
    isDone: async (write) => (await deps.xero.getDocument(caller, toPlace(write))).isSent,
  };
}

function buildMarkInvoiced({ deps, caller }: Stepping): StepHandler {
  const status = 'INVOICED';
  return {
    isRepeatable: true,
    send: async (write, { name }) => {
      const { quote, contactId } = parseDetails(write);
      if (!quote) return;
      const json = formatStatus('quote', { ...quote, contactId, status });
      const idempotencyKey = toXeroKey(write, name);
      await deps.xero.updateDocument(caller, { kind: 'quote', id: quote.id, json, idempotencyKey });
    },
    isDone: async (write) => {
      const { quote } = parseDetails(write);
      return quote === null || (await deps.xero.getDocument(caller, { kind: 'quote', id: quote.id })).status === status;
    },
  };
}

function toPlace({ result }: WriteRow) {
  const { kind, id } = parseStoredDocument(result ?? '');
  return { kind, id };
}
