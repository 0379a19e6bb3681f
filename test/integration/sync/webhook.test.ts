import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { appendState } from '#test/support/people/append-state.ts';
import { buildCrmBackend, type CrmBackend } from '#test/support/people/crm-backend.ts';
import { startWebhookReceiver, type WebhookReceiver } from '#test/support/people/webhook-receiver.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

type Settings = {
  url: string | null;
  enabled: boolean;
  secret: string | null;
  lastDelivery: { at: string; status: number | null } | null;
  failingSince: string | null;
  pending: number;
};

let app: TestApp;
let crm: CrmBackend;
let receiver: WebhookReceiver;
beforeAll(async () => {
  app = await startApp({ env: { OUTGOING_HOSTS: '127.0.0.1' } });
  crm = buildCrmBackend(app);
  await crm.send('PUT', '/api/records/expenses/exp-1', { version: 1, data: { description: 'Fuel' } });
});
afterAll(() => app.stop());
beforeEach(async () => {
  await put({ url: null });
  receiver = await startWebhookReceiver();
  return () => receiver.stop();
});

async function put(change: object): Promise<Settings> {
  const { status, body } = await crm.send<Settings>('PUT', '/api/sync/webhook', change);
  expect(status).toBe(200);
  return body;
}
async function get(): Promise<Settings> {
  return (await crm.send<Settings>('GET', '/api/sync/webhook')).body;
}
function verify(secret: string | null, index: number): unknown {
  const { headers, body } = receiver.received[index] ?? { headers: {}, body: '' };
  // Receivers compare the timestamp with their own clock, which here is not the moved one.
  const id = headers['webhook-id'] ?? '';
  const at = new Date(Number(headers['webhook-timestamp']) * 1000);
  const signature = new Webhook(secret ?? '').sign(id, at, body);
  return headers['webhook-signature']?.split(' ').includes(signature) ? JSON.parse(body) : undefined;
}
/** Lets the sender, which looks every second, send that many messages in total. */
async function deliver(count: number, seconds = 1): Promise<void> {
  await app.advanceSeconds(seconds);
  await receiver.until(count);
  await waitUntil(async () => (await get()).lastDelivery !== null, 'the delivery');
}

