import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { getChoicesRoute } from '#shared/contract/choices.ts';
import { presets } from '#test/support/people/admin.ts';
import { newDocument, sendDocument } from '#test/support/people/documents.ts';
import { startPostgres, type TestPostgres } from '#test/support/programs/postgres.ts';
import { startRedis, type TestRedis } from '#test/support/programs/redis.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let postgres: TestPostgres;
let redis: TestRedis;
let app: TestApp;
let twin: TestApp;
let contactId: string;
let tenantId: string;
let date: string;
const undo: (() => void)[] = [];

beforeAll(async () => {
  [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  const shared = { databaseUrl: await postgres.createDatabase(), redisUrl: redis.url };
  app = await startApp(shared);
  twin = await startApp({ ...shared, beside: app });
  await app.admin.connect();
  await app.admin.grant({ ben: presets.full });
  ({ contactId } = await app.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd'));
  tenantId = (await app.control.seedInfo()).organisations[0]?.tenantId ?? '';
  date = (await (await open(app)).call(getChoicesRoute)).organisation.today;
}, 180_000);
afterAll(async () => {
  await twin?.stop();
  await app?.stop();
  await redis?.stop();
  await postgres?.remove();
});
beforeEach(() => app.advanceSeconds(61));
afterEach(() => {
  for (const restore of undo.splice(0)) restore();
});

function open(of: TestApp) {
  return of.visit({ userId: 'ben', recordType: 'contact', recordId: '1001' });
}

/** Until the test ends. */
function replace<T extends object, K extends keyof T>(target: T, name: K, by: (original: T[K]) => T[K]): void {
  const original = target[name];
  target[name] = by(original);
  undo.push(() => {
    target[name] = original;
  });
}

function newGate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** Disables the lock in Redis, so that only the write's own lease separates the processes. */
function awayFromLocks({ deps }: Pick<TestApp, 'deps'>): void {
  replace(deps.cache, 'lock', () => async () => Promise.reject(new Error('Redis is away')));
}

/** A suspended process answers nothing and renews neither its lease nor its lock. */
function stopProcess({ deps }: Pick<TestApp, 'deps'>): void {
  replace(deps.store.writes, 'renewLease', () => async () => false);
  awayFromLocks({ deps });
}

function newForm(path: '/api/invoices' | '/api/quotes') {
  const mark = randomUUID();
  return { mark, request: { path, key: randomUUID(), body: newDocument(contactId, { date, reference: mark }) } };
}

async function listMade(mark: string): Promise<string[]> {
  const { invoices, quotes } = await app.control.documents({ tenantId, contactId });
  return [
    ...invoices.filter(({ Reference }) => Reference === mark).map(({ InvoiceID }) => InvoiceID),
    ...quotes.filter(({ Reference }) => Reference === mark).map(({ QuoteID }) => QuoteID),
  ];
}

describe('a process that was stopped for seven minutes after it marked a write as sent', () => {
  test.each(['/api/invoices', '/api/quotes'] as const)(
    'after another one finished %s, it sends nothing and answers the same',
    async (path) => {
      const { mark, request } = newForm(path);
      const [isMarked, goesOn] = [newGate(), newGate()];
      stopProcess(app);
      awayFromLocks(twin);
      replace(app.deps.store.writes, 'markSent', (markSent) => async (...marking) => {
        const isOurs = await markSent(...marking);
        isMarked.open();
        await goesOn.opened;
        return isOurs;
      });
      const stopped = sendDocument(await open(app), request);
      await isMarked.opened;
      await app.advanceSeconds(7 * 60);
      const finished = await sendDocument(await open(twin), request);
      expect(finished.status).toBe(201);
      await app.control.forgetKeys();
      await app.control.clearRequests();
      goesOn.open();
      expect(await stopped).toMatchObject({ status: 201, body: { document: finished.body.document } });
      expect((await app.control.requests()).filter(({ method }) => method === 'PUT')).toEqual([]);
      expect(await listMade(mark)).toHaveLength(1);
    },
  );

  test('if nobody finished it, it sends nothing, and the next one does', async () => {
    const { mark, request } = newForm('/api/invoices');
    stopProcess(app);
    replace(app.deps.store.writes, 'markSent', (markSent) => async (...marking) => {
      const isOurs = await markSent(...marking);
      await app.advanceSeconds(7 * 60);
      return isOurs;
    });
    expect(await sendDocument(await open(app), request)).toMatchObject({
      status: 409,
      body: { code: 'outcome_unknown', write: { state: 'pending' } },
    });
    expect(await listMade(mark)).toEqual([]);
    for (const restore of undo.splice(0)) restore();
    expect((await sendDocument(await open(app), request)).status).toBe(201);
    expect(await listMade(mark)).toHaveLength(1);
  });

  test('stopped before marking, it finds that it lost the write', async () => {
    const { mark, request } = newForm('/api/invoices');
    const [isThere, goesOn] = [newGate(), newGate()];
    stopProcess(app);
    awayFromLocks(twin);
    replace(app.deps.store.writes, 'markSent', (markSent) => async (...marking) => {
      isThere.open();
      await goesOn.opened;
      return markSent(...marking);
    });
    const stopped = sendDocument(await open(app), request);
    await isThere.opened;
    await app.advanceSeconds(7 * 60);
    const finished = await sendDocument(await open(twin), request);
    goesOn.open();
    expect(await stopped).toMatchObject({ status: 201, body: { document: finished.body.document } });
    expect(await listMade(mark)).toHaveLength(1);
  });

  test('an e-mail sent by a person meanwhile is not sent again', async () => {
    const admin = () => app.visit({ userId: 'olivia', recordType: 'contact', recordId: '1001' });
    const { request } = newForm('/api/invoices');
    const emailed = { ...request, body: { ...request.body, dueDate: date, finish: 'approve_and_email' } };
    const [isMarked, goesOn] = [newGate(), newGate()];
    replace(app.deps.store.steps, 'markSent', (markSent) => async (id, lease) => {
      const [step] = (await app.deps.store.steps.list(await findWriteId(request.key))).filter((one) => one.id === id);
      const isOurs = await markSent(id, lease);
      if (step?.name === 'email') {
        isMarked.open();
        await goesOn.opened;
      }
      return isOurs;
    });
    const before = (await app.control.emails()).length;
    const stopped = sendDocument(await admin(), emailed);
    await isMarked.opened;
    await app.advanceSeconds(7 * 60);
    const open = await twin.visit({ userId: 'olivia', recordType: 'contact', recordId: '1001' });
    const answer = await sendDocument(open, emailed);
    expect(answer).toMatchObject({ status: 201, body: { warnings: ['email_unknown'] } });
    const { id } = answer.body.document as { id: string };
    const sending = { path: `/api/invoices/${id}/actions`, key: randomUUID(), body: { action: 'email' } };
    expect((await sendDocument(open, sending)).status).toBe(200);
    goesOn.open();
    await stopped;
    expect((await app.control.emails()).length).toBe(before + 1);
  });
});

async function findWriteId(idempotencyKey: string): Promise<string> {
  const { organisationId } = (await app.deps.store.connections.find(app.workspace.id)) ?? {};
  const writeKey = `form:olivia:${idempotencyKey}`;
  return (await app.deps.store.writes.findLatest(app.workspace.id, organisationId ?? '', writeKey))?.id ?? '';
}

describe('who waits for another one’s write', () => {
  test('the second of two processes waits and returns the first’s result', async () => {
    const { mark, request } = newForm('/api/invoices');
    awayFromLocks(app);
    awayFromLocks(twin);
    const sessions = [await open(app), await open(twin)] as const;
    const isWaiting = newGate();
    replace(twin.deps.store.writes, 'takeLease', (takeLease) => async (...asked) => {
      const write = await takeLease(...asked);
      if (!write) isWaiting.open();
      return write;
    });
    replace(app.deps.xero, 'createDocument', (createDocument) => async (...asked) => {
      second = sendDocument(sessions[1], request);
      await isWaiting.opened;
      return createDocument(...asked);
    });
    let second: ReturnType<typeof sendDocument> | undefined;
    await app.control.clearRequests();
    const first = await sendDocument(sessions[0], request);
    expect(first.status).toBe(201);
    expect(await second).toMatchObject({ status: 201, body: { document: first.body.document } });
    const puts = (await app.control.requests()).filter(
      ({ method, path }) => method === 'PUT' && /Invoices$/.test(path),
    );
    expect([puts.length, (await listMade(mark)).length]).toEqual([1, 1]);
  });
});
