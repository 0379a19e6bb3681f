import type { FastifyInstance } from 'fastify';
import type { Deps } from '#server/deps.ts';
import { actOnDocument } from '#server/use-cases/documents/act-on-document.ts';
import { getChoices } from '#server/use-cases/documents/choices.ts';
import { createDocument } from '#server/use-cases/documents/create-document.ts';
import { decideWrite } from '#server/use-cases/documents/decide-write.ts';
import { attachFile, getOnlineInvoice, getPdf } from '#server/use-cases/documents/document-files.ts';
import { AppError } from '#shared/app-error.ts';
import { attachmentMaxBytes } from '#shared/attachment-limits.ts';
import { getChoicesRoute } from '#shared/contract/choices.ts';
import {
  createBillRoute,
  createInvoiceRoute,
  createQuoteRoute,
  type DocumentKind,
  documentKindSchema,
} from '#shared/contract/document.ts';
import { documentRoutes } from '#shared/contract/document-actions.ts';
import { resolveWriteRoute } from '#shared/contract/write.ts';
import { addSessionRoute, answered } from '../api-route.ts';
import { routeRefusals } from './words.ts';

/** Routes of quotes, invoices and bills: choices, adding, actions, resolving and files. */
export async function addDocumentRoutes(app: FastifyInstance, deps: Deps): Promise<void> {
  addSessionRoute(app, deps, getChoicesRoute, (person, { query }) => getChoices(deps, person, query.contactId));
  addSessionRoute(app, deps, createQuoteRoute, (person, { body, headers }) =>
    createDocument(deps, person, { form: { kind: 'quote', body }, idempotencyKey: headers['idempotency-key'] }),
  );
  addSessionRoute(app, deps, createInvoiceRoute, (person, { body, headers }) =>
    createDocument(deps, person, { form: { kind: 'invoice', body }, idempotencyKey: headers['idempotency-key'] }),
  );
  addSessionRoute(app, deps, createBillRoute, (person, { body, headers }) =>
    createDocument(deps, person, { form: { kind: 'bill', body }, idempotencyKey: headers['idempotency-key'] }),
  );
  addSessionRoute(app, deps, resolveWriteRoute, (person, { params, body }) =>
    decideWrite(deps, person, { id: params.id, resolution: body }),
  );
  for (const kind of documentKindSchema.options) addKindRoutes(app, deps, kind);
  await app.register(async (files) => addFileRoutes(files, deps));
}

function addKindRoutes(app: FastifyInstance, deps: Deps, kind: DocumentKind): void {
  const { act, pdf, onlineInvoice } = documentRoutes[kind];
  addSessionRoute(app, deps, act, (person, { params, body, headers }) =>
    actOnDocument(deps, person, { kind, id: params.id, ...body, idempotencyKey: headers['idempotency-key'] }),
  );
  addSessionRoute(app, deps, pdf, async (person, { params, reply }) => {
    reply.type('application/pdf').send(await getPdf(deps, person, { kind, id: params.id }));
    return answered;
  });
  addSessionRoute(app, deps, onlineInvoice, (person, { params }) =>
    getOnlineInvoice(deps, person, { kind, id: params.id }),
  );
}

/** The file type that the browser sent. Anything unusual is sent as plain bytes. */
const contentTypeText = /^[\w.+-]+\/[\w.+-]+$/;

/** Bodies of these routes are files, whatever their content type, and may be larger than elsewhere. */
function addFileRoutes(files: FastifyInstance, deps: Deps): void {
  files.removeAllContentTypeParsers();
  files.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: attachmentMaxBytes }, (_request, body, done) =>
    done(null, body),
  );
  for (const kind of documentKindSchema.options) {
    addSessionRoute(files, deps, documentRoutes[kind].attach, (person, { params, request }) => {
      const { id, fileName } = params;
      const bytes: unknown = request.body;
      if (!Buffer.isBuffer(bytes)) throw new AppError('invalid_request', { detail: routeRefusals.noFile });
      const type = request.headers['content-type']?.split(';')[0]?.trim() ?? '';
      const contentType = contentTypeText.test(type) ? type : 'application/octet-stream';
      return attachFile(deps, person, { kind, id }, { fileName, contentType, bytes });
    });
  }
}
