import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KindName } from '#test/sandbox/crm/books/kinds/kind.ts';
import type { Ledgerside, OpenLedgerside, RecordQuery } from '#test/sandbox/crm/sync/ledgerside.ts';
import { runCommand, runTool } from '#test/support/programs/run-command.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

const clientFolder = 'test/sandbox/crm/client';
/** Left out of the type check of the repository, as its own types are generated. */
const clientFile: string = new URL('../../sandbox/crm/client/open-ledgerside.ts', import.meta.url).href;

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

test('the client of the example CRM fits the types that are generated from the API’s description', async () => {
  const from = `${app.origin}/docs/openapi.json`;
  const made = await runCommand('node', ['--import', 'tsx', `${clientFolder}/generate.ts`, '--from', from]);
  expect(made).toMatchObject({ code: 0 });
  expect(await runTool('tsc', ['--noEmit', '-p', clientFolder])).toEqual({ code: 0, stdout: '', output: '' });
});

/** A record of each of three kinds, handed over by the client itself. */
async function handOverThree(): Promise<Ledgerside> {
  const ledgerside = await openClient();
  const record = (kind: KindName, data: Record<string, unknown>) => ({ kind, crmId: 'one', version: 1, data });
  await ledgerside.putMany([
    record('suppliers', { name: 'Southern Fuel' }),
    record('items', { code: 'LAMP' }),
    record('invoices', { number: 'FN-1', total: '-1.00' }),
  ]);
  return ledgerside;
}

async function openClient(): Promise<Ledgerside> {
  const { openLedgerside }: { openLedgerside: OpenLedgerside } = await import(clientFile);
  return openLedgerside({ productUrl: app.origin, workspace: app.workspace, now: app.clock.now });
}

test.each<[RecordQuery, string[]]>([
  [{}, ['invoices', 'items', 'suppliers']],
  [{ kinds: [], states: [] }, ['invoices', 'items', 'suppliers']],
  [{ kinds: ['items'] }, ['items']],
  [{ kinds: ['items', 'suppliers'] }, ['items', 'suppliers']],
  [{ states: ['unsupported'] }, ['invoices']],
  [{ states: ['unsupported', 'excluded'], kinds: ['invoices', 'items'] }, ['invoices', 'items']],
])('the client lists records by no, one or two values: %j', async (query, kinds) => {
  const ledgerside = await handOverThree();
  const { records } = await ledgerside.listRecords(query);
  expect(records.map(({ kind }) => kind).sort()).toEqual(kinds);
});

test('the client reads the feed from its place', async () => {
  const ledgerside = await handOverThree();
  const first = await ledgerside.listChanges(undefined);
  if (first === 'expired') throw new Error('the feed has no beginning');
  const again = await ledgerside.listChanges(first.cursor);
  expect(again).toMatchObject({ changes: [], hasMore: false });
});
