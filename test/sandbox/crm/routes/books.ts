import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Field, type Kind, type KindName, kindNames } from '../books/kinds/kind.ts';
import { kinds } from '../books/kinds/kinds.ts';
import { parseEntry } from '../books/parse-entry.ts';
import type { Values } from '../books/row.ts';
import type { Crm } from '../crm.ts';
import { bookForm } from '../html/books/book-form.ts';
import { bookList, bookTable } from '../html/books/book-list.ts';
import { bookRecord, recordSyncCard } from '../html/books/book-record.ts';
import { runPage } from '../html/books/run-page.ts';
import { mostChosen, type SentNotice } from '../html/books/sync-parts.ts';
import { widgetPanel } from '../html/widget.ts';
import { getUser, toVisit } from '../session.ts';
import type { Sent } from '../sync/send-chosen.ts';
import { sendNotFound, sendPage } from './send-page.ts';

type IdParams = { Params: { id: string } };
type NoticeQuery = { taken?: string; refused?: string; failed?: string; tooMany?: string; run?: string };
type ListQuery = { Querystring: NoticeQuery & { q?: string; connected?: string; panel?: string } };

/** Lists, pages and forms of the records that are also sent to Xero. */
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
  app.get<ListQuery>(`/data/${name}/rows`, async (request, reply) => {
    const { q: search = '' } = request.query;
    const notice = toRunNotice(request.query);
    const content = bookTable({ kind: kinds[name], rows: crm.books.list(name), search, notice });
    reply.header('cache-control', 'no-store');
    return content ? { content } : reply.code(404).send({ title: 'Not found' });
  });
}

/** Only numbers and ids, so that an address cannot put words on the page. */
function toNotice({
  taken,
  refused,
  failed,
  tooMany,
  run,
  connected,
}: ListQuery['Querystring']): SentNotice | undefined {
  if (failed !== undefined) return { failed: true };
  if (tooMany !== undefined) return { tooMany: true };
  if (taken === undefined) return undefined;
  const counts = { taken: Number(taken) || 0, refused: Number(refused) || 0 };
  return { ...counts, run: /^[\w-]+$/.exec(run ?? '')?.[0], isConnected: connected !== 'no' };
}

/** What is asked again says only which run was started. */
function toRunNotice({ run }: NoticeQuery): SentNotice | undefined {
  return run === undefined ? undefined : toNotice({ run, taken: '0' });
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
  app.get<IdParams & ListQuery>(`/data/${name}/:id/xero`, async (request, reply) => {
    const row = books.find(name, request.params.id);
    reply.header('cache-control', 'no-store');
    return row
      ? { content: recordSyncCard(row, toRunNotice(request.query)) }
      : reply.code(404).send({ title: 'Not found' });
  });
}

function addFormRoutes(app: FastifyInstance, crm: Crm, name: KindName): void {
  const { books } = crm;
  const kind = kinds[name];
  app.get<{ Querystring: Record<string, unknown> }>(`/${name}/new`, async (request, reply) => {
    const values = toFirstValues(kind, { given: request.query, today: crm.now().toISOString().slice(0, 10) });
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

/** A new record begins with what its address says, such as `?amount=86.40`, and with the day of today. */
function toFirstValues(
  { fields }: Kind,
  { given, today }: { given: Readonly<Record<string, unknown>>; today: string },
): Values {
  const first = (field: Field) => field.initial ?? (field.name === 'date' ? today : '');
  return Object.fromEntries(
    fields.map((field) => {
      const value = given[field.name];
      return [field.name, typeof value === 'string' ? value : first(field)];
    }),
  );
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

type SyncBody = { Body: { id?: string | string[]; returnTo?: string; trial?: string } };

/** "Sync to Xero" of the selected records, or of the one on its own page; or only what it would do. */
function addSyncRoute(app: FastifyInstance, crm: Crm, name: KindName): void {
  app.post<SyncBody>(`/${name}/sync`, async (request, reply) => {
    const ids = [request.body?.id ?? []].flat();
    const { id, name: userName } = getUser(crm.data, request);
    const place = request.body?.returnTo === `/${name}/${ids[0]}` ? request.body.returnTo : `/${name}`;
    if (ids.length > mostChosen) return reply.redirect(`${place}?tooMany`, 303);
    const isTrial = request.body?.trial === 'yes';
    try {
      const sent = await crm.sync.sendChosen({ kind: name, ids, isTrial }, { id, name: userName });
      return reply.redirect(isTrial && sent.run !== null ? `/runs/${sent.run}` : toNoticePlace(place, sent), 303);
    } catch (error) {
      crm.log(error);
      return reply.redirect(`${place}?failed`, 303);
    }
  });
}

function toNoticePlace(place: string, { taken, refused, run, isConnected }: Sent): string {
  const connected = isConnected ? '' : '&connected=no';
  return `${place}?taken=${taken}&refused=${refused}${run === null ? '' : `&run=${run}`}${connected}`;
}

/** A run: what was done with each record, or would be done. */
export function addRunRoute(app: FastifyInstance, crm: Crm): void {
  app.get<IdParams>('/runs/:id', async (request, reply) => {
    const found = await crm.sync.findRun(request.params.id);
    if (!found) return sendNotFound(crm, request, reply);
    return sendPage(crm, request, reply, { ...runPage({ ...found, books: crm.books }), section: 'sync' });
  });
}
