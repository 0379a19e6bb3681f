import type { FastifyInstance, FastifyRequest } from 'fastify';
import { settingsPath, syncPath } from '../claims.ts';
import { type Crm, type RecordType, sectionPaths, seenBy } from '../crm.ts';
import { listView } from '../html/list-page.ts';
import type { Section } from '../html/page.ts';
import { findRecordView } from '../html/record-view.ts';
import { appsPage, xeroSettingsPage, xeroSyncPage } from '../html/setup-page.ts';
import { startPage } from '../html/start-page.ts';
import { quickCard, widgetPanel } from '../html/widget.ts';
import { getUser, toVisit } from '../session.ts';
import { sendNotFound, sendPage } from './send-page.ts';

type Query = { q?: string; panel?: string };

export function addPageRoutes(app: FastifyInstance, crm: Crm): void {
  app.get('/', async (request, reply) => sendPage(crm, request, reply, startPage(toVisit(crm.data, request))));
  for (const type of ['contact', 'company', 'deal'] as const) addRecordRoutes(app, crm, type);
  app.get('/setup', async (_request, reply) => reply.redirect('/setup/apps'));
  app.get('/setup/apps', async (request, reply) => sendPage(crm, request, reply, appsPage()));
  for (const [path, toPage] of [
    [settingsPath, xeroSettingsPage],
    [syncPath, xeroSyncPage],
  ] as const) {
    app.get(path, async (request, reply) => {
      const visit = toVisit(crm.data, request);
      reply.code(visit.user.admin ? 200 : 403);
      return sendPage(crm, request, reply, toPage(crm, visit));
    });
  }
  app.setNotFoundHandler(async (request, reply) => sendNotFound(crm, request, reply));
}

/** A list and a record, each as a page and, under `/data`, as the data that a page swaps in without reloading. */
function addRecordRoutes(app: FastifyInstance, crm: Crm, type: RecordType): void {
  const path = sectionPaths[type];
  const dataOf = (request: FastifyRequest) => seenBy(crm.data, getUser(crm.data, request));
  app.get<{ Querystring: Query }>(path, async (request, reply) => {
    const { title, content } = listView(dataOf(request), type, request.query.q ?? '');
    return sendPage(crm, request, reply, { title, section: toSection(type), content, overlay: quickCard(crm) });
  });
  app.get<{ Querystring: Query }>(`/data${path}`, async (request, reply) =>
    reply.header('cache-control', 'no-store').send(listView(dataOf(request), type, request.query.q ?? '')),
  );
  app.get<{ Params: { id: string }; Querystring: Query }>(`${path}/:id`, async (request, reply) => {
    const record = findRecordView(dataOf(request), type, request.params.id);
    if (!record) return sendNotFound(crm, request, reply);
    const { theme } = toVisit(crm.data, request);
    const view = request.query.panel === 'quick' ? 'quick' : 'detail';
    const side = widgetPanel(crm, { record, view, theme });
    return sendPage(crm, request, reply, {
      title: record.title,
      section: toSection(type),
      content: record.content,
      side,
    });
  });
  app.get<{ Params: { id: string } }>(`/data${path}/:id`, async (request, reply) => {
    const record = findRecordView(dataOf(request), type, request.params.id);
    reply.header('cache-control', 'no-store');
    return record ?? reply.code(404).send({ title: 'Not found' });
  });
}

const sections: Record<RecordType, Section> = { contact: 'contacts', company: 'companies', deal: 'deals' };

function toSection(type: RecordType): Section {
  return sections[type];
}
