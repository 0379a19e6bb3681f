import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecordList } from '#shared/contract/sync/records.ts';
import { openBooks } from '#test/sandbox/crm/books/books.ts';
import { fillBooks } from '#test/sandbox/crm/books/example/fill.ts';
import { kindNames } from '#test/sandbox/crm/books/kinds/kind.ts';
import { startCrm } from '#test/sandbox/crm/start.ts';
import { buildSync } from '#test/sandbox/crm/sync/build-sync.ts';
import { signBackendToken } from '#test/sandbox/crm/sync/sign-backend-token.ts';
import { buildCrmBackend } from '#test/support/people/crm-backend.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
let crm: { origin: string; close(): Promise<void> };

beforeAll(async () => {
  app = await startApp();
  crm = await startCrm({ productUrl: app.origin, workspace: app.workspace, now: app.clock.now });
});
afterAll(async () => {
  await crm.close();
  await app.stop();
});

const person = { id: 'ben', name: 'Ben Carter' };

function post(path: string, fields: [string, string][]) {
  return fetch(crm.origin + path, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) });
}

async function findRecord<Record>(kind: string, id: string) {
  const { status, body } = await buildCrmBackend(app).send<{ record: Record }>('GET', `/api/records/${kind}/${id}`);
  return { status, record: body.record };
}

async function openSync(file?: string) {
  const clock = { now: app.clock.now() };
  const books = openBooks({ file, now: () => clock.now });
  const place = { productUrl: app.origin, workspace: app.workspace, now: app.clock.now };
  return { clock, books, sync: await buildSync({ ...place, books, origin: () => app.crmOrigin }) };
}

test('when two expenses are selected and sent, then Ledgerside has them and no other', async () => {
  const answer = await post('/expenses/sync', [
    ['id', 'exp-3'],
    ['id', 'exp-5'],
  ]);
  expect(answer.headers.get('location')).toBe('/expenses?taken=2&refused=0&connected=no');
  const list = await buildCrmBackend(app).send<RecordList>('GET', '/api/records/expenses');
  expect(list.body.records.map(({ crmId }) => crmId).sort()).toEqual(['exp-3', 'exp-5']);
  const { record } = await findRecord<{ data: unknown }>('expenses', 'exp-3');
  expect(record.data).toMatchObject({ taxInclusive: true, url: `${crm.origin}/expenses/exp-3` });
});

test('the whole example is taken, and every record says where it stands', async () => {
  const { books, sync } = await openSync();
  fillBooks(books);
  const rows = kindNames.flatMap((name) => books.list(name));
  expect(await sync.handOverAll(person)).toEqual({ taken: rows.length, refused: 0 });
  const after = kindNames.flatMap((name) => books.list(name));
  expect(after.filter(({ sync: said }) => said === null)).toEqual([]);
  expect(await sync.handOverAll(person)).toEqual({ taken: 0, refused: 0 });
});

test('when an expense is deleted in the CRM, then Ledgerside is told', async () => {
  const { books, sync } = await openSync();
  const { id } = books.save('suppliers', { values: { name: 'Gone soon' } });
  await sync.handOverAll();
  books.remove('suppliers', id);
  expect(await sync.handOverAll()).toEqual({ taken: 1, refused: 0 });
  expect((await findRecord('suppliers', id)).record).toMatchObject({ wanted: 'absent' });
  expect(books.listToHand('suppliers')).toEqual([]);
});

test('when the clock of the CRM went back, then the record goes with a version above the newer one', async () => {
  const { books, sync, clock } = await openSync();
  const { version } = books.save('items', { values: { code: 'LAMP', name: 'Lamp' } });
  await sync.handOverAll();
  const other = await openSync();
  other.clock.now = new Date(clock.now.getTime() - 3_600_000);
  other.books.save('items', { values: { code: 'LAMP', name: 'Lamp, mended' } });
  expect(await other.sync.handOverAll()).toEqual({ taken: 0, refused: 1 });
  expect(await other.sync.handOverAll()).toEqual({ taken: 1, refused: 0 });
  expect((await findRecord('items', 'item-1')).record).toMatchObject({
    wantedVersion: version + 1,
    data: { name: 'Lamp, mended' },
  });
});

test('when a row is refused, then it alone says why and is not sent again until it is edited', async () => {
  const { books, sync } = await openSync();
  const fine = books.save('customers', { values: { name: 'Fine' } });
  const wrong = books.save('customers', { values: { name: 'x'.repeat(501) } });
  expect(await sync.handOverAll()).toEqual({ taken: 1, refused: 1 });
  expect(books.find('customers', fine.id)?.sync?.state).not.toBe('refused');
  expect(books.find('customers', wrong.id)?.sync).toMatchObject({
    state: 'refused',
    message: expect.stringContaining('data.name'),
  });
  expect(await sync.handOverAll()).toEqual({ taken: 0, refused: 0 });
  books.save('customers', { id: wrong.id, values: { name: 'Mended' } });
  expect(await sync.handOverAll()).toEqual({ taken: 1, refused: 0 });
});

test('when Ledgerside is away, then nothing is lost and everything goes later', async () => {
  const { books, sync } = await openSync();
  const away = { ...app.workspace, secret: 'another secret of thirty-two bytes and more' };
  const place = { productUrl: app.origin, now: app.clock.now, origin: () => app.crmOrigin };
  const wrong = await buildSync({ ...place, workspace: away, books });
  books.save('suppliers', { values: { name: 'Patient' } });
  const { id } = books.save('suppliers', { values: { name: 'Patient too' } });
  books.remove('suppliers', id);
  await expect(wrong.handOverAll()).rejects.toThrow('401 token_invalid');
  expect(books.listToHand('suppliers')).toHaveLength(2);
  expect(await sync.handOverAll()).toEqual({ taken: 2, refused: 0 });
});

test('when the feed says that a record is in Xero, then the CRM shows its Xero id', async () => {
  const { books, sync } = await openSync();
  const row = books.save('expenses', { id: 'exp-777', values: { description: 'Fuel', amount: '86.40' } });
  await sync.handOverAll();
  const { record } = await findRecord<{ data: unknown }>('expenses', row.id);
  const { data: _data, ...summary } = record;
  const at = app.clock.now().toISOString();
  const said = {
    ...summary,
    state: 'synced',
    excluded: null,
    xeroKind: 'bill',
    xeroId: 'a1b2',
    xeroNumber: 'R-17',
    syncedAt: at,
  };
  const change = {
    type: 'state',
    kind: 'expenses',
    crmId: row.id,
    xeroId: 'a1b2',
    at,
    organisationId: '',
    state: 'synced',
  };
  await app.deps.store.together(async ({ records, changes }) => {
    await records.hold(app.workspace.id);
    await changes.append(app.workspace.id, [{ ...change, data: JSON.stringify({ record: said }) }]);
  });
  await sync.readChanges();
  expect(books.find('expenses', row.id)?.sync).toEqual({
    ...{
      state: 'synced',
      message: null,
      xeroKind: 'bill',
      xeroId: 'a1b2',
      xeroNumber: 'R-17',
      xeroUrl: null,
      syncedAt: at,
    },
  });
});

test('the backend’s token names the audience of records and the user who pressed', async () => {
  const token = await signBackendToken(
    { productUrl: app.origin, workspace: app.workspace },
    { now: app.clock.now(), person },
  );
  const { iss, aud, iat = 0, exp = 0, user } = decodeJwt(token);
  expect({ iss, aud, user }).toEqual({ iss: app.workspace.id, aud: `${app.origin}/api/records`, user: person });
  expect(exp - iat).toBeLessThanOrEqual(300);
});
