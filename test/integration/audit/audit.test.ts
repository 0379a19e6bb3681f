import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AuditEntry, listAuditRoute } from '#shared/contract/audit.ts';
import { getChoicesRoute } from '#shared/contract/choices.ts';
import { createContactRoute } from '#shared/contract/contact.ts';
import type { DocumentAnswer, DocumentKind } from '#shared/contract/document.ts';
import { chooseDocumentsRoute } from '#shared/contract/documents.ts';
import { putSettingsRoute } from '#shared/contract/settings.ts';
import { type AuditAction, auditActionGroups, auditActionWords } from '#shared/words/audit-words.ts';
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
  ({ contactId } = await app.admin.link(nora, 'Harbour Lights Pty Ltd'));
});
afterAll(() => app.stop());
// A new minute, so that each test has Xero's full limit.
beforeEach(async () => {
  await app.control.clearFaults();
  await app.advanceSeconds(61);
});

const nora = { type: 'contact', id: '1001' } as const;
const paths = { quote: '/api/quotes', invoice: '/api/invoices', bill: '/api/bills' };

function open(userId = 'ben', recordType = 'contact', recordId = '1001') {
  return app.visit({ userId, recordType, recordId });
}
async function list(query: Record<string, string> = {}) {
  return (await app.visit({ userId: adminId, recordType: 'settings' })).call(listAuditRoute, { query });
}
/** The newest entry first, as in settings. */
async function latest(action: AuditAction): Promise<AuditEntry> {
  const [entry] = (await list({ action })).entries;
  if (!entry) throw new Error(`nothing of ${action} stands in the audit`);
  return entry;
}

function toBody(kind: DocumentKind, today: string, change: object = {}) {
  const account =
    kind === 'bill' ? { accountCode: '400', taxType: 'INPUT' } : { accountCode: '200', taxType: 'OUTPUT' };
  const lines = [{ description: 'Desk', quantity: '2', unitAmount: '10.00', ...account }];
  return newDocument(contactId, { date: today, dueDate: today, lines, ...change });
}
async function add(session: Visit, kind: DocumentKind, change: object = {}): Promise<DocumentAnswer> {
  const { today } = (await session.call(getChoicesRoute)).organisation;
  const body = toBody(kind, today, change);
  const answer = await sendDocument(session, { path: paths[kind], key: randomUUID(), body });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer));
  return answer.body.document as DocumentAnswer;
}
function act(session: Visit, { kind, id }: DocumentAnswer, action: string) {
  return sendDocument(session, { path: `${paths[kind]}/${id}/actions`, key: randomUUID(), body: { action } });
}

