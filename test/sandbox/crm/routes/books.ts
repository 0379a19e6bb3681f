import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type KindName, kindNames } from '../books/kinds/kind.ts';
import { kinds } from '../books/kinds/kinds.ts';
import { parseEntry } from '../books/parse-entry.ts';
import type { Crm } from '../crm.ts';
import { bookForm } from '../html/books/book-form.ts';
import { bookList } from '../html/books/book-list.ts';
import { bookRecord } from '../html/books/book-record.ts';
import type { SentNotice } from '../html/books/sync-parts.ts';
import { widgetPanel } from '../html/widget.ts';
import { getUser, toVisit } from '../session.ts';
import { sendNotFound, sendPage } from './send-page.ts';

type IdParams = { Params: { id: string } };
type ListQuery = { Querystring: { q?: string; taken?: string; refused?: string; failed?: string; panel?: string } };

/** Lists, pages and forms of the records that also travel to Xero. */
export function addBookRoutes(app: FastifyInstance, crm: Crm): void {
  for (const name of kindNames) {
    addListRoutes(app, crm, name);
    addRecordRoutes(app, crm, name);
    addFormRoutes(app, crm, name);
    addSyncRoute(app, crm, name);
  }
}

function addListRoutes(app: FastifyInstance, crm: Crm, name: KindName): void {
  const view = (search: string, notice?: SentNotice) =>
    bookList({ kind: kinds[name], rows: crm.books.list(name), search, notice });
  app.get<ListQuery>(`/${name}`, async (request, reply) => {
    const page = view(request.query.q ?? '', toNotice(request.query));
    return sendPage(crm, request, reply, { ...page, section: name });
  });
  app.get<ListQuery>(`/data/${name}`, async (request, reply) =>
    reply.header('cache-control', 'no-store').send(view(request.query.q ?? '')),
  );
}

/** Only numbers, so that an address cannot put words on the page. */
function toNotice({ taken, refused, failed }: ListQuery['Querystring']): SentNotice | undefined {
  if (failed !== undefined) return { failed: true };
  return taken === undefined ? undefined : { taken: Number(taken) || 0, refused: Number(refused) || 0 };
}

function addRecordRoutes(app: FastifyInstance, crm: Crm, name: KindName): void {
  const { books } = crm;
  app.get<IdParams & ListQuery>(`/${name}/:id`, async (request, reply) => {
    const row = books.find(name, request.params.id);
    if (!row) return sendNotFound(crm, request, reply);
    const view = request.query.panel === 'quick' ? 'quick' : 'detail';
    const { theme } = toVisit(crm.data, request);
    const side = widgetPanel(crm, { record: { type: kinds[name].recordType, id: row.id }, view, theme });
    const notice = toNotice(request.query);
    const page = bookRecord(kinds[name], books, { row, notice });
    return sendPage(crm, request, reply, { ...page, section: name, side });
  });
}

function addFormRoutes(app: FastifyInstance, crm: Crm, name: KindName): void {
  const { books } = crm;
  const kind = kinds[name];
  app.get(`/${name}/new`, async (request, reply) => {
    const values = Object.fromEntries(kind.fields.map((field) => [field.name, field.initial ?? '']));
    return sendPage(crm, request, reply, {
      ...bookForm(kind, books, { values, lines: [], errors: {} }),
      section: name,
    });
  });
  app.get<IdParams>(`/${name}/:id/edit`, async (request, reply) => {
    const row = books.find(name, request.params.id);
    if (!row) return sendNotFound(crm, request, reply);
    return sendPage(crm, request, reply, { ...bookForm(kind, books, { ...row, errors: {} }), section: name });
  });
  app.post(`/${name}`, (request, reply) => save(crm, name, { request, reply }));
  app.post<IdParams>(`/${name}/:id`, async (request, reply) => {
    const { id } = request.params;
    return books.find(name, id) ? save(crm, name, { request, reply, id }) : sendNotFound(crm, request, reply);
  });
  app.post<IdParams>(`/${name}/:id/delete`, async (request, reply) => {
    if (!books.find(name, request.params.id)) return sendNotFound(crm, request, reply);
    books.remove(name, request.params.id);
    crm.changed(getUser(crm.data, request));
    return reply.redirect(`/${name}`, 303);
  });
}

type Saving = { request: FastifyRequest; reply: FastifyReply; id?: string };

async function save(crm: Crm, name: KindName, { request, reply, id }: Saving): Promise<FastifyReply> {
  const { values, lines, errors } = parseEntry(kinds[name], crm.books, request.body);
  if (Object.keys(errors).length > 0) {
    const form = bookForm(kinds[name], crm.books, { id, values, lines, errors });
    return sendPage(crm, request, reply.code(422), { ...form, section: name });
  }
  const row = crm.books.save(name, { id, values, lines });
  crm.changed(getUser(crm.data, request));
  return reply.redirect(`/${name}/${row.id}`, 303);
}

type SyncBody = { Body: { id?: string | string[]; returnTo?: string } };

/** "Sync to Xero" of the selected records, or of the one on its own page. */
function addSyncRoute(app: FastifyInstance, crm: Crm, name: KindName): void {
  app.post<SyncBody>(`/${name}/sync`, async (request, reply) => {
    const ids = [request.body?.id ?? []].flat();
    const { id, name: userName } = getUser(crm.data, request);
    const place = request.body?.returnTo === `/${name}/${ids[0]}` ? request.body.returnTo : `/${name}`;
    try {
      const { taken, refused } = await crm.sync.handOverChosen({ kind: name, ids }, { id, name: userName });
      return reply.redirect(`${place}?taken=${taken}&refused=${refused}`, 303);
    } catch (error) {
      crm.log(error);
      return reply.redirect(`${place}?failed`, 303);
    }
  });
}
