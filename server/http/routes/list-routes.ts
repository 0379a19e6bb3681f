import type { FastifyInstance } from 'fastify';
import type { Deps } from '#server/deps.ts';
import { chooseDocuments } from '#server/use-cases/documents/lists/choose-documents.ts';
import { listDocuments } from '#server/use-cases/documents/lists/list-documents.ts';
import { openDocument } from '#server/use-cases/documents/lists/open-document.ts';
import { chooseDocumentsRoute, getDocumentRoute, listDocumentsRoute } from '#shared/contract/documents.ts';
import { addSessionRoute } from '../api-route.ts';
import { viewAfter } from './view-after.ts';

/** View Details, and which documents belong to a deal. */
export function addListRoutes(app: FastifyInstance, deps: Deps): void {
  addSessionRoute(app, deps, listDocumentsRoute, (person, { query }) => listDocuments(deps, person, query));
  addSessionRoute(app, deps, getDocumentRoute, (person, { params }) => openDocument(deps, person, params));
  addSessionRoute(app, deps, chooseDocumentsRoute, (person, { body }) =>
    viewAfter(deps, person, chooseDocuments(deps, person, body)),
  );
}