describe('every act is written down', () => {
  test('records connecting, or failing to, with who asked', async () => {
    await app.admin.connect({ deny: true });
    expect(await latest('connect')).toMatchObject({
      user: { id: adminId, name: 'Olivia Hart' },
      outcome: 'consent_denied',
    });
    expect((await list({ action: 'connect' })).entries.map(({ outcome }) => outcome)).toContain('connected');
  });

  test('shows old and new values of changed access and defaults', async () => {
    const session = await open(adminId, 'settings');
    const access = [
      { userId: 'ben', rights: [...presets.full] },
      { userId: 'priya', rights: ['view' as const] },
    ];
    await session.call(putSettingsRoute, { body: { access, defaults: { salesAccountCode: '200' } } });
    await session.call(putSettingsRoute, {
      body: { access: access.slice(0, 1), defaults: { salesAccountCode: '260' } },
    });
    const [second, first] = (await list({ action: 'change_access' })).entries;
    expect(first?.changes).toEqual([{ name: 'Priya Nair', before: null, after: 'view' }]);
    expect(second?.changes).toEqual([{ name: 'Priya Nair', before: 'view', after: null }]);
    expect((await latest('change_defaults')).changes).toEqual([
      { name: 'salesAccountCode', before: '200', after: '260' },
    ]);
  });

  test('names record and contact of a link or unlink, with a link to Xero', async () => {
    await app.admin.unlink(nora);
    await app.admin.link(nora, 'Harbour Lights Pty Ltd');
    const about = {
      user: { id: adminId },
      record: { ...nora, name: 'Nora Lindqvist' },
      contact: { id: contactId, name: 'Harbour Lights Pty Ltd', url: expect.stringContaining(contactId) },
    };
    expect(await latest('link')).toMatchObject({ ...about, outcome: 'linked' });
    expect(await latest('unlink')).toMatchObject({ ...about, outcome: 'unlinked' });
  });

  test('names an added contact', async () => {
    const session = await open('ben', 'contact', '1004');
    const { contact } = await session.call(createContactRoute, { body: { name: 'Audit Trail Ltd' } });
    const about = { id: contact.id, name: 'Audit Trail Ltd' };
    expect(await latest('create_contact')).toMatchObject({
      outcome: 'created',
      contact: about,
      record: { id: '1004' },
    });
    expect(await latest('link')).toMatchObject({ user: { id: 'ben' }, contact: about });
  });

  test('gives each added document its number and link to Xero', async () => {
    const session = await open();
    for (const kind of ['quote', 'invoice', 'bill'] as const) {
      const { id, number, url } = await add(session, kind, kind === 'bill' ? { number: randomUUID() } : {});
      expect(await latest(`create_${kind}`)).toMatchObject({
        outcome: 'created',
        user: { id: 'ben', name: 'Ben Carter' },
        document: { kind, id, number, url },
        record: nora,
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
    }
  });

  test('records attempts that Xero refused or whose answer was lost', async () => {
    const session = await open();
    const { today } = (await session.call(getChoicesRoute)).organisation;
    const request = { path: paths.invoice, key: randomUUID(), body: toBody('invoice', today) };
    await app.control.fault({ kind: 'status', status: 400, method: 'PUT', path: '/Invoices$' });
    await sendDocument(session, request);
    expect(await latest('create_invoice')).toMatchObject({ outcome: 'xero_rejected', contact: { id: contactId } });
    await app.control.fault({ kind: 'lose-answer', method: 'PUT', path: '/Invoices$' });
    expect((await sendDocument(session, request)).status).toBe(502);
    expect(await latest('create_invoice')).toMatchObject({ outcome: 'unknown' });
    expect((await sendDocument(session, request)).status).toBe(201);
    expect(await latest('create_invoice')).toMatchObject({ outcome: 'created' });
  });

  test('names the document of each action', async () => {
    const session = await open(adminId);
    const quote = await add(session, 'quote');
    for (const action of ['mark_sent', 'decline', 'mark_sent', 'accept'] as const) {
      expect((await act(session, quote, action)).status).toBe(200);
      const { id, number } = quote;
      expect(await latest(`document_${action}`)).toMatchObject({
        outcome: 'done',
        document: { kind: 'quote', id, number },
      });
    }
    expect((await act(session, quote, 'convert_to_invoice')).status).toBe(200);
    expect(await latest('document_convert_to_invoice')).toMatchObject({ outcome: 'done', document: { id: quote.id } });
    const invoice = await add(session, 'invoice');
    for (const action of ['submit', 'approve', 'email', 'void'] as const) {
      expect((await act(session, invoice, action)).status).toBe(200);
      expect(await latest(`document_${action}`)).toMatchObject({ user: { id: adminId }, document: { id: invoice.id } });
    }
    const draft = await add(session, 'bill', { number: randomUUID() });
    await act(session, draft, 'delete');
    expect(await latest('document_delete')).toMatchObject({ document: { kind: 'bill', id: draft.id } });
  });

  test('records an e-mail with an invoice as an act of its own', async () => {
    const session = await open(adminId);
    const invoice = await add(session, 'invoice', { finish: 'approve_and_email' });
    expect(await latest('document_email')).toMatchObject({
      outcome: 'done',
      user: { id: adminId },
      document: { id: invoice.id, number: invoice.number },
    });
  });

  test('names an attached file', async () => {
    const session = await open();
    const { id } = await add(session, 'invoice');
    await session.send('PUT', `/api/invoices/${id}/attachments/plan.txt`, new TextEncoder().encode('plan'));
    expect(await latest('attach_file')).toMatchObject({
      fileName: 'plan.txt',
      document: { kind: 'invoice', id },
      record: nora,
    });
  });

  test('records only changed choices of a deal’s documents', async () => {
    const { id, kind, number } = await add(await open(), 'quote');
    const deal = await open('ben', 'deal', '9001');
    await deal.call(chooseDocumentsRoute, { body: { add: [{ kind, id }] } });
    expect(await latest('choose_document')).toMatchObject({
      document: { kind, id, number },
      record: { type: 'deal', id: '9001' },
    });
    await deal.call(chooseDocumentsRoute, { body: { remove: [{ kind, id }] } });
    await deal.call(chooseDocumentsRoute, { body: { remove: [{ kind, id }] } });
    const dropped = (await list({ action: 'drop_document' })).entries;
    expect(dropped.map(({ document }) => document?.id)).toEqual([id]);
  });

  test('records that an unfinished document was discarded', async () => {
    const session = await open();
    const { today } = (await session.call(getChoicesRoute)).organisation;
    const request = { path: paths.invoice, key: randomUUID(), body: toBody('invoice', today) };
    await app.control.fault({ kind: 'drop', method: 'PUT', path: '/Invoices$' });
    const { write } = (await sendDocument(session, request)).body as { write: { id: string } };
    await app.control.clearFaults();
    await app.advanceSeconds(120);
    expect((await session.send('POST', `/api/writes/${write.id}/resolve`, { action: 'discard' })).status).toBe(200);
    expect(await latest('discard_write')).toMatchObject({
      outcome: 'discarded',
      record: nora,
      contact: { id: contactId },
    });
  });
});

describe('the audit', () => {
  test('all pages together are complete, newest first, with who and when', async () => {
    const entries: AuditEntry[] = [];
    let page = await list();
    for (;;) {
      entries.push(...page.entries);
      if (page.next === null) break;
      page = await list({ before: page.next });
    }
    const rows = await app.deps.store.audit.list(app.workspace.id, { limit: 1000 });
    expect(entries.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    expect(entries.map(({ at }) => at)).toEqual(
      entries
        .map(({ at }) => at)
        .toSorted()
        .reverse(),
    );
    for (const { user, requestId } of entries) expect([user.id, user.name, requestId].every(Boolean)).toBe(true);
    // Every other action was done above. These have tests of their own.
    const elsewhere = ['disconnect', 'reconnect_needed', 'restore', 'reseal', 'move_link'];
    const done = new Set([...entries.map(({ action }) => action), ...auditActionGroups.Sync]);
    expect(Object.keys(auditActionWords).filter((action) => !done.has(action))).toEqual(elsewhere);
  });

  test('a filter by person and action returns only those', async () => {
    const { users, entries } = await list({ userId: 'ben', action: 'create_quote' });
    expect(users).toEqual([
      { id: 'ben', name: 'Ben Carter' },
      { id: adminId, name: 'Olivia Hart' },
    ]);
    expect(new Set(entries.map(({ user, action }) => `${user.id} ${action}`))).toEqual(new Set(['ben create_quote']));
  });

  test('refuses page and file to people who are not admins', async () => {
    const session = await open('ben');
    for (const path of ['/api/audit', '/api/audit.csv']) {
      expect(await session.send('GET', path)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
  });

  test('exports a file for Excel with a row for each act', async () => {
    const session = await open(adminId, 'settings');
    const { status, headers, body } = await session.send('GET', '/api/audit.csv?action=create_quote');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="ledgerside-audit-[\d-]+\.csv"$/);
    const lines = String(body).trimEnd().split('\r\n');
    const { entries } = await list({ action: 'create_quote' });
    expect(lines).toHaveLength(1 + entries.length);
    expect(lines[1]).toContain('Added a quote,Done,Nora Lindqvist,contact,1001');
  });

  test('streams every act when there are more than are read at once', async () => {
    const most = 1_200;
    const [row] = await app.deps.store.audit.list(app.workspace.id, { limit: 1 });
    if (!row) throw new Error('nothing has been written down');
    for (let index = 0; index < most; index += 1) {
      await app.deps.store.audit.append({ ...row, id: randomUUID(), userId: 'bulk', requestId: `bulk-${index}` });
    }
    const { headers, body } = await (await open(adminId, 'settings')).send('GET', '/api/audit.csv?userId=bulk');
    expect(headers.get('content-length')).toBeNull();
    const requests = new Set(String(body).match(/bulk-\d+/g));
    expect(requests.size).toBe(most);
  });

  test('records when the connection ends and returns, and loses nothing', async () => {
    const before = (await app.deps.store.audit.list(app.workspace.id, { limit: 5000 })).map(({ id }) => id);
    await app.control.disconnect();
    await (await open()).send('GET', '/api/view?fresh=true');
    expect(await latest('reconnect_needed')).toMatchObject({
      outcome: 'disconnected_in_xero',
      user: { name: 'Ledgerside' },
      requestId: null,
    });
    await app.admin.disconnect();
    expect(await latest('disconnect')).toMatchObject({ user: { id: adminId }, outcome: 'disconnected' });
    const { organisations } = await app.control.seedInfo();
    await app.admin.connect({ organisations: [organisations[1]?.tenantId ?? ''] });
    // Documents of another organisation have no page to link to.
    expect((await latest('create_quote')).document?.url).toBeNull();
    const after = (await app.deps.store.audit.list(app.workspace.id, { limit: 5000 })).map(({ id }) => id);
    expect(after.slice(-before.length)).toEqual(before);
  });
});
