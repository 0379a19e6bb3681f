import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { getViewRoute } from '#shared/contract/session/view.ts';
import { newDocument, sendDocument } from '#test/support/people/documents.ts';
import type { Visit } from '#test/support/people/visit.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { startWorld, type World } from '#test/support/world/world.ts';

/** A real process with long waits, so its clock is moved. */
const drainSeconds = 3600;
const stopSeconds = 7200;

let world: World;
let contactId: string;
beforeAll(async () => {
  const env = { DRAIN_SECONDS: String(drainSeconds), STOP_SECONDS: String(stopSeconds) };
  world = await startWorld({ hasMovingClock: true, env });
  await world.xero.control.limits({ minute: 100_000, day: 1_000_000 });
  await world.admin.connect();
  ({ contactId } = await world.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd'));
});
afterAll(async () => {
  // SIGINT skips the drain, which would take an hour.
  await world.product().stop('SIGINT');
  await world.stop();
});
afterEach(async () => {
  await world.xero.control.clearFaults();
  await world.restartProduct('SIGKILL');
});

function open() {
  return world.visit({ userId: 'olivia', recordType: 'contact', recordId: '1001' });
}
function readiness() {
  return fetch(`${world.product().origin}/readyz`);
}
function isRefused() {
  return readiness().then(
    () => false,
    () => true,
  );
}
async function puts(path: RegExp) {
  return (await world.xero.control.requests()).filter((call) => call.method === 'PUT' && path.test(call.path));
}

/** Sends SIGTERM and waits until the process has received it. */
async function askToStop(): Promise<void> {
  world.product().signal('SIGTERM');
  await waitUntil(async () => (await readiness()).status === 503, 'the process to be unready');
}

/** An invoice in flight: Xero has it, but does not answer until the faults are cleared. */
async function holdInvoice(visit: Visit) {
  const form = { path: '/api/invoices', key: randomUUID(), body: newDocument(contactId) };
  await world.xero.control.fault({ kind: 'hold', method: 'PUT', path: '/Invoices$' });
  await world.xero.control.clearRequests();
  const answer = sendDocument(visit, form);
  // Handles the rejection from the start, because the process may end first.
  answer.catch(() => undefined);
  await waitUntil(async () => (await puts(/\/Invoices$/)).length === 1, 'the invoice to reach Xero');
  return { form, answer };
}

async function countInvoices(): Promise<number> {
  const { organisations } = await world.xero.control.seedInfo();
  const { invoices } = await world.xero.control.documents({ tenantId: organisations[0]?.tenantId ?? '', contactId });
  return invoices.length;
}

describe('SIGTERM', () => {
  test('becomes not ready first, serves during the drain, and ends cleanly', async () => {
    const visit = await open();
    await askToStop();
    expect(await (await readiness()).json()).toMatchObject({ status: 'stopping', store: true });
    expect((await fetch(`${world.product().origin}/healthz`)).status).toBe(200);
    const view = await visit.send('GET', getViewRoute.path);
    expect(view).toMatchObject({ status: 200, body: { status: 'linked' } });
    expect(view.headers.get('connection')).toBe('close');
    expect((await open()).opened.view).toMatchObject({ status: 'linked' });

    await world.product().advanceSeconds(drainSeconds);
    expect(await world.product().ended).toBe(0);
    expect(await isRefused()).toBe(true);
  });

  test('stores and answers an invoice and a file in flight before it ends', async () => {
    const visit = await open();
    const made = await sendDocument(visit, {
      path: '/api/invoices',
      key: randomUUID(),
      body: newDocument(contactId),
    });
    const { document } = made.body as { document: { id: string } };
    const before = await countInvoices();
    await world.xero.control.fault({ kind: 'hold', method: 'PUT', path: '/Attachments/' });
    const { answer } = await holdInvoice(visit);
    const file = visit.send('PUT', `/api/invoices/${document.id}/attachments/plan.txt`, Buffer.from('a plan'));
    await waitUntil(async () => (await puts(/\/Attachments\//)).length === 1, 'the file to reach Xero');

    await askToStop();
    await world.product().advanceSeconds(drainSeconds);
    await waitUntil(isRefused, 'the listener to close');
    await world.xero.control.clearFaults();
    expect((await answer).status).toBe(201);
    expect((await file).status).toBe(200);
    expect(await world.product().ended).toBe(0);

    await world.restartProduct();
    expect(await countInvoices()).toBe(before + 1);
    const view = await (await open()).call(getViewRoute);
    expect(view).not.toHaveProperty('unfinished');
    expect(await world.xero.control.attachments(document.id)).toHaveLength(1);
  });

  test('a second signal exits at once, and saving again makes no second', async () => {
    const before = await countInvoices();
    const { form, answer } = await holdInvoice(await open());
    await askToStop();
    world.product().signal('SIGTERM');
    expect(await world.product().ended).toBe(1);
    await expect(answer).rejects.toThrow();

    await world.restartProduct();
    await world.xero.control.clearFaults();
    const again = await open();
    expect(again.opened.view).toMatchObject({ unfinished: [{ kind: 'invoice' }] });
    expect((await sendDocument(again, form)).status).toBe(201);
    expect(await countInvoices()).toBe(before + 1);
  });

  test('the time limit ends a process with endless work', async () => {
    await holdInvoice(await open());
    await askToStop();
    await world.product().advanceSeconds(stopSeconds);
    expect(await world.product().ended).toBe(1);
    expect(world.product().logs()).toContain('time is up: exiting with work unfinished');
  });
});

describe('SIGINT', () => {
  test('Ctrl-C at a terminal has no drain', async () => {
    world.product().signal('SIGINT');
    expect(await world.product().ended).toBe(0);
  });
});
