import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { listAuditRoute } from '#shared/contract/audit.ts';
import { getSettingsRoute } from '#shared/contract/settings.ts';
import { adminId, buildAdmin, presets } from '#test/support/people/admin.ts';
import { openVisit, type VisitRequest } from '#test/support/people/visit.ts';
import { newEncryptionKey } from '#test/support/programs/product.ts';
import { runCommand } from '#test/support/programs/run-command.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { startWorld, type World } from '#test/support/world/world.ts';

/** Real processes on one SQLite file, each started with the keys then in `env`. */
let world: World;
let dataDir: string;
const [first, second, third, foreign] = Array.from({ length: 4 }, newEncryptionKey) as [string, string, string, string];
const env: Record<string, string> = { ENCRYPTION_KEY: first };
const acme = { id: 'acme', secret: 'a secret of the workspace acme, long enough' };

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'ledgerside-keys-'));
  env.DATA_DIR = dataDir;
  world = await startWorld({ env });
  await world.admin.connect();
  await world.admin.grant({ ben: presets.full });
  await world.admin.link(nora, 'Harbour Lights Pty Ltd');
  await run('add', '--id', acme.id, '--origins', world.crm.origin, '--secret', acme.secret);
});
afterAll(async () => {
  await world.stop();
  await rm(dataDir, { recursive: true });
});

// Each test starts the server up to three times, which is slow on a busy machine.
vi.setConfig({ testTimeout: 300_000 });

const nora = { type: 'contact', id: '1001' } as const;

/** Runs the operator's command with the server's environment. */
function run(...args: string[]) {
  return runCommand(process.execPath, ['dist/server/workspace.js', ...args], {
    env: {
      ...env,
      PUBLIC_URL: world.product().origin,
      XERO_CLIENT_ID: world.xero.clientId,
      XERO_CLIENT_SECRET: world.xero.clientSecret,
    },
  });
}

function visitAcme(request: VisitRequest) {
  return openVisit({ productUrl: world.product().origin, crmOrigin: world.crm.origin, workspace: acme }, request);
}

/** The ids of the keys that encrypted the stored texts. */
function readKeyIds(): string[] {
  const database = new Libsql(join(dataDir, 'ledgerside.db'));
  try {
    const rows = database
      .prepare(
        'select sealed_tokens as text from connections where sealed_tokens is not null union all select sealed_keys from workspaces',
      )
      .all() as { text: string }[];
    return [...new Set(rows.map(({ text }) => text.split('.')[1] ?? ''))];
  } finally {
    database.close();
  }
}

async function readConnection() {
  const settings = await world.visit({ userId: adminId, recordType: 'settings' });
  return (await settings.call(getSettingsRoute)).connection;
}
async function openNora() {
  return (await world.visit({ userId: 'ben', recordType: 'contact', recordId: '1001' })).opened.view;
}

