import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getChoicesRoute } from '#shared/contract/choices.ts';
import { newDocument, sendDocument } from '#test/support/people/documents.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let contactId: string;
beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
  ({ contactId } = await app.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd'));
});
afterAll(() => app.stop());

test('an e-mail that another request is sending is not reported as failed', async () => {
  const session = await app.visit({ userId: 'olivia', recordType: 'contact', recordId: '1001' });
  const { today } = (await session.call(getChoicesRoute)).organisation;
  const body = newDocument(contactId, { date: today, dueDate: today, finish: 'approve_and_email' });
  const request = { path: '/api/invoices', key: randomUUID(), body };
  const sent = (await app.control.emails()).length;
  await app.control.fault({ kind: 'hold', method: 'POST', path: '/Email$' });
  const first = sendDocument(session, request);
  const isSending = async () => (await app.control.requests()).some(({ path }) => path.endsWith('/Email'));
  await waitUntil(isSending, 'the e-mail to be on its way');
  // The browser lost its connection, and the person pressed Save again.
  const again = await sendDocument(session, request);
  expect([again.status, again.body.warnings]).toEqual([201, expect.arrayContaining(['email_unknown'])]);
  expect(again.body.warnings).not.toContain('email_failed');
  await app.control.clearFaults();
  expect(await first).toMatchObject({ status: 201, body: { warnings: [] } });
  expect(await sendDocument(session, request)).toMatchObject({ status: 201, body: { warnings: [] } });
  expect((await app.control.emails()).length).toBe(sent + 1);
});
