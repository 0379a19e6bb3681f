import { buildQuestion, type Question } from '#server/xero/calling/send-question.ts';
import type { DocumentKind } from '#shared/contract/document.ts';

type Document = { kind: DocumentKind; id: string };

export const getAttachments = ({ kind, id }: Document): Question =>
  kind === 'quote'
    ? buildQuestion({
        name: 'GET /Quotes/{id}/Attachments',
        send: (api, tenantId) => api.getQuoteAttachments(tenantId, id),
      })
    : buildQuestion({
        name: 'GET /Invoices/{id}/Attachments',
        send: (api, tenantId) => api.getInvoiceAttachments(tenantId, id),
      });

type NewFile = {
  /** Xero takes none of `< > : " / \ | ? * +` in it. */
  fileName: string;
  contentType: string;
  bytes: Buffer;
  idempotencyKey: string;
};

/** With the online invoice, a customer would see the file. That is decided in Xero. */
const includeOnline = false;

/** Adds a file to a document: ten a document, up to 10 MB each. */
export const putAttachment = ({ kind, id, ...file }: Document & NewFile): Question => {
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
};
