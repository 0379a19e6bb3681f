import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Acting, startActing } from '#server/use-cases/acting/acting.ts';
import type { ManyHandler } from '#server/use-cases/writes/many/many-handler.ts';
import { writeMany } from '#server/use-cases/writes/many/write-many.ts';
import { AppError } from '#shared/app-error.ts';
import { listAuditRoute } from '#shared/contract/audit.ts';
import { adminId } from '#test/support/people/admin.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

const ada = { id: 'u-ada', name: 'Ada Admin' };
const orderId = randomUUID();
let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
  const workspace = { kind: 'workspace' as const, workspaceId: app.workspace.id, name: 'Acme CRM' };
  const asCrm = await startActing(app.deps, workspace);
  const asAda = await startActing(app.deps, { ...workspace, user: ada });
  await writeOrder(asCrm, 'po-1', { outcome: 'done', made: orderId });
  await writeOrder(asAda, 'po-2', { outcome: 'refused', error: new AppError('xero_rejected') });
});
afterAll(() => app.stop());

type Answer = Awaited<ReturnType<ManyHandler<string>['send']>>[number];

function writeOrder(acting: Acting, id: string, answer: Answer) {
  const about = { recordName: `Chairs ${id}` };
  const handler: ManyHandler<string> = {
    action: 'sync_create',
    about: () => about,
    send: async (writes) => writes.map(() => answer),
    find: async () => new Map(),
    toEnd: (_write, made) => ({
      ...{ result: made, documentId: made },
      about: { ...about, document: { kind: null, id: made, number: 'PO-9' } },
    }),
    parse: (result) => result,
  };
  const record = { type: 'purchase-order' as const, id };
  const prepare = () => ({ request: '{}', details: '{}' });
  return writeMany(acting, handler, [{ writeKey: id, kind: 'purchase-orders', record, bodyHash: id, prepare }]);
}

function openSettings() {
  return app.visit({ userId: adminId, recordType: 'settings' });
}

test('the audit says what sync did, to which record, and who asked', async () => {
  const { entries } = await (await openSettings()).call(listAuditRoute, { query: { action: 'sync_create' } });
  expect(entries.toReversed()).toMatchObject([
    {
      ...{ user: { id: app.workspace.id, name: 'Acme CRM' }, outcome: 'done', requestId: null },
      record: { type: 'purchase-order', id: 'po-1', name: 'Chairs po-1' },
      document: { kind: null, id: orderId, number: 'PO-9', url: null },
    },
    {
      ...{ user: ada, outcome: 'xero_rejected', document: null },
      record: { type: 'purchase-order', id: 'po-2', name: 'Chairs po-2' },
    },
  ]);
});

test('the exported file says the same in plain words', async () => {
  const { body } = await (await openSettings()).send('GET', '/api/audit.csv?action=sync_create');
  const rows = String(body).trimEnd().split('\r\n').slice(1).toReversed();
  expect(rows[0]).toContain(
    `Acme CRM,${app.workspace.id},Sent a record to Xero,Done,Chairs po-1,purchase-order,po-1,,,PO-9`,
  );
  expect(rows[1]).toContain(
    'Ada Admin,u-ada,Tried to send a record to Xero,Xero refused it,Chairs po-2,purchase-order,po-2',
  );
});
