import type { FastifyInstance } from 'fastify';
import type { Deps } from '#server/deps.ts';
import { startConnect } from '#server/use-cases/connection/connect-xero.ts';
import { disconnectXero } from '#server/use-cases/connection/disconnect-xero.ts';
import { getSettings, putSettings } from '#server/use-cases/connection/settings.ts';
import { createContact } from '#server/use-cases/contacts/create-contact.ts';
import { linkContact, unlinkContact } from '#server/use-cases/contacts/link-contact.ts';
import { listSuggestions } from '#server/use-cases/contacts/list-suggestions.ts';
import { searchContacts } from '#server/use-cases/contacts/search-contacts.ts';
import { getView } from '#server/use-cases/view/get-view.ts';
import { openWidget } from '#server/use-cases/view/open-widget.ts';
import { buildViewAnswers } from '#server/use-cases/view/view-answers.ts';
import {
  createContactRoute,
  linkRoute,
  listSuggestionsRoute,
  searchContactsRoute,
  unlinkRoute,
} from '#shared/contract/contact.ts';
import { openRoute } from '#shared/contract/session/open.ts';
import { getViewRoute } from '#shared/contract/session/view.ts';
import { connectRoute, disconnectRoute, getSettingsRoute, putSettingsRoute } from '#shared/contract/settings.ts';
import { addRoute, addSessionRoute, answered } from '../api-route.ts';
import { takeEmptyJson } from '../empty-json.ts';
import { addAuditRoutes } from './audit-routes.ts';
import { addDocumentRoutes } from './document-routes.ts';
import { addEventRoutes } from './event-routes.ts';
import { addListRoutes } from './list-routes.ts';
import { addRecordActionRoutes } from './record-action-routes.ts';
import { addRecordRoutes } from './record-routes.ts';
import { addSyncRoutes } from './sync-routes.ts';
import { viewAfter } from './view-after.ts';

/** The HTTP API of `shared/contract`. Each route connects its contract to one use case. */
export async function addApiRoutes(app: FastifyInstance, deps: Deps): Promise<void> {
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
  takeEmptyJson(app);
  addRoute(app, openRoute, ({ body, request }) => openWidget(deps, body, { requestId: request.id, log: request.log }));
  addViewRoute(app, deps);
  addSessionRoute(app, deps, searchContactsRoute, (person, { query }) => searchContacts(deps, person, query.search));
  addSessionRoute(app, deps, listSuggestionsRoute, (person, { query }) => listSuggestions(deps, person, query));
  addSessionRoute(app, deps, createContactRoute, async (person, { body }) => {
    const contact = await createContact(deps, person, body);
    return { contact, view: await getView(deps, person, { isFresh: false }) };
  });
  addSessionRoute(app, deps, linkRoute, (person, { body }) => viewAfter(deps, person, linkContact(deps, person, body)));
  addSessionRoute(app, deps, unlinkRoute, (person, { query: { type, id } }) => {
    const record = type !== undefined && id !== undefined ? { type, id } : undefined;
    return viewAfter(deps, person, unlinkContact(deps, person, record));
  });
  addSessionRoute(app, deps, getSettingsRoute, (person) => getSettings(deps, person));
  addSessionRoute(app, deps, putSettingsRoute, (person, { body }) => putSettings(deps, person, body));
  addSessionRoute(app, deps, connectRoute, (person, { query }) =>
    startConnect(deps, person, { forSync: query.sync === 'true' }),
  );
  addSessionRoute(app, deps, disconnectRoute, (person) => disconnectXero(deps, person));
  addListRoutes(app, deps);
  addAuditRoutes(app, deps);
  addEventRoutes(app, deps);
  addRecordRoutes(app, deps);
  addSyncRoutes(app, deps);
  addRecordActionRoutes(app, deps);
  await addDocumentRoutes(app, deps);
}

/** Sends cached bytes when there are any, so that a warm view is not serialised again. */
function addViewRoute(app: FastifyInstance, deps: Deps): void {
  const readViewAnswer = buildViewAnswers(deps);
  addSessionRoute(app, deps, getViewRoute, async (person, { query, request, reply }) => {
    const { body, etag } = await readViewAnswer(person, { isFresh: query.fresh === 'true' });
    if (etag !== null) reply.header('etag', etag);
    if (etag !== null && request.headers['if-none-match'] === etag) reply.code(304).send();
    else reply.type('application/json; charset=utf-8').send(body);
    return answered;
  });
}
