import { randomUUID } from 'node:crypto';
import { notFound, validationException } from '../../errors.ts';
import { tellHistory } from '../../records/history.ts';
import type { Attachment } from '../../records/types.ts';
import { answerElements } from '../envelope.ts';
import { isTrue } from '../listing.ts';
import type { ApiAnswer, ApiCall, ApiRoute } from '../route.ts';
import { toErrors } from '../writes/write-elements.ts';
import { attachmentKinds, findPaper, type Paper, type PaperKind } from './papers.ts';

const scopes = ['accounting.attachments'];

function routesOf(kind: PaperKind): ApiRoute[] {
  const path = `/${kind.plural}/:id/Attachments`;
  const one = { path: `${path}/:name`, scopes };
  return [
    { path, scopes, method: 'GET', run: (call) => listAttachments(call, kind) },
    { ...one, method: 'GET', accepts: /./, run: (call) => readAttachment(call, kind) },
    { ...one, method: 'PUT', takes: 'bytes', run: (call) => attach(call, kind, 'add') },
    { ...one, method: 'POST', takes: 'bytes', run: (call) => attach(call, kind, 'replace') },
  ];
}

export const attachmentRoutes: ApiRoute[] = attachmentKinds.flatMap(routesOf);

const maxAttachments = 10;
const maxBytes = 10 * 1024 * 1024;
const refusedSigns = /[<>:"/\\|?*+\0]/;

function requirePaper(call: ApiCall, kind: PaperKind): Paper {
  const paper = findPaper(call, kind);
  if (!paper) throw notFound();
  return paper;
}

function listOf({ books }: ApiCall, paper: Paper): Attachment[] {
  return books.attachments.get(paper.id) ?? [];
}

function listAttachments(call: ApiCall, kind: PaperKind): ApiAnswer {
  const paper = requirePaper(call, kind);
  const elements = listOf(call, paper).map((attachment) => attachmentToWire(call, kind, paper, attachment));
  return answerElements(call, 'Attachments', elements);
}

/** Finds an attachment by id, or the first with that name. */
function readAttachment(call: ApiCall, kind: PaperKind): ApiAnswer {
  const name = call.params.name ?? '';
  const found = listOf(call, requirePaper(call, kind)).find(
    ({ AttachmentID, FileName }) => AttachmentID === name.toLowerCase() || FileName === name,
  );
  if (!found) throw notFound();
  return { status: 200, body: found.bytes, contentType: found.MimeType };
}

/** PUT adds a file, even if one with that name exists; POST replaces it. */
function attach(call: ApiCall, kind: PaperKind, mode: 'add' | 'replace'): ApiAnswer {
  const paper = requirePaper(call, kind);
  const FileName = call.params.name ?? '';
  const bytes = Buffer.isBuffer(call.body) ? call.body : Buffer.alloc(0);
  const before = listOf(call, paper);
  const known = mode === 'replace' ? before.find((one) => one.FileName === FileName) : undefined;
  const problems = problemsOf({ name: FileName, bytes, isFull: !known && before.length >= maxAttachments });
  if (problems.length > 0) throw validationException([{ FileName, ValidationErrors: toErrors(problems) }]);
  const attachment: Attachment = {
    AttachmentID: known?.AttachmentID ?? randomUUID(),
    FileName,
    MimeType: call.contentType,
    IncludeOnline: isTrue(call.query.includeonline),
    bytes,
  };
  call.books.attachments.set(paper.id, [...before.filter((one) => one !== known), attachment]);
  tellHistory(call.books, paper.id, {
    Changes: 'Attached a file',
    Details: `Attached the file ${FileName} through the Xero API using ${call.sandbox.app.name}`,
    at: call.sandbox.clock.now(),
  });
  return answerElements(call, 'Attachments', [attachmentToWire(call, kind, paper, attachment)]);
}

function problemsOf({ name, bytes, isFull }: { name: string; bytes: Buffer; isFull: boolean }): string[] {
  return [
    ...(refusedSigns.test(name) ? ['The file name must not contain any of the characters < > : " / \\ | ? * +'] : []),
    ...(bytes.length === 0 ? ['The file is empty'] : []),
    ...(bytes.length > maxBytes ? ['The file is larger than 10 MB'] : []),
    ...(isFull ? [`A document can have at most ${maxAttachments} attachments`] : []),
  ];
}

function attachmentToWire(call: ApiCall, kind: PaperKind, paper: Paper, attachment: Attachment) {
  return {
    AttachmentID: attachment.AttachmentID,
    FileName: attachment.FileName,
    Url: `${call.origin}/api.xro/2.0/${kind.plural}/${paper.id}/Attachments/${encodeURIComponent(attachment.FileName)}`,
    MimeType: attachment.MimeType,
    ContentLength: attachment.bytes.length,
    IncludeOnline: attachment.IncludeOnline,
  };
}
