import type { FastifyInstance } from 'fastify';
import { chooseDocumentsRoute, getDocumentRoute, listDocumentsRoute } from '#shared/contract/documents.ts';
import type { Deps } from '../deps.ts';
import { chooseDocuments } from '../use-cases/documents/choose-documents.ts';
import { listDocuments } from '../use-cases/documents/list-documents.ts';
import { openDocument } from '../use-cases/documents/open-document.ts';
import { addSessionRoute } from './api-route.ts';

/** View Details, and which documents belong to a deal. */
export function addListRoutes(app: FastifyInstance, deps: Deps): void {
  addSessionRoute(app, deps, listDocumentsRoute, (actor, { query }) => listDocuments(deps, actor, query));
  addSessionRoute(app, deps, getDocumentRoute, (actor, { params }) => openDocument(deps, actor, params));
  addSessionRoute(app, deps, chooseDocumentsRoute, async (actor, { body }) => ({
    view: await chooseDocuments(deps, actor, body),
  }));
}
