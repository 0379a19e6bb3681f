import { z } from 'zod';
import { optionalList, optionalTextSchema } from '#server/xero/answers/fields.ts';
import { invalidAnswer, readAnswer } from '#server/xero/answers/read-answer.ts';
import { readRows } from '#server/xero/answers/read-rows.ts';
import type { Ask } from '#server/xero/calling/ask.ts';
import type { Question } from '#server/xero/calling/send-question.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { DocumentKind } from '#shared/contract/document.ts';
import { linkSchema } from '#shared/contract/text.ts';
import type { Reading } from './lists/read-pages.ts';

export type DocumentPlace = { kind: DocumentKind; id: string };
export type NewAttachment = { fileName: string; contentType: string; bytes: Buffer };

/** Xero would show the file with the online invoice: what to show a customer is decided in Xero. */
const showsCustomer = false;

/** A file beside the document; Xero replaces one of the same name. */
export async function attachFile(
  ask: Ask,
  caller: XeroCaller,
  { kind, id }: DocumentPlace,
  { fileName, contentType, bytes, idempotencyKey: key }: NewAttachment & { idempotencyKey: string },
): Promise<void> {
  const send: Question['send'] = (api, tenantId) =>
    kind === 'quote'
      ? api.createQuoteAttachmentByFileName(tenantId, id, fileName, bytes, key)
      : api.createInvoiceAttachmentByFileName(tenantId, id, fileName, bytes, showsCustomer, key);
  const name = kind === 'quote' ? 'PUT /Quotes/{id}/Attachments' : 'PUT /Invoices/{id}/Attachments';
  readAnswer(await ask(caller, { name, isWrite: true, body: { bytes, contentType }, send }), attachmentsSchema);
}

const attachmentsSchema = z.object({ Attachments: z.array(z.unknown()) });
const attachmentSchema = z.object({ FileName: z.string() });

export async function listAttachments(
  { ask, noteSetAside }: Reading,
  caller: XeroCaller,
  { kind, id }: DocumentPlace,
): Promise<string[]> {
  const send: Question['send'] = (api, tenantId) =>
    kind === 'quote' ? api.getQuoteAttachments(tenantId, id) : api.getInvoiceAttachments(tenantId, id);
  const name = kind === 'quote' ? 'GET /Quotes/{id}/Attachments' : 'GET /Invoices/{id}/Attachments';
  const { Attachments } = readAnswer(await ask(caller, { name, send }), attachmentsSchema);
  const { rows, faults } = readRows(Attachments, attachmentSchema);
  noteSetAside('attachments', faults);
  return rows.map(({ FileName }) => FileName);
}

/** Leaves a note in the document's history; `json` is `{"HistoryRecords":[…]}` as stored. */
export async function addHistory(
  ask: Ask,
  caller: XeroCaller,
  { kind, id }: DocumentPlace,
  { json, idempotencyKey: key }: { json: string; idempotencyKey: string },
): Promise<void> {
  const send: Question['send'] = (api, tenantId) =>
    kind === 'quote' ? api.createQuoteHistory(tenantId, id, {}, key) : api.createInvoiceHistory(tenantId, id, {}, key);
  const name = kind === 'quote' ? 'PUT /Quotes/{id}/History' : 'PUT /Invoices/{id}/History';
  const body = { bytes: json, contentType: 'application/json' };
  readAnswer(await ask(caller, { name, isWrite: true, body, send }), historySchema);
}

const historySchema = z.object({ HistoryRecords: optionalList(z.unknown()) });
const historyRecordSchema = z.object({ Details: optionalTextSchema });

/** The texts in the document's history. */
export async function listHistory(
  { ask, noteSetAside }: Reading,
  caller: XeroCaller,
  { kind, id }: DocumentPlace,
): Promise<string[]> {
  const send: Question['send'] = (api, tenantId) =>
    kind === 'quote' ? api.getQuoteHistory(tenantId, id) : api.getInvoiceHistory(tenantId, id);
  const name = kind === 'quote' ? 'GET /Quotes/{id}/History' : 'GET /Invoices/{id}/History';
  const { HistoryRecords } = readAnswer(await ask(caller, { name, send }), historySchema);
  const { rows, faults } = readRows(HistoryRecords, historyRecordSchema);
  noteSetAside('history', faults);
  return rows.flatMap(({ Details }) => Details ?? []);
}

/** Xero sends the invoice to its contact; approved ones only. */
export async function emailInvoice(ask: Ask, caller: XeroCaller, id: string, idempotencyKey: string): Promise<void> {
  const send: Question['send'] = (api, tenantId) => api.emailInvoice(tenantId, id, {}, idempotencyKey);
  const { text } = await ask(caller, {
    name: 'POST /Invoices/{id}/Email',
    isWrite: true,
    body: { bytes: '{}', contentType: 'application/json' },
    send,
  });
  // Usually a 204; a page of whatever stands between us and Xero says nothing of the e-mail.
  if (/^\s*</.test(text)) throw invalidAnswer('markup instead of nothing');
}

export async function getPdf(ask: Ask, caller: XeroCaller, { kind, id }: DocumentPlace): Promise<Buffer> {
  const send: Question['send'] = (api, tenantId) =>
    kind === 'quote' ? api.getQuoteAsPdf(tenantId, id) : api.getInvoiceAsPdf(tenantId, id);
  const name = kind === 'quote' ? 'GET /Quotes/{id} as PDF' : 'GET /Invoices/{id} as PDF';
  const { bytes } = await ask(caller, { name, isBinary: true, send });
  if (!bytes?.subarray(0, 5).equals(Buffer.from('%PDF-'))) throw invalidAnswer('no PDF');
  return bytes;
}

const onlineInvoicesSchema = z.object({
  OnlineInvoices: optionalList(z.object({ OnlineInvoiceUrl: optionalTextSchema })),
});

/** Where the customer sees the invoice; null where Xero has no such page for it. */
export async function getOnlineInvoiceUrl(ask: Ask, caller: XeroCaller, id: string): Promise<string | null> {
  const send: Question['send'] = (api, tenantId) => api.getOnlineInvoice(tenantId, id);
  const answer = await ask(caller, { name: 'GET /Invoices/{id}/OnlineInvoice', send });
  const url = readAnswer(answer, onlineInvoicesSchema).OnlineInvoices[0]?.OnlineInvoiceUrl;
  // People press it: what is no page on the web is no link.
  return linkSchema.safeParse(url).data ?? null;
}
