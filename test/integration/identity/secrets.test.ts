import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportAuditRoute } from '#shared/contract/audit.ts';
import { openRoute } from '#shared/contract/session/open.ts';
import { disconnectRoute } from '#shared/contract/settings.ts';
import { signRecordToken } from '#test/sandbox/crm/sign.ts';
import { readText } from '#test/support/network/read-text.ts';
import { presets } from '#test/support/people/admin.ts';
import { newDocument } from '#test/support/people/documents.ts';
import type { Visit } from '#test/support/people/visit.ts';
import { crmOrigin, metricsToken, startApp, type TestApp } from '#test/support/world/app.ts';

const webhookKey = 'webhook-key-of-the-tests';
const person = { name: 'Zebulon Quartz', email: 'zebulon@quartz.example', phone: '+61 2 5550 1234' };

/** One server per log level, with everything it logged and refused. */
type Told = { app: TestApp; secrets: Record<string, string>; refusals: string[]; metrics: string };

describe.each(['debug', 'trace'])('at LOG_LEVEL %s, after a whole story', (level) => {
  let told: Told;
  beforeAll(async () => {
    told = await tellStory(level);
  }, 300_000);
  afterAll(() => told?.app.stop());

  test('logs contain no secret, no name and no amount', () => {
    const logs = told.app.logs();
    // The log must contain answers and failures; otherwise the test proves nothing.
    for (const mark of ['answered', 'request refused', '/api/invoices', 'xero_']) expect(logs).toContain(mark);
    expect(findIn(logs, { ...told.secrets, ...personal })).toEqual([]);
  });

  test('metrics contain no secret and no id', () => {
    expect(told.metrics).toContain('route="/api/view"');
    expect(findIn(told.metrics, { ...told.secrets, ...personal, record: '"1001"', user: 'olivia' })).toEqual([]);
  });

  test('refusals reveal no secret and do not repeat what was sent', () => {
    expect(told.refusals.length).toBeGreaterThan(15);
    for (const refusal of told.refusals) expect(findIn(refusal, { ...told.secrets, ...personal }), refusal).toEqual([]);
  });
});

/** Personal data of the CRM, Xero's contacts and their documents. */
const personal: Record<string, string> = {
  ...person,
  nora: 'Nora Lindqvist',
  noraEmail: 'nora@',
  admin: 'Olivia Hart',
  adminEmail: 'olivia.hart',
  contact: 'Harbour Lights',
  company: 'Harbour',
  line: 'Oak desk',
  price: '33.35',
  subTotal: '112.55',
  total: '123.81',
  file: 'receipt-of-nora.pdf',
};

function findIn(text: string, wanted: Record<string, string>): string[] {
  const lower = text.toLowerCase();
  return Object.entries(wanted).flatMap(([name, value]) => {
    const at = value === '' ? -1 : lower.indexOf(value.toLowerCase());
    return at < 0 ? [] : [`${name}: …${text.slice(Math.max(0, at - 200), at + 60)}`];
  });
}

