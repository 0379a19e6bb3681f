import fc from 'fast-check';
import { problemSchema } from '#shared/problem.ts';
import { sendRaw } from '#test/support/network/raw-http.ts';
import { readText } from '#test/support/network/read-text.ts';
import { presets } from '#test/support/people/admin.ts';
import { buildCrmBackend } from '#test/support/people/crm-backend.ts';
import { fuel } from '#test/support/people/sync-desk.ts';
import type { Visit, VisitRequest } from '#test/support/people/visit.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import type { TestApp } from '#test/support/world/app.ts';
import { type FuzzRoute, listFuzzRoutes } from './api-schemas.ts';
import type { Known } from './from-schema.ts';
import { rawBytesOf } from './raw-bytes.ts';
import { type FuzzRequest, requestsOf } from './requests.ts';

/** A route's answers by status; 0 when the server closed the connection without an answer. */
export type FuzzCount = { route: string; requests: number; statuses: Record<string, number> };

/** Every fifth request moves the clock by a minute, so this many end before the session does. */
const runsOfSession = 50;
/** A token of the CRM's backend lives for five minutes. */
const runsOfToken = 20;

/** A server without an answer by then hangs: ten times the slowest answer on a busy machine. */
const hangMs = 60_000;

/**
 * Sends `runs` requests from each route's schema and as many of raw bytes. Fails at the first answer that is a 500, or
 * an error without a problem document, or missing. fast-check reports the seed and the smallest such request.
 */
export async function fuzzApp(app: TestApp, { runs, seed }: { runs: number; seed: number }): Promise<FuzzCount[]> {
  const people = buildPeople(app);
  await restore(app);
  const known = await learn(app);
  const counts: FuzzCount[] = [];
  for (const route of await listFuzzRoutes(app.origin, app.routes)) {
    await restore(app);
    counts.push(await fuzzRoute(app, { route, people, known, runs, seed }));
  }
  return counts;
}

type Round = { route: FuzzRoute; people: People; known: Known; runs: number; seed: number };

async function fuzzRoute(app: TestApp, { route, people, known, runs, seed }: Round): Promise<FuzzCount> {
  const name = `${route.method} ${route.path}`;
  const count: FuzzCount = { route: name, requests: 0, statuses: {} };
  const note = (status: number): void => {
    count.requests += 1;
    count.statuses[status] = (count.statuses[status] ?? 0) + 1;
  };
  const fromSchema = fc.asyncProperty(requestsOf(route, known), async (request) => {
    note(await send(app.origin, request, await people.bearer(request.who, route)));
  });
  await fc.assert(fromSchema, { numRuns: runs, seed, endOnFailure: false });
  for (let sent = 0; sent < runs; sent += runsOfToken) {
    const raw = fc.asyncProperty(rawBytesOf(route, await people.bearer(0, route)), async (bytes) => {
      await people.pass();
      note(await sendBytes(app.origin, bytes, name.includes(' /api/')));
    });
    await fc.assert(raw, { numRuns: Math.min(runsOfToken, runs - sent), seed: seed + sent });
  }
  return count;
}

async function send(origin: string, { method, target, headers, body }: FuzzRequest, bearer: string): Promise<number> {
  const answer = await fetch(origin + target, {
    method,
    headers: { authorization: `Bearer ${bearer}`, ...headers },
    ...(body && { body: Buffer.from(body) }),
    redirect: 'manual',
    signal: AbortSignal.timeout(hangMs),
  });
  const text = await readText(answer);
  if (isShedding(answer.status, answer.headers.get('retry-after'))) return answer.status;
  const type = answer.headers.get('content-type') ?? '';
  check({ status: answer.status, type, text, isApi: target.startsWith('/api/') });
  return answer.status;
}

