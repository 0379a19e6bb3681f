import { buildQuestion, type Question } from '#server/xero/calling/send-question.ts';
import type { DocumentKind } from '#shared/contract/document.ts';

type Document = { kind: DocumentKind; id: string };

export function getAttachments({ kind, id }: Document): Question {
  return kind === 'quote'
    ? buildQuestion({
        name: 'GET /Quotes/{id}/Attachments',
        send: (api, tenantId) => api.getQuoteAttachments(tenantId, id),
      })
    : buildQuestion({
        name: 'GET /Invoices/{id}/Attachments',
        send: (api, tenantId) => api.getInvoiceAttachments(tenantId, id),
      });
}

type NewFile = {
  /** Xero does not allow `< > : " / \ | ? * +` in it. */
  fileName: string;
  contentType: string;
  bytes: Buffer;
  idempotencyKey: string;
};

/** If true, customers would see the file with the online invoice. That is decided in Xero. */
const includeOnline = false;

/** Attaches a file to a document: at most ten per document, up to 10 MB each. */
export function putAttachment({ kind, id, ...file }: Document & NewFile): Question {
  const { fileName, bytes, contentType, idempotencyKey: key } = file;
  const write = { isWrite: true, body: { bytes, contentType } };
  return kind === 'quote'
    ? buildQuestion({
        ...write,
        name: 'PUT /Quotes/{id}/Attachments',
        send: (api, tenantId) => api.createQuoteAttachmentByFileName(tenantId, id, fileName, bytes, key),
      })
    : buildQuestion({
        ...write,
        name: 'PUT /Invoices/{id}/Attachments',
        send: (api, tenantId) =>
          api.createInvoiceAttachmentByFileName(tenantId, id, fileName, bytes, includeOnline, key),
      });
}

/** Gives a file that is attached to an invoice or bill under this name other content. */
export function postInvoiceAttachment({ id, ...file }: { id: string } & NewFile): Question {
  const { fileName, bytes, contentType, idempotencyKey } = file;
  return buildQuestion({
    ...{ isWrite: true, body: { bytes, contentType } },
    name: 'POST /Invoices/{id}/Attachments',
    send: (api, tenantId) => api.updateInvoiceAttachmentByFileName(tenantId, id, fileName, bytes, idempotencyKey),
  });
}
