import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildStepHandlers } from '#server/use-cases/documents/step-handlers.ts';
import { repeatOpenSteps } from '#server/use-cases/writes/steps/repeat-steps.ts';
import { getChoicesRoute } from '#shared/contract/choices.ts';
import { getViewRoute } from '#shared/contract/session/view.ts';
import { presets } from '#test/support/people/admin.ts';
import { newDocument, sendDocument } from '#test/support/people/documents.ts';
import type { Visit } from '#test/support/people/visit.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let contactId: string;
beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
  await app.admin.grant({ ben: presets.full, priya: presets.viewer });
  ({ contactId } = await app.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd'));
});
afterAll(() => app.stop());
// A new minute, so that each test has Xero's full limit.
beforeEach(() => app.advanceSeconds(61));

function open(userId = 'ben') {
  return app.visit({ userId, recordType: 'contact', recordId: '1001' });
}
async function today(session: Visit) {
  return (await session.call(getChoicesRoute)).organisation.today;
}
async function puts(path: RegExp) {
  return (await app.control.requests()).filter((call) => call.method === 'PUT' && path.test(call.path));
}

describe('adding', () => {
  test('an added invoice matches the preview, has its note and counts at once', async () => {
    const session = await open();
    const before = await session.call(getViewRoute);
    await app.control.clearRequests();
    const body = newDocument(contactId, { date: await today(session) });
    const answer = await sendDocument(session, { path: '/api/invoices', key: randomUUID(), body });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        document: { kind: 'invoice', status: 'DRAFT', subTotal: '112.55', currency: 'AUD' },
        warnings: [],
      },
    });
    // 100.05 and 12.50 with 10 % on each line: 10.01 and 1.25.
    const { document, previewTotal } = answer.body as { document: { total: string }; previewTotal: string };
    expect([previewTotal, document.total]).toEqual(['123.81', '123.81']);
    const [sent] = await puts(/\/Invoices$/);
    expect(sent).toMatchObject({ query: expect.objectContaining({ unitdp: '4' }) });
    expect(await puts(/History$/)).toHaveLength(1);
    await app.control.clearRequests();
    const after = await session.call(getViewRoute);
    expect(await app.control.requests()).toEqual([]);
    const drafts = (view: typeof after) => ('summary' in view ? view.summary?.drafts.invoices.count : null);
    expect(drafts(after)).toBe((drafts(before) ?? 0) + 1);
    const [act] = await app.deps.store.audit.list(app.workspace.id, { limit: 1 });
    expect(act).toMatchObject({ action: 'create_invoice', outcome: 'created', userId: 'ben', contactId });
  });

  test('keeps a quote’s tracking and account tax, as in the preview', async () => {
    const session = await open();
    const { tracking } = await session.call(getChoicesRoute);
    const region = tracking.find(({ name }) => name === 'Region');
    const east = region?.options.find(({ name }) => name === 'East');
    const lines = [
      {
        ...{ description: 'Desk', quantity: '1', unitAmount: '100', accountCode: '200' },
        tracking: [{ categoryId: region?.id, optionId: east?.id }],
      },
    ];
    const body = newDocument(contactId, { date: await today(session), lines });
    const answer = await sendDocument(session, { path: '/api/quotes', key: randomUUID(), body });
    expect(answer).toMatchObject({
      status: 201,
      body: { document: { total: '110.00' }, previewTotal: '110.00', warnings: [] },
    });
    const { id } = answer.body.document as { id: string };
    expect(await session.send('GET', `/api/documents/quote/${id}`)).toMatchObject({
      body: { lines: [{ taxType: 'OUTPUT', tracking: [{ name: 'Region', option: 'East' }] }] },
    });
  });

  test.each([
    ['quote', '/api/quotes', { expiryDate: '2026-12-31', title: 'Desks' }],
    ['bill', '/api/bills', { number: `B-${randomUUID().slice(0, 8)}` }],
  ])('adding a %s twice with one key makes one and answers the same', async (kind, path, change) => {
    const session = await open();
    const line = kind === 'bill' ? { accountCode: '400', taxType: 'INPUT' } : { accountCode: '200', taxType: 'OUTPUT' };
    const lines = [{ description: 'Desk', quantity: '2', unitAmount: '10.00', ...line }];
    const body = newDocument(contactId, { ...change, lines, date: await today(session) });
    await app.control.clearRequests();
    const request = { path, key: randomUUID(), body };
    const first = await sendDocument(session, request);
    expect(first).toMatchObject({ status: 201, body: { document: { kind, total: expect.stringMatching(/^22/) } } });
    const [again, twin] = await Promise.all([sendDocument(session, request), sendDocument(session, request)]);
    expect([again.body, twin.body]).toEqual([first.body, first.body]);
    expect(await puts(/\/(Invoices|Quotes)$/)).toHaveLength(1);
    const other = await sendDocument(session, { ...request, body: { ...body, currency: 'USD' } });
    expect(other).toMatchObject({ status: 409, body: { code: 'already_created', document: { kind } } });
  });
});

