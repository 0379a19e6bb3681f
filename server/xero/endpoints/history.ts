import { buildQuestion, type Question } from '#server/xero/calling/send-question.ts';
import type { DocumentKind } from '#shared/contract/document.ts';
import { type StoredWrite, toJsonBody } from './bodies.ts';

type Document = { kind: DocumentKind; id: string };

/** A document's history of notes and changes, newest first. */
export function getHistory({ kind, id }: Document): Question {
  return kind === 'quote'
    ? buildQuestion({
        name: 'GET /Quotes/{id}/History',
        send: (api, tenantId) => api.getQuoteHistory(tenantId, id),
      })
    : buildQuestion({
        name: 'GET /Invoices/{id}/History',
        send: (api, tenantId) => api.getInvoiceHistory(tenantId, id),
      });
}

/** Adds notes: `json` is `{"HistoryRecords":[…]}`, each with at most 2,500 characters. Notes cannot be removed. */
export function putHistory({ kind, id, json, idempotencyKey: key }: Document & StoredWrite): Question {
  const write = { isWrite: true, body: toJsonBody(json) };
  return kind === 'quote'
    ? buildQuestion({
        ...write,
        name: 'PUT /Quotes/{id}/History',
        send: (api, tenantId) => api.createQuoteHistory(tenantId, id, {}, key),
      })
    : buildQuestion({
        ...write,
        name: 'PUT /Invoices/{id}/History',
        send: (api, tenantId) => api.createInvoiceHistory(tenantId, id, {}, key),
      });
}
