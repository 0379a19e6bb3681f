import { afterAll, beforeAll, expect, test } from 'vitest';
import { fuel, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
beforeAll(async () => {
  desk = await openSyncDesk(await startApp());
});
afterAll(() => desk.app.stop());

test('a sent record that is left out and included again is in Xero as before, and nothing is sent', async () => {
  await desk.send('expenses/in-1', 1, fuel);
  const before = await desk.documents();
  await desk.act('expenses/in-1', { action: 'exclude' });
  await desk.act('expenses/in-1', { action: 'include' });
  expect(await desk.settled('expenses/in-1')).toMatchObject({ state: 'synced', sentVersion: 1 });
  expect(await desk.documents()).toEqual(before);
});

test('one that was changed meanwhile waits for a person, as its rule says', async () => {
  await desk.send('expenses/in-2', 1, { ...fuel, reference: 'IN-2' });
  await desk.act('expenses/in-2', { action: 'exclude' });
  await desk.put('expenses/in-2', 2, { ...fuel, reference: 'IN-2', amount: '99.00' });
  await desk.act('expenses/in-2', { action: 'include' });
  expect(await desk.read('expenses/in-2')).toMatchObject({ state: 'changed', sentVersion: 1, wantedVersion: 2 });
});

test('a record that one rule leaves out, and then another, names the one that counts now', async () => {
  const putRules = (rules: object) => desk.crm.send('PUT', '/api/sync/rules', rules);
  await putRules({ enabled: false });
  await desk.put('expenses/in-3', 1, { ...fuel, reference: 'IN-3', date: '2026-11-01' });
  const read = async () => (await desk.read('expenses/in-3')).excluded?.rule;
  expect(await read()).toBe('direction_off');
  await putRules({ enabled: true, since: '2026-11-15' });
  expect(await read()).toBe('since');
  await putRules({ enabled: true, since: '2020-01-01' });
  expect(await desk.settled('expenses/in-3')).toMatchObject({ state: 'synced', excluded: null });
});
