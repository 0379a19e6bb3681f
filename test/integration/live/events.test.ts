import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { linkRoute, unlinkRoute } from '#shared/contract/contact.ts';
import { chooseDocumentsRoute } from '#shared/contract/documents.ts';
import { type EventListener, listenToEvents } from '#test/support/network/event-listener.ts';
import { presets } from '#test/support/people/admin.ts';
import { newDocument, sendDocument } from '#test/support/people/documents.ts';
import type { VisitRequest } from '#test/support/people/visit.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let harbourId = '';
let tenantId = '';
const open: EventListener[] = [];
const access = { ben: presets.full, priya: presets.viewer };

beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
  await app.admin.grant(access);
  ({ contactId: harbourId } = await app.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd'));
  tenantId = (await app.deps.store.connections.find(app.workspace.id))?.organisationId ?? '';
});
afterEach(async () => {
  for (const listener of open.splice(0)) {
    listener.close();
    await listener.over;
  }
});
afterAll(() => app?.stop());

const nora: VisitRequest = { userId: 'ben', recordType: 'contact', recordId: '1001' };

async function listen(request: VisitRequest = nora): Promise<EventListener> {
  const { opened } = await app.visit(request);
  const listener = await listenToEvents(app.origin, opened.session.token);
  open.push(listener);
  return listener;
}

function names(listener: EventListener) {
  return listener.events().map(({ name }) => name);
}
function change(...contactIds: string[]) {
  return app.deps.news.announce({ organisationId: tenantId }, { kind: 'figures', contactIds, onlyBills: [] });
}

/** Reaches every listener of the workspace after all earlier news. */
async function flush(listener: EventListener): Promise<void> {
  const before = names(listener).filter((name) => name === 'session').length;
  await app.admin.grant({ ben: presets.sales });
  await listener.hear('session', before + 1);
  await app.admin.grant(access);
  await listener.hear('session', before + 2);
}

describe('the stream', () => {
  test('the stream must not be cached or changed on its way', async () => {
    const { status, headers, events } = await listen();
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/event-stream');
    expect(headers['cache-control']).toBe('no-store, no-transform');
    expect(headers['x-accel-buffering']).toBe('no');
    expect(headers['set-cookie']).toBeUndefined();
    expect(events()).toEqual([{ name: 'ready', data: {} }]);
  });

  test('when the bearer token is missing or wrong, then the answer is 401', async () => {
    expect(await (await fetch(`${app.origin}/api/events`)).json()).toMatchObject({ code: 'session_expired' });
    expect((await listenToEvents(app.origin, 'nobody')).status).toBe(401);
  });

  test('HEAD leaves no stream open', async () => {
    const { opened } = await app.visit(nora);
    const headers = { authorization: `Bearer ${opened.session.token}` };
    const answer = await fetch(`${app.origin}/api/events`, { method: 'HEAD', headers });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });

  test('sends a heartbeat every 15 seconds, which counts as viewing', async () => {
    const noted: string[] = [];
    const { noteViewer } = app.deps.changes;
    app.deps.changes.noteViewer = async (caller) => {
      noted.push(caller.organisationId);
      await noteViewer(caller);
    };
    const linked = await listen();
    await waitUntil(() => noted.length > 0, 'the first viewer');
    noted.length = 0;
    await app.advanceSeconds(15);
    await waitUntil(() => linked.beats() === 1 && noted.length > 0, 'a beat and a viewer');
    expect(new Set(noted)).toEqual(new Set([tenantId]));
    expect(names(linked)).toEqual(['ready']);
    app.deps.changes.noteViewer = noteViewer;
  });

  test('a record without figures is not viewing and calls nothing', async () => {
    const noted: string[] = [];
    const { noteViewer } = app.deps.changes;
    app.deps.changes.noteViewer = async ({ organisationId }) => void noted.push(organisationId);
    const { beats } = await listen({ ...nora, recordId: '1002' });
    await app.advanceSeconds(15);
    await waitUntil(() => beats() === 1, 'a beat');
    expect(noted).toEqual([]);
    app.deps.changes.noteViewer = noteViewer;
  });

  test('the stream ends with its session and says so', async () => {
    const listener = await listen();
    await app.advanceSeconds(15 * 60);
    await listener.over;
    expect(listener.events().at(-1)).toEqual({ name: 'end', data: { reason: 'session_expired' } });
  });

  test('a second stream of a session ends the first', async () => {
    const { opened } = await app.visit(nora);
    const first = await listenToEvents(app.origin, opened.session.token);
    const second = await listenToEvents(app.origin, opened.session.token);
    open.push(second);
    await first.over;
    expect(first.events().at(-1)).toEqual({ name: 'end', data: { reason: 'replaced' } });
    await change(harbourId);
    await second.hear('view');
  });

  test('a stopping server ends its streams at once', async () => {
    const other = await startApp();
    const { opened } = await other.visit({ ...nora, userId: 'olivia' });
    const listener = await listenToEvents(other.origin, opened.session.token);
    // Opened in advance, as browsers do.
    const spare = connect(Number(new URL(other.origin).port), 'localhost');
    await once(spare, 'connect');
    await other.stop();
    await listener.over;
    expect(listener.events().at(-1)).toEqual({ name: 'end', data: { reason: 'stopping' } });
  });
});

