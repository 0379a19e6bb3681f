import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getChoicesRoute } from '#shared/contract/choices.ts';
import { getViewRoute } from '#shared/contract/session/view.ts';
import { presets } from '#test/support/people/admin.ts';
import { newDocument, sendDocument } from '#test/support/people/documents.ts';
import { startPostgres, type TestPostgres } from '#test/support/programs/postgres.ts';
import { startRedis } from '#test/support/programs/redis.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

/** A crash, as the process experiences it: the next step never runs. */
function crash(): never {
  throw new Error('the process ends here');
}

const steps = [
  'save',
  'lose the answer',
  'answer 500',
  'make it and answer 404 in Xero’s place',
  'refuse a page in Xero’s place',
  'refuse it for its limit',
  'drop the call',
  'crash before it is sent',
  'crash after it was marked as sent',
  'crash after Xero answered',
  'a minute goes by',
  'four minutes go by',
  'an hour goes by',
  'our clock is set back ten minutes',
  'Xero forgets the keys',
  'all of the contact’s documents change',
] as const;
type Step = (typeof steps)[number];

/** Makes one thing fail in the next save. */
async function breakNext(app: TestApp, step: Step): Promise<() => void> {
  const { store, xero } = app.deps;
  const replace = <T extends object, K extends keyof T>(target: T, name: K, by: T[K]): (() => void) => {
    const original = target[name];
    target[name] = by;
    return () => {
      target[name] = original;
    };
  };
  const path = '/(Invoices|Quotes)$';
  if (step === 'lose the answer') await app.control.fault({ kind: 'lose-answer', method: 'PUT', path });
  if (step === 'answer 500') await app.control.fault({ kind: 'status', status: 500, method: 'PUT', path });
  const html = '<html><body>Not here</body></html>';
  const late = { kind: 'late-status', status: 404, body: html, method: 'PUT', path } as const;
  if (step === 'make it and answer 404 in Xero’s place') await app.control.fault(late);
  if (step === 'refuse a page in Xero’s place') await app.control.fault({ ...late, kind: 'status', status: 400 });
  if (step === 'refuse it for its limit')
    await app.control.fault({ kind: 'status', status: 429, retryAfterSeconds: 1, method: 'PUT', path });
  if (step === 'drop the call') await app.control.fault({ kind: 'drop', method: 'PUT', path });
  if (step === 'crash before it is sent') return replace(store.writes, 'markSent', crash);
  if (step === 'crash after it was marked as sent') return replace(xero, 'createDocument', crash);
  if (step === 'crash after Xero answered') return replace(store.writes, 'close', crash);
  return () => undefined;
}

const seconds: Partial<Record<Step, number>> = {
  'a minute goes by': 61,
  'four minutes go by': 240,
  'an hour goes by': 3600,
};

/** Plays the steps on one form, then saves it until it is answered. Returns how many documents have its mark. */
async function play(app: TestApp, contactId: string, kind: 'invoices' | 'quotes', story: readonly Step[]) {
  await app.deps.ledger.untilIdle();
  await app.control.reset({ keepConnections: true });
  await app.control.limits({ minute: 100_000, day: 1_000_000 });
  app.clock.advanceSeconds(3600);
  await app.control.clock({ now: app.clock.now().toISOString() });
  const open = () => app.visit({ userId: 'ben', recordType: 'contact', recordId: '1001' });
  const first = await open();
  const { today } = (await first.call(getChoicesRoute)).organisation;
  const mark = randomUUID();
  const request = {
    path: `/api/${kind}`,
    key: randomUUID(),
    body: newDocument(contactId, { date: today, reference: mark }),
  };
  const tenantId = (await app.control.seedInfo()).organisations[0]?.tenantId ?? '';
  for (const step of story) {
    // A clock that jumps during a token refresh would simulate an hour within one call.
    await app.deps.ledger.untilIdle();
    if (step === 'our clock is set back ten minutes') app.clock.advanceSeconds(-600);
    else if (step === 'Xero forgets the keys') await app.control.forgetKeys();
    else if (step === 'all of the contact’s documents change') await app.control.touch({ tenantId, contactId });
    else if (seconds[step] !== undefined) await app.advanceSeconds(seconds[step]);
    else {
      const restore = await breakNext(app, step);
      await sendDocument(await open(), request);
      restore();
    }
  }
  await app.control.clearFaults();
  await app.deps.ledger.untilIdle();
  // By then, no refusal is remembered, and the person saves again. A pause ends by our clock, so it lasts as much longer
  // as the clock was set back.
  const setBack = story.filter((step) => step === 'our clock is set back ten minutes').length * 600;
  await app.advanceSeconds(400 + setBack);
  const last = await open();
  const saved = await sendDocument(last, request);
  const all = await app.control.documents({ tenantId, contactId });
  const made = [...all.invoices, ...all.quotes].filter(({ Reference }) => Reference === mark);
  return { saved, made, view: await last.call(getViewRoute) };
}

async function prepare(app: TestApp): Promise<string> {
  await app.admin.connect();
  await app.admin.grant({ ben: presets.full });
  return (await app.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd')).contactId;
}

describe('random stories', () => {
  let app: TestApp;
  let contactId: string;
  beforeAll(async () => {
    app = await startApp();
    contactId = await prepare(app);
  });
  afterAll(() => app.stop());

  test('any story of faults and clocks makes one document that is found', async () => {
    const stories = fc.array(fc.constantFrom(...steps), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('invoices' as const, 'quotes' as const), stories, async (kind, story) => {
        const { saved, made, view } = await play(app, contactId, kind, story);
        const ids = made.map((document) => ('InvoiceID' in document ? document.InvoiceID : document.QuoteID));
        expect(saved.status).toBe(201);
        expect(ids).toEqual([(saved.body.document as { id: string }).id]);
        expect(view).not.toHaveProperty('unfinished');
      }),
      { numRuns: 40 },
    );
  }, 300_000);
});

describe('two processes', () => {
  let postgres: TestPostgres;
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let databaseUrl: string;
  let app: TestApp;
  beforeAll(async () => {
    [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
    databaseUrl = await postgres.createDatabase();
    app = await startApp({ databaseUrl, redisUrl: redis.url });
  }, 60_000);
  afterAll(async () => {
    await app.stop();
    await redis.stop();
    await postgres.remove();
  });

  test('of two recoveries at once, one sends and both answer the same', async () => {
    const contactId = await prepare(app);
    const twin = await startApp({ databaseUrl, redisUrl: redis.url, beside: app });
    const visit = { userId: 'ben', recordType: 'contact', recordId: '1001' };
    const session = await app.visit(visit);
    const { today } = (await session.call(getChoicesRoute)).organisation;
    const request = { path: '/api/quotes', key: randomUUID(), body: newDocument(contactId, { date: today }) };
    await app.control.fault({ kind: 'drop', method: 'PUT', path: '/Quotes$' });
    await sendDocument(session, request);
    await app.advanceSeconds(600);
    const visits = await Promise.all([app.visit(visit), twin.visit(visit), app.visit(visit), twin.visit(visit)]);
    await app.control.clearRequests();
    const answers = await Promise.all(visits.map((one) => sendDocument(one, request)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map(({ body }) => (body.document as { id: string }).id)).size).toBe(1);
    const sent = (await app.control.requests()).filter(({ method, path }) => method === 'PUT' && /Quotes$/.test(path));
    expect(sent).toHaveLength(1);
    await twin.stop();
  });
});