async function sendBytes(origin: string, bytes: Uint8Array, isApi: boolean): Promise<number> {
  const answer = await inTime(sendRaw(origin, bytes));
  const type = /^content-type: (.*)$/im.exec(answer.head)?.[1] ?? '';
  if (isShedding(answer.status, /^retry-after: (.*)$/im.exec(answer.head)?.[1])) return answer.status;
  // Changed bytes may ask for another route, which answers in its own way.
  const isProblem = isApi && type.includes('json');
  if (answer.status > 0) check({ status: answer.status, type, text: answer.body, isApi: isProblem });
  return answer.status;
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    // Real time: a limit, to fail with a message instead of hanging.
    timer = setTimeout(() => reject(new Error('no answer and not closed: the server hangs')), hangMs);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** A busy server may refuse requests with a Retry-After. That is a valid answer. */
function isShedding(status: number, retryAfter: string | null | undefined): boolean {
  return status === 503 && retryAfter != null;
}

type Seen = { status: number; type: string; text: string; isApi: boolean };

/** The sandbox injects no faults, so every failure is ours. */
function check({ status, type, text, isApi }: Seen): void {
  if (status >= 500) throw new Error(`answered ${status}: ${text.slice(0, 500)}`);
  if (!isApi || status < 400) return;
  if (!type.includes('application/problem+json'))
    throw new Error(`${status} is no problem document but ${type}: ${text.slice(0, 200)}`);
  problemSchema.parse(JSON.parse(text));
}

type People = {
  /** The session token of this person, or a token of the CRM's backend for a route of its own. */
  bearer(who: number, route: FuzzRoute): Promise<string>;
  /** Lets time pass, so that no minute's calls to Xero are used up. */
  pass(): Promise<void>;
};

/** A session per user and record type; the last two are not valid sessions. */
function buildPeople(app: TestApp): People {
  const asked = ['contact', 'company', 'deal', 'settings'] as const;
  const ids = { contact: '1001', company: '501', deal: '9001', settings: '', sync: '' };
  const known = new Map<string, Visit>();
  const crm = buildCrmBackend(app);
  let requests = 0;
  const pass = async () => {
    requests += 1;
    if (requests % 5 === 0) await app.advanceSeconds(61);
    if (requests % runsOfSession === 0) known.clear();
  };
  return {
    pass,
    bearer: async (who, { path }) => {
      await pass();
      if (who > 5) return who === 6 ? '' : 'made-up';
      const isOfSync = pathsOfSync.some((start) => path.startsWith(start));
      if (isOfSync && who < 4) return crm.sign();
      const recordType = isOfSync ? 'sync' : (asked[who % asked.length] ?? 'contact');
      const request = { userId: who < 4 || isOfSync ? 'olivia' : 'ben', recordType, recordId: ids[recordType] };
      const key = `${recordType} ${who}`;
      const visit = known.get(key) ?? (await openPatiently(app, request));
      known.set(key, visit);
      return visit.opened.session.token;
    },
  };
}

/** The CRM's backend and an admin's session for sync ask for these. */
const pathsOfSync = ['/api/records', '/api/runs', '/api/changes', '/api/sync'];

/** A busy server may refuse to start a session for a moment. */
async function openPatiently(app: TestApp, request: VisitRequest): Promise<Visit> {
  let visit: Visit | undefined;
  const isOpen = async () => {
    visit = await app.visit(request).catch((error: Error) => {
      if (!error.message.includes(' answered 503:')) throw error;
      return undefined;
    });
    return visit !== undefined;
  };
  await waitUntil(isOpen, 'a session');
  return visit ?? Promise.reject(new Error('there is no session'));
}

/** Restores what an earlier route's requests removed. */
async function restore(app: TestApp): Promise<void> {
  const connection = await app.deps.store.connections.find(app.workspace.id);
  if (connection?.status !== 'running') await app.admin.connect();
  await app.admin.grant({ ben: presets.full });
  await app.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
  const crm = buildCrmBackend(app);
  await crm.send('PUT', '/api/sync/rules', { enabled: true, since: '2020-01-01' });
  await crm.send('PUT', '/api/sync/mapping', { categories: [{ key: 'Fuel', accountCode: '429' }] });
}

async function learn(app: TestApp): Promise<Known> {
  const session = await app.visit({ userId: 'olivia', recordType: 'contact', recordId: '1001' });
  const { body } = await session.send('GET', '/api/documents?kind=invoice');
  const documents = body as { documents: { id: string; contact: { id: string } }[] };
  const [first] = documents.documents;
  if (!first) throw new Error('the record to fuzz with has no documents');
  const crm = buildCrmBackend(app);
  const crmId = 'fuzz-1';
  await crm.send('PUT', `/api/records/expenses/${crmId}`, { version: 1, data: fuel });
  const run = await crm.send<{ runId: string }>('POST', '/api/records/sync', { kind: 'expenses', crmIds: [crmId] });
  // The contact id reaches the most code.
  const ids = [first.contact.id, first.contact.id, first.id, crmId, run.body.runId];
  return { ids, today: app.clock.now().toISOString().slice(0, 10) };
}