describe('whom it tells what', () => {
  test('a change of its figures is announced without name or amount', async () => {
    const listener = await listen();
    await change('00000000-0000-4000-8000-000000000001', harbourId);
    await listener.hear('view');
    expect(listener.events()).toEqual([
      { name: 'ready', data: {} },
      { name: 'view', data: {} },
    ]);
  });

  test('a hundred changes are announced first at once, then a second later', async () => {
    const listener = await listen();
    for (let index = 0; index < 100; index += 1) await change(harbourId);
    await listener.hear('view', 1);
    await app.advanceSeconds(1);
    await listener.hear('view', 2);
    await flush(listener);
    expect(names(listener).filter((name) => name === 'view')).toHaveLength(2);
  });

  test('changes of other contacts, records and workspaces are not announced', async () => {
    const listener = await listen();
    await change('00000000-0000-4000-8000-000000000001');
    await app.admin.link({ type: 'contact', id: '1004' }, 'Nordlys Trading AS');
    await app.deps.news.announce(
      { workspaceId: 'another' },
      { kind: 'records', records: [{ type: 'contact', id: '1001' }] },
    );
    await flush(listener);
    expect(names(listener).filter((name) => name === 'view')).toEqual([]);
    await app.admin.unlink({ type: 'contact', id: '1004' });
  });

  test('a link change is announced, and the new contact is followed', async () => {
    const request = { ...nora, recordId: '1003' };
    const listener = await listen(request);
    const other = await app.visit(request);
    await other.call(linkRoute, { body: { contactId: harbourId } });
    await listener.hear('view', 1);
    await app.advanceSeconds(1);
    await change(harbourId);
    await listener.hear('view', 2);
    await app.advanceSeconds(1);
    await other.call(unlinkRoute);
    await listener.hear('view', 3);
    await app.advanceSeconds(1);
    await change(harbourId);
    await flush(listener);
    expect(names(listener).filter((name) => name === 'view')).toHaveLength(3);
  });

  test('linking a person of a company is news for the company’s page', async () => {
    const contacts = [{ id: '1003', name: 'Tom' }];
    const listener = await listen({ userId: 'ben', recordType: 'company', recordId: '501', claims: { contacts } });
    await app.admin.link({ type: 'contact', id: '1003' }, 'Nordlys Trading AS');
    await listener.hear('view');
    await app.admin.unlink({ type: 'contact', id: '1003' });
  });

  test('a document chosen elsewhere is announced with its contact', async () => {
    const contacts = [{ id: '1001', name: 'Nora', role: 'primary' }];
    const request: VisitRequest = { userId: 'ben', recordType: 'deal', recordId: '9001', claims: { contacts } };
    const listener = await listen(request);
    const other = await app.visit(request);
    const { invoices } = await app.control.documents({ tenantId, contactId: harbourId });
    const [invoice] = invoices.filter(({ Status }) => Status === 'AUTHORISED');
    await other.call(chooseDocumentsRoute, {
      body: { add: [{ kind: 'invoice', id: invoice?.InvoiceID }], remove: [] },
    });
    await listener.hear('view', 1);
    // The document stays with the deal when its contact is no longer linked.
    await app.advanceSeconds(1);
    await app.admin.unlink({ type: 'contact', id: '1001' });
    await listener.hear('view', 2);
    await app.advanceSeconds(1);
    await change(harbourId);
    await listener.hear('view', 3);
    await app.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
  });

  test('changed rights are announced; without rights, no figures are', async () => {
    const [ben, priya] = [await listen(), await listen({ ...nora, userId: 'priya' })];
    await app.admin.grant({ ben: presets.full });
    await priya.hear('session');
    await change(harbourId);
    await ben.hear('view');
    expect(names(ben)).toEqual(['ready', 'view']);
    expect(names(priya)).toEqual(['ready', 'session']);
    await app.admin.grant(access);
    await priya.hear('session', 2);
  });

  test('a change of bills only is hidden without viewBills, with equal ETag', async () => {
    await app.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
    const priya = await listen({ ...nora, userId: 'priya' });
    const ben = await listen();
    const visit = await app.visit({ ...nora, userId: 'priya' });
    const readEtag = async () => (await visit.send('GET', '/api/view')).headers.get('etag');
    await readEtag();
    const before = await readEtag();
    const choices = await app.visit({ ...nora, userId: 'olivia' });
    const lines = [{ description: 'Oak', quantity: '1', unitAmount: '10.00', accountCode: '400', taxType: 'INPUT' }];
    const body = newDocument(harbourId, { number: `B-${Date.now()}`, lines });
    const added = await sendDocument(choices, { path: '/api/bills', key: randomUUID(), body });
    expect(added.status).toBe(201);
    await ben.hear('view');
    await flush(priya);
    expect(names(priya).filter((name) => name === 'view')).toEqual([]);
    expect(before).not.toBeNull();
    expect(await readEtag()).toBe(before);
  });

  test('changed access is news for settings', async () => {
    const settings = await listen({ userId: 'olivia', recordType: 'settings' });
    await app.admin.grant(access);
    await settings.hear('view');
  });

  test('disconnecting and reconnecting is announced to the workspace', async () => {
    const [ben, settings] = [await listen(), await listen({ userId: 'olivia', recordType: 'settings' })];
    await app.admin.disconnect();
    await Promise.all([ben.hear('session', 1), settings.hear('session', 1)]);
    await app.admin.connect();
    await Promise.all([ben.hear('session', 2), settings.hear('session', 2)]);
    await app.advanceSeconds(1);
    await change(harbourId);
    await ben.hear('view');
  });

  test('a disconnect inside Xero is announced once a call finds it', async () => {
    const listener = await listen();
    await app.control.disconnect();
    const visit = await app.visit(nora);
    await visit.send('GET', '/api/view?fresh=true');
    await listener.hear('session');
    await app.admin.connect();
  });
});