describe('the webhook', () => {
  test('is set with a secret that is shown once, and tells of changes', async () => {
    const made = await put({ url: receiver.url });
    expect(made).toEqual({
      ...{ url: receiver.url, enabled: true, secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]+=*$/) },
      ...{ lastDelivery: null, failingSince: null, pending: 0 },
    });
    // The sender looks every second, also by real time. While it is off, what is pending can be counted.
    expect((await put({ url: receiver.url, enabled: false })).secret).toBeNull();
    await appendState(app, 'expenses', 'exp-1', 2);
    expect(await get()).toMatchObject({ secret: null, pending: 2 });
    await put({ enabled: true });
    await deliver(1);
    const body = { type: 'changes.available', timestamp: expect.any(String), data: { cursor: expect.any(String) } };
    expect(verify(made.secret, 0)).toEqual(body);
    expect(await get()).toMatchObject({ pending: 0, lastDelivery: { status: 200 }, failingSince: null });
    const { data } = JSON.parse(receiver.received[0]?.body ?? '{}');
    const feed = await crm.send('GET', `/api/changes?cursor=${data.cursor}`);
    expect(feed).toMatchObject({ status: 200, body: { changes: [] } });
  });

  test('keeps the id of a message over its retries, signs each anew, and says since when it fails', async () => {
    await put({ url: receiver.url });
    receiver.answer(503);
    await appendState(app, 'expenses', 'exp-1', 1);
    await deliver(1);
    const { failingSince } = await get();
    expect(await get()).toMatchObject({ lastDelivery: { status: 503 }, failingSince: expect.any(String), pending: 1 });
    await deliver(2, 6);
    await waitUntil(async () => (await get()).lastDelivery?.at !== failingSince, 'the retry');
    receiver.answer(200);
    await deliver(3, 301);
    await waitUntil(async () => (await get()).pending === 0, 'the delivery');
    const ids = new Set(receiver.received.map(({ headers }) => headers['webhook-id']));
    const signatures = new Set(receiver.received.map(({ headers }) => headers['webhook-signature']));
    expect([ids.size, signatures.size]).toEqual([1, 3]);
    expect((await get()).failingSince).toBeNull();
  });

  test('signs with the old secret too for 24 hours after a new one was made', async () => {
    const { secret: old } = await put({ url: receiver.url });
    const { secret } = await put({ newSecret: true });
    expect(secret).not.toBe(old);
    await appendState(app, 'expenses', 'exp-1', 1);
    await deliver(1);
    expect([verify(old, 0), verify(secret, 0)]).toMatchObject([
      { type: 'changes.available' },
      { type: 'changes.available' },
    ]);
    await app.advanceSeconds(24 * 3600);
    await appendState(app, 'expenses', 'exp-1', 1);
    await deliver(2);
    expect([verify(old, 1), verify(secret, 1)]).toMatchObject([undefined, { type: 'changes.available' }]);
  });

  test('follows no redirect, and is not told while it is switched off', async () => {
    await put({ url: receiver.url });
    receiver.answer(302);
    await appendState(app, 'expenses', 'exp-1', 1);
    await deliver(1);
    expect(await get()).toMatchObject({ lastDelivery: { status: 302 }, failingSince: expect.any(String) });
    expect(receiver.received).toHaveLength(1);
    await put({ enabled: false });
    await app.advanceSeconds(3600);
    expect(await get()).toMatchObject({ enabled: false, pending: 1 });
    receiver.answer(204);
    await put({ enabled: true });
    await deliver(2);
  });

  test('of two processes, one sends', async () => {
    await put({ url: receiver.url });
    await appendState(app, 'expenses', 'exp-1', 1);
    const { deliverWebhook } = await import('#server/use-cases/sync/feed/deliver-webhook.ts');
    const other = { ...app.deps, processId: 'other', config: { ...app.deps.config, redisUrl: 'redis://elsewhere' } };
    const one = { ...other, processId: 'one' };
    await Promise.all([deliverWebhook(one, app.workspace.id), deliverWebhook(other, app.workspace.id)]);
    expect(receiver.received).toHaveLength(1);
  });
});

describe('a ping', () => {
  test('is sent at once and answers how it went', async () => {
    const { secret } = await put({ url: receiver.url });
    const pinged = await crm.send<Settings>('POST', '/api/sync/webhook/ping');
    expect(pinged).toMatchObject({ status: 200, body: { lastDelivery: { status: 200 }, secret: null } });
    expect(verify(secret, 0)).toMatchObject({ type: 'ping' });
    receiver.answer(500);
    expect((await crm.send<Settings>('POST', '/api/sync/webhook/ping')).body.lastDelivery?.status).toBe(500);
  });

  test('without a webhook is refused', async () => {
    expect(await crm.send('POST', '/api/sync/webhook/ping')).toMatchObject({ status: 409 });
    expect(await crm.send('PUT', '/api/sync/webhook', { newSecret: true })).toMatchObject({ status: 409 });
  });
});

test.each([
  ['http://crm.example/hooks', /https/],
  ['https://10.0.0.1/hooks', /private address/],
  ['https://localhost/hooks', /private address/],
  ['https://localhost./hooks', /private address/],
  ['https://me:secret@crm.example/hooks', /password/],
])('the address %s is refused', async (url, message) => {
  const { status, body } = await crm.send('PUT', '/api/sync/webhook', { url });
  const errors = [{ path: 'url', message: expect.stringMatching(message) }];
  expect([status, body]).toMatchObject([422, { code: 'preflight_failed', errors }]);
  expect((await get()).url).toBeNull();
});
