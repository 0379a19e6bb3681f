import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listAuditRoute } from '#shared/contract/audit.ts';
import { sendRaw } from '#test/support/network/raw-http.ts';
import { adminId, presets } from '#test/support/people/admin.ts';
import { newDocument, sendDocument } from '#test/support/people/documents.ts';
import type { Visit } from '#test/support/people/visit.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let contactId: string;
beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
  await app.admin.grant({ ben: presets.full });
  ({ contactId } = await app.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd'));
});
afterAll(() => app.stop());
// A new minute, so that each test has Xero's full limit.
beforeEach(() => app.advanceSeconds(61));

function open() {
  return app.visit({ userId: 'ben', recordType: 'contact', recordId: '1001' });
}

async function add(session: Visit): Promise<string> {
  const body = newDocument(contactId);
  const answer = await sendDocument(session, { path: '/api/invoices', key: randomUUID(), body });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer));
  return (answer.body.document as { id: string }).id;
}

describe('names of attached files', () => {
  test('refuses a file name of dots in any spelling before calling Xero', async () => {
    const session = await open();
    const id = await add(session);
    await app.control.clearRequests();
    const { token } = session.opened.session;
    for (const name of ['.', '..', '...', '%2e', '%2e%2e', '.%2E', '%252e%252e', '%25252e.', '%20..%20', '.%20.']) {
      const path = `/api/invoices/${id}/attachments/${name}`;
      const head = `PUT ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-length: 1\r\n`;
      const { status, body } = await sendRaw(app.origin, `${head}content-type: text/plain\r\n\r\nx`);
      expect([name, status, JSON.parse(body).code]).toEqual([name, 400, 'invalid_request']);
    }
    expect(await app.control.requests()).toEqual([]);
  });

  test('removes spaces around a file name', async () => {
    const session = await open();
    const id = await add(session);
    const answer = await session.send('PUT', `/api/invoices/${id}/attachments/%20plan.txt%20`, Buffer.from('a plan'));
    expect(answer).toMatchObject({ status: 200, body: { fileName: 'plan.txt' } });
    expect(await app.control.attachments(id)).toMatchObject([{ fileName: 'plan.txt' }]);
  });

  test('the gateway sends nothing for a name of dots', async () => {
    const session = await open();
    const id = await add(session);
    await app.control.clearRequests();
    const { organisationId = null } = (await app.deps.store.connections.find(app.workspace.id)) ?? {};
    const caller = { workspaceId: app.workspace.id, organisationId: organisationId ?? '', priority: 'person' as const };
    const file = { contentType: 'text/plain', bytes: Buffer.from('x'), idempotencyKey: randomUUID() };
    for (const fileName of ['.', '..']) {
      const attached = app.deps.xero.attachFile(caller, { kind: 'invoice', id }, { ...file, fileName });
      await expect(attached).rejects.toMatchObject({ code: 'invalid_request' });
    }
    await expect(app.deps.xero.getPdf(caller, { kind: 'invoice', id: '..' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    await expect(app.deps.xero.deleteConnection('token', '..')).rejects.toMatchObject({ code: 'invalid_request' });
    expect(await app.control.requests()).toEqual([]);
  });
});

describe('the audit of attached files', () => {
  const latest = async () => {
    const settings = await app.visit({ userId: adminId, recordType: 'settings' });
    return (await settings.call(listAuditRoute, { query: { action: 'attach_file' } })).entries[0];
  };

  test('records a file that was refused or whose answer was lost', async () => {
    const session = await open();
    const id = await add(session);
    const put = () => session.send('PUT', `/api/invoices/${id}/attachments/plan.txt`, Buffer.from('a plan'));
    const tried = { fileName: 'plan.txt', document: { kind: 'invoice', id }, record: { type: 'contact', id: '1001' } };
    await app.control.fault({ kind: 'status', status: 400, path: '/Attachments/' });
    expect((await put()).status).toBe(422);
    expect(await latest()).toMatchObject({ ...tried, outcome: 'xero_rejected' });
    await app.control.fault({ kind: 'lose-answer', path: '/Attachments/' });
    expect((await put()).status).toBeGreaterThanOrEqual(500);
    expect(await latest()).toMatchObject({ ...tried, outcome: 'unknown' });
  });
});
