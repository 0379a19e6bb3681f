import { z } from 'zod';
import type { StepName, WriteRow } from '#server/store/store.ts';
import type { Acting } from '#server/use-cases/acting/acting.ts';
import { toXeroKey } from '#server/use-cases/writes/resolve-write.ts';
import type { StepDone, StepHandler } from '#server/use-cases/writes/steps/step-handler.ts';
import type { XeroDocument } from '#server/xero/documents/document.ts';
import { compareDecimals } from '#shared/money.ts';
import { parseStoredDocument } from './stored-document.ts';
import { parseDetails } from './write-details.ts';

export function buildStepHandlers(acting: Acting): Record<StepName, StepHandler> {
  return { history: buildHistory(acting), email: buildEmail(acting), mark_invoiced: buildMarkInvoiced(acting) };
}

const historySchema = z.object({ HistoryRecords: z.tuple([z.object({ Details: z.string() })]) });

function buildHistory({ deps, caller }: Acting): StepHandler {
  return {
    isRepeatable: true,
    toAct: () => null,
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

function buildEmail({ deps, caller }: Acting): StepHandler {
  return {
    isRepeatable: false,
    toAct: (write) => ({
      action: 'document_email',
      contactId: parseDetails(write).contactId,
      document: parseStoredDocument(write.result ?? ''),
    }),
    send: async (write, { name }) => {
      await deps.xero.emailInvoice(caller, toPlace(write).id, toXeroKey(write, name));
      return 'done';
    },
    findEnd: async (write) => ((await deps.xero.getDocument(caller, toPlace(write))).isSent ? 'done' : undefined),
  };
}

function buildMarkInvoiced({ deps, caller }: Acting): StepHandler {
  const status = 'INVOICED';
  return {
    isRepeatable: true,
    toAct: (write) => {
      const { contactId, quote } = parseDetails(write);
      const document = quote && { document: { kind: 'quote' as const, id: quote.id } };
      return { action: 'document_convert_to_invoice', contactId, ...document };
    },
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

/** For a converted quote, the expected total is the quote's own. */
function toMarkEnd(write: WriteRow, { total }: XeroDocument): StepDone {
  const { previewTotal } = parseDetails(write);
  return previewTotal === null || compareDecimals(previewTotal, total) === 0 ? 'done' : 'changed';
}

function toPlace({ result }: WriteRow) {
  const { kind, id } = parseStoredDocument(result ?? '');
  return { kind, id };
}
