import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { webhookKey } from '#test/support/programs/product.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let woken: string[] = [];
let tenantId = '';

beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
  tenantId = (await app.deps.store.connections.find(app.workspace.id))?.organisationId ?? '';
  const { wake } = app.deps.changes;
  app.deps.changes.wake = async (organisationId) => {
    woken.push(organisationId);
    await wake(organisationId);
  };
  expect(await app.control.webhooks({ url: `${app.origin}/webhooks/xero`, key: webhookKey })).toEqual({ reason: null });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  woken = [];
  await app.control.clearRequests();
});

function addContact(Name: string) {
  return app.control.addContact({ tenantId, Name });
}
function posted(count: number) {
  return waitUntil(async () => (await app.control.webhookPosts()).length >= count, `${count} webhooks`);
}

function event(more: Record<string, unknown> = {}) {
  return {
    resourceUrl: 'https://api.xero.com/api.xro/2.0/Invoices/1',
    resourceId: '0a0b0c0d-0000-4000-8000-000000000001',
    eventDateUtc: '2026-11-20T10:00:00.000',
    eventType: 'UPDATE',
    eventCategory: 'INVOICE',
    tenantId,
    tenantType: 'ORGANISATION',
    ...more,
  };
}
function toBody(...events: unknown[]) {
  return JSON.stringify({ events, firstEventSequence: 1, lastEventSequence: events.length, entropy: 'ABC' });
}

function send(body: string | Buffer, headers: Record<string, string> = {}) {
  return fetch(`${app.origin}/webhooks/xero`, {
    method: 'POST',
    body: new Blob([new Uint8Array(Buffer.from(body))]),
    headers,
  });
}
function sign(body: string | Buffer) {
  return {
    'x-xero-signature': createHmac('sha256', webhookKey).update(body).digest('base64'),
    'content-type': 'application/json',
  };
}

describe('what Xero asks of a receiver', () => {
  test('the intent-to-receive check accepts only valid signatures', async () => {
    // The sandbox ran this check before the subscription. Runs again, so that this test is independent.
    expect(await app.control.webhooks({ url: `${app.origin}/webhooks/xero`, key: webhookKey })).toEqual({
      reason: null,
    });
    expect(await app.control.webhooks({ url: `${app.origin}/webhooks/xero`, key: 'another key' })).toEqual({
      reason: 'signed right: status (401)',
    });
    await app.control.webhooks({ url: `${app.origin}/webhooks/xero`, key: webhookKey });
    expect(woken).toEqual([]);
  });

  test('a valid signature gets an empty 200 without cookies or calls to Xero', async () => {
    const body = toBody(event());
    const answer = await send(body, sign(body));
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(woken).toEqual([tenantId]);
    expect(await app.control.requests()).toEqual([]);
  });

  test.each([
    ['missing', () => ({})],
    ['empty', () => ({ 'x-xero-signature': '' })],
    ['no base64', () => ({ 'x-xero-signature': '\u00fc%%' })],
    ['of other bytes', () => sign(toBody())],
    ['cut short', (body: string) => ({ 'x-xero-signature': sign(body)['x-xero-signature'].slice(0, 20) })],
  ])('when the signature is %s, then the answer is 401 and empty', async (_name, headers) => {
    const body = toBody(event());
    const answer = await send(body, headers(body));
    expect([answer.status, await answer.text()]).toEqual([401, '']);
    expect(woken).toEqual([]);
  });

  test('the signature is checked over the raw bytes', async () => {
    const body = ` ${toBody(event()).replaceAll(':', ' : ')}\n`;
    expect((await send(body, sign(body))).status).toBe(200);
    expect((await send(JSON.stringify(JSON.parse(body)), sign(body))).status).toBe(401);
  });

  test.each([
    ['no JSON', 'not JSON'],
    ['no object', '[]'],
    ['empty', ''],
    ['events of no shape', '{"events":[null,1,"x",{},{"tenantId":7}]}'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00])],
  ])('a signed body that is %s is accepted and wakes nobody', async (_name, body) => {
    expect((await send(body, sign(body))).status).toBe(200);
    expect(woken).toEqual([]);
  });

  test('when the body is beyond its bound, then it is refused', async () => {
    const body = 'x'.repeat(1024 * 1024 + 1);
    expect((await send(body, sign(body))).status).toBe(413);
  });

  test('when the store hangs, then the answer still comes in time', async () => {
    const { connections } = app.deps.store;
    const { listByOrganisation } = connections;
    let asked = false;
    connections.listByOrganisation = () => {
      asked = true;
      return new Promise(() => undefined);
    };
    const body = toBody(event());
    const answer = send(body, sign(body));
    await waitUntil(() => asked, 'the store to be asked');
    await app.advanceSeconds(3);
    expect((await answer).status).toBe(200);
    connections.listByOrganisation = listByOrganisation;
  });
});

describe('whom it wakes', () => {
  test('wakes each connected organisation once and skips others', async () => {
    const body = toBody(
      event({ tenantId: '11111111-1111-4111-8111-111111111111' }),
      event(),
      event({ tenantId: tenantId.toUpperCase(), eventCategory: 'CREDITNOTE' }),
    );
    expect((await send(body, sign(body))).status).toBe(200);
    expect(woken).toEqual([tenantId]);
  });

  test('wakes for an unknown category, but not for billing', async () => {
    const unknown = toBody(event({ eventCategory: 'TIMESHEET', shape: { a: 1 } }));
    expect((await send(unknown, sign(unknown))).status).toBe(200);
    expect(woken).toEqual([tenantId]);
    const billing = toBody(event({ eventCategory: 'SUBSCRIPTION' }));
    expect((await send(billing, sign(billing))).status).toBe(200);
    expect(woken).toEqual([tenantId]);
  });

  test('accepts duplicates, disorder and unknown events', async () => {
    const before = (await app.control.webhookPosts()).length;
    await app.control.webhookFault({ kind: 'duplicate' });
    await app.control.webhookFault({ kind: 'unknown-category' });
    await addContact('Doubled');
    await addContact('Strange');
    await posted(before + 3);
    await app.control.holdWebhooks();
    await addContact('Second');
    await addContact('First');
    await app.control.releaseWebhooks({ order: 'newest first' });
    await posted(before + 5);
    await app.control.webhookFault({ kind: 'wrong-signature' });
    await addContact('Forged');
    await posted(before + 6);
    const posts = (await app.control.webhookPosts()).slice(before);
    expect(posts.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 401]);
    expect(woken).toHaveLength(5);
  });

  test('logs contain nothing of a webhook', async () => {
    const secret = '0a0b0c0d-5555-4000-8000-000000000001';
    const body = toBody(event({ resourceId: secret, resourceUrl: `https://api.xero.com/${secret}`, note: secret }));
    await send(body, sign(body));
    await send(`${body} `, sign(body));
    expect(app.logs()).not.toContain(secret);
    expect(app.logs()).not.toContain(webhookKey);
  });

  test('webhooks wake nobody after the admin disconnected', async () => {
    await app.admin.disconnect();
    const body = toBody(event());
    expect((await send(body, sign(body))).status).toBe(200);
    expect(woken).toEqual([]);
  });
});

test('without a key, the address does not exist', async () => {
  const other = await startApp({ env: { XERO_WEBHOOK_KEY: '' } });
  const body = toBody();
  const answer = await fetch(`${other.origin}/webhooks/xero`, { method: 'POST', body, headers: sign(body) });
  expect([answer.status, await answer.json()]).toEqual([404, expect.objectContaining({ code: 'not_found' })]);
  await other.stop();
});