describe('outcome unknown', () => {
  test('after a lost answer, saving again finds the document', async () => {
    const session = await open();
    const body = newDocument(contactId, { date: await today(session) });
    const request = { path: '/api/invoices', key: randomUUID(), body };
    await app.control.fault({ kind: 'lose-answer', method: 'PUT', path: '/Invoices$' });
    await app.control.clearRequests();
    const lost = await sendDocument(session, request);
    expect(lost).toMatchObject({ status: 502, body: { code: 'xero_unreachable', write: { kind: 'invoice' } } });
    const view = await session.call(getViewRoute);
    expect(view).toMatchObject({ unfinished: [{ kind: 'invoice', idempotencyKey: request.key, state: 'pending' }] });
    const other = await sendDocument(session, { ...request, body: { ...body, reference: 'other' } });
    expect(other).toMatchObject({ status: 409, body: { code: 'outcome_unknown' } });
    const found = await sendDocument(session, request);
    expect(found).toMatchObject({ status: 201 });
    expect(await puts(/\/Invoices$/)).toHaveLength(1);
    expect(await session.call(getViewRoute)).not.toHaveProperty('unfinished');
  });

  test('sends again with the same key when nothing was made', async () => {
    const session = await open();
    const body = newDocument(contactId, { date: await today(session) });
    const request = { path: '/api/invoices', key: randomUUID(), body };
    await app.control.fault({ kind: 'drop', method: 'PUT', path: '/Invoices$' });
    await app.control.clearRequests();
    expect(await sendDocument(session, request)).toMatchObject({ status: 502 });
    expect(await sendDocument(session, request)).toMatchObject({ status: 201 });
    const [one, two, ...more] = await puts(/\/Invoices$/);
    expect([one?.idempotencyKey, more]).toEqual([two?.idempotencyKey, []]);
    expect(one?.idempotencyKey).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each(['invoice', 'quote'])('a %s whose answer was lost is found after ten minutes', async (kind) => {
    const session = await open();
    const date = await today(session);
    const request = { path: `/api/${kind}s`, key: randomUUID(), body: newDocument(contactId, { date }) };
    await app.control.fault({ kind: 'lose-answer', method: 'PUT', path: '/(Invoices|Quotes)$' });
    await sendDocument(session, request);
    await app.advanceSeconds(600);
    await app.control.clearRequests();
    const later = await open();
    expect(await sendDocument(later, request)).toMatchObject({ status: 201, body: { document: { kind } } });
    expect(await puts(/\/(Invoices|Quotes)$/)).toEqual([]);
  });

  test('a person decides when two quotes could be it', async () => {
    const session = await open();
    const body = newDocument(contactId, { date: await today(session), reference: 'twins' });
    const request = { path: '/api/quotes', key: randomUUID(), body };
    await app.control.fault({ kind: 'lose-answer', method: 'PUT', path: '/Quotes$', times: 2 });
    await sendDocument(session, request);
    // Another person's identical form, whose answer was lost too.
    await sendDocument(session, { ...request, key: randomUUID() });
    await app.advanceSeconds(600);
    const later = await open();
    expect(await sendDocument(later, request)).toMatchObject({ status: 409, body: { code: 'outcome_unknown' } });
    const view = await later.call(getViewRoute);
    const unfinished = 'unfinished' in view ? (view.unfinished ?? []) : [];
    const [undecided] = unfinished.filter(({ state }) => state === 'undecided');
    expect(undecided?.candidates).toHaveLength(2);
    const [choice, rest] = undecided?.candidates ?? [];
    const resolved = await later.send('POST', `/api/writes/${undecided?.id}/resolve`, {
      action: 'adopt',
      documentId: choice?.id,
    });
    expect(resolved).toMatchObject({ status: 200, body: { created: { document: { id: choice?.id } } } });
    const other = unfinished.find(({ id }) => id !== undecided?.id);
    const settled = await later.send('POST', `/api/writes/${other?.id}/resolve`, { action: 'retry' });
    expect(settled).toMatchObject({ status: 200, body: { created: { document: { id: rest?.id } } } });
    expect(await later.call(getViewRoute)).not.toHaveProperty('unfinished');
  });

  test('discarding hides nothing in Xero and forgets nothing in flight', async () => {
    const session = await open();
    const save = async (kind: 'lose-answer' | 'drop') => {
      const body = newDocument(contactId, { date: await today(session), reference: kind });
      await app.control.fault({ kind, method: 'PUT', path: '/Invoices$' });
      const { body: problem } = await sendDocument(session, { path: '/api/invoices', key: randomUUID(), body });
      return (problem.write as { id: string }).id;
    };
    const discard = async (by: Visit, id: string) =>
      by.send('POST', `/api/writes/${id}/resolve`, { action: 'discard' });
    const [made, never] = [await save('lose-answer'), await save('drop')];
    expect(await discard(session, never)).toMatchObject({ status: 409, body: { code: 'outcome_unknown' } });
    await app.advanceSeconds(120);
    const later = await open();
    expect(await discard(later, never)).toMatchObject({ status: 200, body: { created: null } });
    expect(await discard(later, made)).toMatchObject({
      status: 200,
      body: { created: { document: { kind: 'invoice' } } },
    });
    expect(await later.call(getViewRoute)).not.toHaveProperty('unfinished');
  });
});

describe('what follows a document', () => {
  test('a failed history note gives a warning and follows later, once', async () => {
    const session = await open();
    const body = newDocument(contactId, { date: await today(session) });
    await app.control.fault({ kind: 'lose-answer', method: 'PUT', path: '/History$' });
    const answer = await sendDocument(session, { path: '/api/invoices', key: randomUUID(), body });
    expect(answer).toMatchObject({ status: 201, body: { warnings: ['history_pending'] } });
    const { id } = answer.body.document as { id: string };
    await app.advanceSeconds(600);
    await repeatOpenSteps(app.deps, buildStepHandlers);
    await repeatOpenSteps(app.deps, buildStepHandlers);
    const notes = (await app.control.history(id)).filter(({ Details }) => Details?.startsWith('Added from'));
    expect(notes.map(({ Details }) => Details)).toEqual([
      expect.stringMatching(/^Added from Fieldnote CRM by Ben [^,]+, contact /),
    ]);
  });
});