async function tellStory(level: string): Promise<Told> {
  const app = await startApp({ env: { LOG_LEVEL: level, XERO_WEBHOOK_KEY: webhookKey } });
  const journey = await app.admin.connect();
  await app.admin.grant({ ben: presets.sales });
  const { contactId } = await app.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
  const admin = await app.visit({ userId: 'olivia', recordType: 'deal', recordId: '9001' });
  await work(app, admin, contactId);
  const tokens = await app.deps.xero.tokens.getAccessToken(app.workspace.id);
  const [recordToken, refusals] = await refuse(app, contactId);
  const settings = await app.visit({ userId: 'olivia', recordType: 'settings' });
  const csv = await settings.send('GET', exportAuditRoute.path);
  if (csv.status !== 200) throw new Error('the audit could not be exported');
  const metrics = await fetch(`${app.origin}/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } });
  await settings.call(disconnectRoute);
  const callback = new URL(journey.callbackUrl).searchParams;
  const secrets = {
    ...{ recordToken, webhookKey, metricsToken, session: admin.opened.session.token, accessToken: tokens.token },
    ...{ encryptionKey: app.encryptionKey, workspaceSecret: app.workspace.secret, clientSecret: app.xero.clientSecret },
    ...{
      state: callback.get('state') ?? '',
      code: callback.get('code') ?? '',
      settings: settings.opened.session.token,
    },
  };
  return { app, secrets, refusals, metrics: await readText(metrics) };
}

/** What people do, with faults of Xero in between. */
async function work(app: TestApp, admin: Visit, contactId: string): Promise<void> {
  const { organisation } = (await admin.send('GET', '/api/choices')).body as { organisation: { today: string } };
  const dates = { date: organisation.today, dueDate: organisation.today };
  const key = () => ({ 'idempotency-key': randomUUID() });
  const record = { type: 'contact', id: '1002' };
  await admin.send('POST', '/api/contacts', { ...person, record });
  const made: Record<string, string> = {};
  for (const kind of ['quotes', 'invoices', 'bills']) {
    const account =
      kind === 'bills' ? { accountCode: '400', taxType: 'INPUT' } : { accountCode: '200', taxType: 'OUTPUT' };
    const lines = [
      { description: 'Oak desk', quantity: '3', unitAmount: '33.35', ...account },
      { description: 'Delivery', quantity: '1', unitAmount: '12.50', ...account },
    ];
    const { status, body } = await admin.send(
      'POST',
      `/api/${kind}`,
      newDocument(contactId, { ...dates, lines }),
      key(),
    );
    if (status !== 201) throw new Error(JSON.stringify(body));
    made[kind] = (body as { document: { id: string } }).document.id;
  }
  const invoice = made.invoices ?? '';
  await admin.send('PUT', `/api/invoices/${invoice}/attachments/receipt-of-nora.pdf`, Buffer.from('Nora Lindqvist'));
  await admin.send('POST', `/api/invoices/${invoice}/actions`, { action: 'approve' }, key());
  await admin.send('PUT', '/api/deal/documents', { add: [{ kind: 'quote', id: made.quotes }] });
  for (const path of [
    '/api/view',
    '/api/contacts?search=Nora%20Lindqvist',
    '/api/documents?kind=invoice&search=Oak',
    `/api/documents/invoice/${invoice}`,
  ]) {
    await admin.send('GET', path);
  }
  await admin.send('GET', '/api/events');
  for (const fault of faults) {
    await app.control.fault({ ...fault, times: 1 });
    await admin.send('GET', '/api/view?fresh=true');
    await app.control.fault({ ...fault, times: 1 });
    await admin.send('POST', '/api/invoices', newDocument(contactId, dates), key());
    await app.control.clearFaults();
    await app.advanceSeconds(61);
  }
  await app.control.tokens({ expireAccess: true });
  await admin.send('GET', '/api/view?fresh=true');
  await sendWebhooks(app, contactId);
}

const echo = JSON.stringify({
  Message: 'The contact name Harbour Lights of Nora Lindqvist 123.81 is wrong',
  Elements: [],
});
const faults = [
  { kind: 'status', status: 500, body: echo },
  { kind: 'status', status: 400, body: JSON.parse(echo) },
  { kind: 'html' },
  { kind: 'truncate' },
  { kind: 'drop' },
  { kind: 'hang' },
  { kind: 'lose-answer' },
] as const;

async function sendWebhooks(app: TestApp, resourceId: string): Promise<void> {
  const tenantId = (await app.deps.store.connections.find(app.workspace.id))?.organisationId;
  const event = {
    resourceId,
    tenantId,
    eventType: 'UPDATE',
    eventCategory: 'INVOICE',
    resourceUrl: 'https://api.xero.com/x',
    note: 'Nora Lindqvist',
  };
  const body = JSON.stringify({
    events: [event],
    firstEventSequence: 1,
    lastEventSequence: 1,
    entropy: 'Nora Lindqvist',
  });
  const signature = createHmac('sha256', webhookKey).update(body).digest('base64');
  for (const one of [signature, 'wrong']) {
    await fetch(`${app.origin}/webhooks/xero`, { method: 'POST', body, headers: { 'x-xero-signature': one } });
  }
}

/** Everything answered with a problem document. None may repeat what was sent. */
async function refuse(app: TestApp, contactId: string): Promise<[token: string, refusals: string[]]> {
  const place = {
    productUrl: app.origin,
    workspace: app.workspace,
    userId: 'ben',
    recordType: 'contact',
    recordId: '1001',
    origin: crmOrigin,
  };
  const token = await signRecordToken({ ...place, now: app.clock.now() });
  const refusals: string[] = [];
  const send = async (method: string, path: string, body?: unknown, bearer = '') => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const headers = {
      'content-type': 'application/json',
      'idempotency-key': 'Nora-Lindqvist',
      authorization: `Bearer ${bearer}`,
    };
    const answer = await fetch(app.origin + path, { method, headers, ...(body !== undefined && { body: text }) });
    const answered = await readText(answer);
    if (answer.status >= 400) refusals.push(answered);
    return answered;
  };
  const open = { token, workspace: app.workspace.id };
  const ben = openRoute.response.parse(JSON.parse(await send('POST', '/api/open', open))).session.token;
  await send('POST', '/api/open', open);
  await send('POST', '/api/open', { token: `${token}x`, workspace: app.workspace.id });
  await send('POST', '/api/open', { token, workspace: 'Nora Lindqvist' });
  await send('GET', '/api/view', undefined, token);
  for (const body of [
    '{"name":"Nora Lindqvist',
    '"Nora Lindqvist"',
    '{"__proto__":"Nora Lindqvist"}',
    { record: 'Nora Lindqvist' },
  ]) {
    await send('POST', '/api/contacts', body, ben);
    await send('POST', '/api/quotes', body, ben);
  }
  const amounts = { ...newDocument(contactId), currency: 'Nora Lindqvist', lineAmountTypes: '123.81' };
  await send('POST', '/api/invoices', amounts, ben);
  for (const path of [
    '/api/documents?kind=Nora%20Lindqvist',
    '/api/documents?kind=bill',
    '/api/documents/bill/Nora%20Lindqvist',
    '/api/settings',
    '/Nora%20Lindqvist',
    '/api/view?fresh=Nora%20Lindqvist',
    '/api/quotes/%zzNora Lindqvist/pdf',
  ]) {
    await send('GET', path, undefined, ben);
  }
  await send('GET', '/metrics', undefined, 'Nora');
  return [token, refusals];
}
