import { randomUUID } from 'node:crypto';
import { createClient } from 'redis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Fleet, startFleet } from '#test/load/fleet.ts';
import { buildDeeds, buildTally, type Deed, type Outcome } from '#test/support/people/deeds.ts';
import { newDocument, sendDocument } from '#test/support/people/documents.ts';
import type { Visit } from '#test/support/people/visit.ts';
import { waitUntil } from '#test/support/wait-until.ts';

// Each action is done many times under load and then checked one by one.
vi.setConfig({ testTimeout: 120_000 });

/** Two real processes on one Postgres and one Redis: what each outage may break and what it may not. */
let fleet: Fleet;
let contactId: string;
let deeds: Record<string, Deed>;
let tally: ReturnType<typeof buildTally>;

beforeAll(async () => {
  fleet = await startFleet({ processes: 2 });
  await fleet.admin.connect();
  ({ contactId } = await fleet.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd'));
});
// Sessions end while the clock is moved, so each test starts its own.
beforeEach(async () => {
  const built = await buildDeeds({ ...fleet, workspaceId: fleet.workspace.id });
  deeds = Object.fromEntries(built.deeds.map((deed) => [deed.name, deed]));
  tally = buildTally(built.marks);
});
afterAll(() => fleet.stop());
// A full minute of Xero's limits for each test.
afterEach(async () => {
  await fleet.control.clearFaults();
  await fleet.advanceSeconds(62);
});

function open() {
  return fleet.visit({ userId: 'olivia', recordType: 'contact', recordId: '1001' });
}
function figuresOf(view: unknown) {
  return (view as { summary: { outstandingInvoices: { count: number } } | null }).summary;
}
function asOf(view: unknown) {
  return (view as { asOf: string }).asOf;
}
function readReadiness() {
  return Promise.all(
    fleet.products.map(async ({ origin }) => (await fetch(`${origin}/readyz`)).json() as Promise<object>),
  );
}
function isEach(expected: object) {
  return async () =>
    (await readReadiness()).every((one) =>
      Object.entries(expected).every(([name, value]) => Reflect.get(one, name) === value),
    );
}

function deed(name: string): Deed {
  const found = deeds[name];
  if (!found) throw new Error(`no deed is called ${name}`);
  return found;
}

/** Actions that were refused. Each runs in a minute of its own, because Xero's limits are not tested here. */
async function listRefused(names: readonly string[] = all): Promise<unknown[]> {
  const refused: unknown[] = [];
  for (const name of names) {
    await fleet.advanceSeconds(62);
    const outcome = await tally.attempt(deed(name));
    if (!isGood(outcome)) refused.push({ name, ...outcome });
  }
  return refused;
}

function isGood({ status }: Outcome) {
  return status >= 200 && status < 300;
}
const all = ['link', 'invoice', 'defaults', 'open'];

describe('Redis', () => {
  test('without Redis, processes stay ready and act once within the limits', async () => {
    expect(await listRefused()).toEqual([]);
    await fleet.redis.kill();
    await waitUntil(isEach({ status: 'ready', cache: false }), 'the processes to miss Redis');
    const { view } = (await open()).opened;
    expect(view).toMatchObject({ status: 'linked', stale: false });
    expect(figuresOf(view)?.outstandingInvoices.count).toBe(3);
    expect(await listRefused()).toEqual([]);
    expect(await tally.listLost()).toEqual([]);
    expect(await fleet.control.peak()).toMatchObject({ refused: 0 });
  });

  test('without Redis and with few calls, answers say how long to wait', async () => {
    const visit = await open();
    const views: unknown[] = [];
    for (let count = 0; count < 24; count += 1) views.push((await visit.send('GET', '/api/view?fresh=true')).body);
    expect(views).toContainEqual(
      expect.objectContaining({
        error: { code: 'calls_paced', requestId: expect.any(String), retryAfterSeconds: expect.any(Number) },
      }),
    );
    // Xero refused no call, and no answer says that it did.
    expect(JSON.stringify(views)).not.toContain('xero_rate_limited');
    expect(await fleet.control.peak()).toMatchObject({ refused: 0 });
  });

  test('a returned Redis is used without a restart, and nothing is lost', async () => {
    await fleet.redis.start();
    await waitUntil(isEach({ status: 'ready', cache: true }), 'the processes to find Redis');
    expect(await listRefused()).toEqual([]);
    expect(await tally.listLost()).toEqual([]);
  });

  test('emptying Redis only costs calls to Xero', async () => {
    const visit = await open();
    const before = await visit.send('GET', '/api/view');
    const redis = createClient({ url: fleet.redis.url });
    await redis.connect();
    await redis.flushAll();
    await redis.close();
    await fleet.control.clearRequests();
    // Session, link and figures are unchanged.
    const after = await visit.send('GET', '/api/view');
    expect(figuresOf(after.body)).toMatchObject({ outstandingInvoices: figuresOf(before.body)?.outstandingInvoices });
    expect((await fleet.control.requests()).length).toBeGreaterThan(0);
    expect(await tally.listLost()).toEqual([]);
    expect(await fleet.control.peak()).toMatchObject({ refused: 0 });
  });

  test('a hanging Redis delays a view once, and acts happen once', async () => {
    const visit = await open();
    // A view of loaded figures takes about twelve steps in Redis.
    expect((await visit.send('GET', '/api/view')).status).toBe(200);
    fleet.redis.hang();
    const seconds = await measureSeconds(async () => {
      const { body } = await visit.send('GET', '/api/view');
      expect(figuresOf(body)).not.toBeNull();
    });
    expect(seconds).toBeLessThan(6);
    expect(await listRefused()).toEqual([]);
    fleet.redis.goOn();
    await waitUntil(isEach({ status: 'ready', cache: true }), 'the processes to find Redis');
    expect(await listRefused()).toEqual([]);
    expect(await tally.listLost()).toEqual([]);
    expect(await fleet.control.peak()).toMatchObject({ refused: 0 });
  });
});

async function measureSeconds(work: () => Promise<unknown>): Promise<number> {
  const beganMs = performance.now();
  await work();
  return (performance.now() - beganMs) / 1000;
}

/** Each worker repeats its action until it is told to stop. */
function startWorkers(names: readonly string[]) {
  const work = { isOver: false };
  const workers = names.map((name) => ({ name, outcomes: [] as Outcome[] }));
  const running = workers.map(async ({ name, outcomes }) => {
    while (!work.isOver) outcomes.push(await tally.attempt(deed(name)));
  });
  const everyoneSince = (from: readonly number[], holds: (outcome: Outcome) => boolean) => () =>
    workers.every(({ outcomes }, index) => outcomes.slice(from[index]).some(holds));
  return {
    outcomes: () => workers.flatMap(({ outcomes }) => outcomes),
    mark: () => workers.map(({ outcomes }) => outcomes.length),
    everyoneSince,
    stop: async () => {
      work.isOver = true;
      await Promise.all(running);
    },
  };
}

describe('Postgres', () => {
  test('after a crash under load, no answered act is lost', async () => {
    const workers = startWorkers(['defaults', 'open', 'defaults', 'open']);
    await waitUntil(workers.everyoneSince(workers.mark(), isGood), 'everyone to be at work');
    const before = workers.mark();
    await fleet.postgres.kill();
    await waitUntil(
      workers.everyoneSince(before, ({ status }) => status === 503),
      'everyone to be refused',
    );
    expect((await readReadiness()).every((one) => Reflect.get(one, 'status') === 'not_ready')).toBe(true);
    await fleet.postgres.start();
    const after = workers.mark();
    await waitUntil(workers.everyoneSince(after, isGood), 'everyone to be at work again');
    await workers.stop();
    const bad = workers.outcomes().filter((outcome) => !isGood(outcome));
    expect(new Set(bad.map(({ status, code }) => `${status} ${code}`))).toEqual(new Set(['503 unavailable']));
    expect(await listRefused()).toEqual([]);
    expect(await tally.listLost()).toEqual([]);
  });

  test('a crash during a write does not claim success or make a second', async () => {
    const visit = await open();
    const mark = randomUUID();
    const form = { path: '/api/invoices', key: mark, body: newDocument(contactId, { reference: mark }) };
    await fleet.control.clearRequests();
    await fleet.control.fault({ kind: 'hold', method: 'PUT', path: '/Invoices$' });
    const answer = sendDocument(visit, form);
    await waitUntil(async () => (await putInvoices()) === 1, 'the invoice to reach Xero');
    await fleet.postgres.kill();
    await fleet.control.clearFaults();
    expect(await answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    await fleet.postgres.start();
    await waitUntil(isEach({ status: 'ready' }), 'the processes to find Postgres');
    // The worker that had it may still hold its lease.
    await fleet.advanceSeconds(11);
    expect(await sendDocument(visit, form)).toMatchObject({ status: 201 });
    expect(await countInvoices(mark)).toBe(1);
  });
});

async function putInvoices(): Promise<number> {
  const requests = await fleet.control.requests();
  return requests.filter(({ method, path }) => method === 'PUT' && path.endsWith('/Invoices')).length;
}

async function countInvoices(reference: string): Promise<number> {
  const { organisations } = await fleet.control.seedInfo();
  const { invoices } = await fleet.control.documents({ tenantId: organisations[0]?.tenantId ?? '', contactId });
  return invoices.filter(({ Reference }) => Reference === reference).length;
}

describe('Xero', () => {
  const hour = { steps: 10, stepSeconds: 360 };

  test('after an hour of outage, dated figures recover on their own', async () => {
    await open();
    await fleet.control.fault({ kind: 'status', status: 503, times: Number.POSITIVE_INFINITY });
    const failsSinceMs = fleet.clock.now().getTime();
    const { organisations } = await fleet.control.seedInfo();
    const tenantId = organisations[0]?.tenantId ?? '';
    const added = {
      tenantId,
      Contact: { ContactID: contactId },
      Type: 'ACCREC',
      Status: 'AUTHORISED',
      Total: 10,
    } as const;
    await fleet.control.addInvoice(added);
    let visit: Visit | undefined;
    for (let step = 0; step < hour.steps; step += 1) {
      await fleet.advanceSeconds(hour.stepSeconds);
      // Sessions end meanwhile, and the page opens the widget again.
      visit = await open();
      expect(figuresOf(visit.opened.view)?.outstandingInvoices.count).toBe(3);
    }
    expect(visit?.opened.view).toMatchObject({ stale: true });
    expect(Date.parse(asOf(visit?.opened.view))).toBeLessThanOrEqual(failsSinceMs);
    const asked = await visit?.send('GET', '/api/view?fresh=true');
    expect(asked).toMatchObject({ status: 200, body: { stale: true, error: { code: 'xero_unavailable' } } });

    await fleet.control.clearFaults();
    // Quotes are read some rounds after invoices, and a view's date is that of its oldest part.
    const isNew = ({ opened: { view } }: Visit) =>
      figuresOf(view)?.outstandingInvoices.count === 4 && Date.parse(asOf(view)) > failsSinceMs;
    await waitUntil(async () => {
      await fleet.advanceSeconds(60);
      return isNew(await open());
    }, 'the figures to be new again');
    expect((await open()).opened.view).not.toHaveProperty('error');
  });
});