describe('rotating the encryption key', () => {
  test('a start with a new and the previous key encrypts everything again', async () => {
    const [old] = readKeyIds();
    Object.assign(env, { ENCRYPTION_KEY: second, ENCRYPTION_KEY_PREVIOUS: `${foreign}, ${first}` });
    await world.restartProduct();
    await waitUntil(() => readKeyIds().length === 1 && readKeyIds()[0] !== old, 'stored secrets to be sealed anew');
    delete env.ENCRYPTION_KEY_PREVIOUS;
    await world.restartProduct();
    expect((await readConnection()).status).toBe('running');
    expect(await openNora()).toMatchObject({ status: 'linked', stale: false });
    expect((await visitAcme({ userId: adminId, recordType: 'settings' })).opened.user.id).toBe(adminId);
    const settings = await world.visit({ userId: adminId, recordType: 'settings' });
    const { entries } = await settings.call(listAuditRoute, { query: { action: 'reseal' } });
    expect(entries).toMatchObject([{ user: { name: 'Ledgerside' }, outcome: 'resealed', requestId: null }]);
  });

  test('the command encrypts again beside the server and says when done', async () => {
    const [old] = readKeyIds();
    Object.assign(env, { ENCRYPTION_KEY: third, ENCRYPTION_KEY_PREVIOUS: second });
    expect(await run('reseal')).toMatchObject({
      code: 0,
      stdout: 'encrypted again: 2\nno secret needs an earlier key: you can remove ENCRYPTION_KEY_PREVIOUS\n',
    });
    expect(readKeyIds()).not.toContain(old);
    expect(await run('reseal')).toMatchObject({ code: 0, stdout: expect.stringContaining('encrypted again: 0') });
    // A running server with the earlier key reports this and ends no connection.
    const session = await world.visit({ userId: 'ben', recordType: 'contact', recordId: '1001' });
    const { body } = await session.send('GET', '/api/view?fresh=true');
    expect(body).toMatchObject({ status: 'linked', error: { code: 'unavailable' } });
    expect((await readConnection()).status).toBe('running');
    await world.restartProduct();
    expect(await openNora()).toMatchObject({ status: 'linked', stale: false });
  });

  test('a wrong key stops the start with one line and changes nothing', async () => {
    Object.assign(env, { ENCRYPTION_KEY: foreign, ENCRYPTION_KEY_PREVIOUS: first });
    const said = await world.restartProduct().catch((error: Error) => error.message);
    expect(said).toContain(
      'Xero tokens of workspace fieldnote, keys of workspace acme. Add the key they were encrypted with to ENCRYPTION_KEY_PREVIOUS',
    );
    expect(String(said).trim().split('\n')).toHaveLength(2);
    for (const key of [first, third, foreign]) expect(said).not.toContain(key);
    expect(await run('reseal')).toMatchObject({ code: 1, output: expect.stringContaining('keys of workspace acme') });
    Object.assign(env, { ENCRYPTION_KEY: third, ENCRYPTION_KEY_PREVIOUS: foreign });
    await world.restartProduct();
    expect((await readConnection()).status).toBe('running');
    expect(await openNora()).toMatchObject({ status: 'linked', stale: false });
  });
});

describe('uninstalling and installing', () => {
  test('a workspace added again finds its links once Xero is connected', async () => {
    const productUrl = world.product().origin;
    const admin = buildAdmin({ visit: visitAcme, productUrl, control: world.xero.control });
    await admin.connect();
    await admin.link(nora, 'Harbour Lights Pty Ltd');
    expect((await run('remove', '--id', acme.id)).stdout).toBe('removed\n');
    await expect(visitAcme({ userId: adminId, recordType: 'settings' })).rejects.toThrow('token_invalid');
    await run('add', '--id', acme.id, '--origins', world.crm.origin, '--secret', acme.secret);
    const open = async () =>
      (await visitAcme({ userId: adminId, recordType: 'contact', recordId: '1001' })).opened.view;
    expect(await open()).toEqual({ status: 'not_connected', reason: 'disconnected' });
    await admin.connect();
    expect(await open()).toMatchObject({ status: 'linked', contact: { name: 'Harbour Lights Pty Ltd' } });
    const settings = await visitAcme({ userId: adminId, recordType: 'settings' });
    const { entries } = await settings.call(listAuditRoute, { query: { action: 'disconnect' } });
    expect(entries).toMatchObject([{ user: { id: 'operator' }, outcome: 'disconnected' }]);
  });
});

describe('a key that is lost for good', () => {
  test('after its secrets are deleted, the server starts and links wait', async () => {
    Object.assign(env, { ENCRYPTION_KEY: foreign, ENCRYPTION_KEY_PREVIOUS: '' });
    await expect(world.restartProduct()).rejects.toThrow('forget-unreadable');
    const { code, stdout } = await run('forget-unreadable');
    expect(code).toBe(0);
    expect(stdout).toContain('deleted: Xero tokens of workspace fieldnote (an admin has to connect Xero again)');
    expect(stdout).toContain('deleted: keys of workspace acme (add the workspace again)');
    await world.restartProduct();
    expect(await readConnection()).toMatchObject({ status: 'reconnect_needed', reason: 'key_changed' });
    await world.admin.connect();
    expect(await openNora()).toMatchObject({ status: 'linked', contact: { name: 'Harbour Lights Pty Ltd' } });
  });
});
