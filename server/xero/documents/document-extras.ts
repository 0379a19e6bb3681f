import { z } from 'zod';
import { optionalList, optionalTextSchema } from '#server/xero/answers/fields.ts';
import { invalidAnswer, readAnswer } from '#server/xero/answers/read-answer.ts';
import { readRows } from '#server/xero/answers/read-rows.ts';
import { getAttachments, postInvoiceAttachment, putAttachment } from '#server/xero/endpoints/attachments.ts';
import { getHistory, putHistory } from '#server/xero/endpoints/history.ts';
import { getInvoicePdf, getOnlineInvoice, postInvoiceEmail } from '#server/xero/endpoints/invoices.ts';
import { getQuotePdf } from '#server/xero/endpoints/quotes.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { Asking, Reading } from '#server/xero/xero-deps.ts';
import { linkSchema } from '#shared/contract/text.ts';
import type { DocumentRef } from '#shared/document-kinds.ts';

export type NewAttachment = { fileName: string; contentType: string; bytes: Buffer };

/** Attaches a file to the document. */
export async function attachFile(
  { ask }: Asking,
  caller: XeroCaller,
  ref: DocumentRef,
  attachment: NewAttachment & { idempotencyKey: string },
): Promise<void> {
  readAnswer(await ask(caller, putAttachment({ ...ref, ...attachment })), attachmentsSchema);
}

/** Gives a file that is attached to an invoice or bill under this name other content. */
export async function replaceInvoiceFile(
  { ask }: Asking,
  caller: XeroCaller,
  id: string,
  attachment: NewAttachment & { idempotencyKey: string },
): Promise<void> {
  readAnswer(await ask(caller, postInvoiceAttachment({ id, ...attachment })), attachmentsSchema);
}

const attachmentsSchema = z.object({ Attachments: z.array(z.unknown()) });
const attachmentSchema = z.object({
  FileName: z.string(),
  ContentLength: z.coerce
    .string()
    .nullish()
    .transform((length) => (/^\d{1,15}$/.test(length ?? '') ? Number(length) : null)),
});

/** `size`: in bytes; null when Xero does not say. */
export type XeroAttachment = { fileName: string; size: number | null };

export async function listAttachments(
  { ask, noteSetAside }: Reading,
  caller: XeroCaller,
  ref: DocumentRef,
): Promise<XeroAttachment[]> {
  const { Attachments } = readAnswer(await ask(caller, getAttachments(ref)), attachmentsSchema);
  const { rows, faults } = readRows(Attachments, attachmentSchema);
  noteSetAside('attachments', faults);
  return rows.map(({ FileName, ContentLength }) => ({ fileName: FileName, size: ContentLength }));
}

/** Adds a note to the document's history. `json` is `{"HistoryRecords":[…]}` as stored. */
export async function addHistory(
  { ask }: Asking,
  caller: XeroCaller,
  ref: DocumentRef,
  note: { json: string; idempotencyKey: string },
): Promise<void> {
  readAnswer(await ask(caller, putHistory({ ...ref, ...note })), historySchema);
}

const historySchema = z.object({ HistoryRecords: optionalList(z.unknown()) });
const historyRecordSchema = z.object({ Details: optionalTextSchema });

/** Returns the texts in the document's history. */
export async function listHistory(
  { ask, noteSetAside }: Reading,
  caller: XeroCaller,
  ref: DocumentRef,
): Promise<string[]> {
  const { HistoryRecords } = readAnswer(await ask(caller, getHistory(ref)), historySchema);
  const { rows, faults } = readRows(HistoryRecords, historyRecordSchema);
  noteSetAside('history', faults);
  return rows.flatMap(({ Details }) => Details ?? []);
}

/** Asks Xero to e-mail the invoice to its contact. Only for approved invoices. */
export async function emailInvoice(
  { ask }: Asking,
  caller: XeroCaller,
  id: string,
  idempotencyKey: string,
): Promise<void> {
  const { text } = await ask(caller, postInvoiceEmail({ id, idempotencyKey }));
  // Usually a 204. An HTML page comes from a proxy and says nothing about the e-mail.
  if (/^\s*</.test(text)) throw invalidAnswer('markup instead of nothing');
}

export async function getPdf({ ask }: Asking, caller: XeroCaller, { kind, id }: DocumentRef): Promise<Buffer> {
  const { bytes } = await ask(caller, kind === 'quote' ? getQuotePdf({ id }) : getInvoicePdf({ id }));
  if (!bytes?.subarray(0, 5).equals(Buffer.from('%PDF-'))) throw invalidAnswer('no PDF');
  return bytes;
}

const onlineInvoicesSchema = z.object({
  OnlineInvoices: optionalList(z.object({ OnlineInvoiceUrl: optionalTextSchema })),
});

/** The page where the customer sees the invoice; null when Xero has none for it. */
export async function getOnlineInvoiceUrl({ ask }: Asking, caller: XeroCaller, id: string): Promise<string | null> {
  const answer = await ask(caller, getOnlineInvoice({ id }));
  const url = readAnswer(answer, onlineInvoicesSchema).OnlineInvoices[0]?.OnlineInvoiceUrl;
  // People click this, so anything but a web address counts as no link.
  return linkSchema.safeParse(url).data ?? null;
}
