import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFreePort } from '#test/support/programs/free-port.ts';
import { projectRoot } from '#test/support/programs/run-command.ts';
import { startWorld, type World } from '#test/support/world/world.ts';

/** The commands of the page for the CRM's developer, run one after the other in one shell, as a newcomer does. */
let world: World;
let folder: string;
let outputs: readonly string[];
let blocks: readonly string[];

beforeAll(async () => {
  const port = await findFreePort();
  world = await startWorld({ env: { OUTGOING_HOSTS: `127.0.0.1:${port}` } });
  await world.admin.connect();
  folder = await mkdtemp(join(tmpdir(), 'ledgerside-page-'));
  // The page's receiver of webhooks imports a package, as in a folder where it is installed.
  await symlink(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  const page = await readFile(join(projectRoot, 'server/docs/sync-for-developers.md'), 'utf8');
  blocks = [...page.matchAll(/^```sh\n(.*?)^```/gms)].map(([, text = '']) => text.replaceAll('9000', String(port)));
  outputs = await runBlocks(blocks.filter((text) => !text.includes('export LEDGERSIDE=')));
});
afterAll(async () => {
  await world.stop();
  await rm(folder, { recursive: true });
});

const mark = '=== next block ===';

/** Where the page waits six seconds, the shell waits until nothing is on its way, as this machine may be busy. */
const patientSleep = `sleep() {
  [ "$1" -ge 6 ] || { command sleep "$1"; return; }
  for attempt in {1..120}; do
    [ "$(api 'records?state=waiting&limit=1' | show .total)" = 0 ] &&
      [ "$(api 'runs?limit=20' | show '.runs.every(({ endedAt }) => endedAt !== null)')" = true ] && return
    command sleep 0.5
  done
}`;

async function runBlocks(texts: readonly string[]): Promise<string[]> {
  const { origin, workspace } = world.product();
  const script = join(folder, 'page.sh');
  await writeFile(script, [patientSleep, ...texts].join(`\necho '${mark}'\n`));
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, LEDGERSIDE: origin, WORKSPACE_ID: workspace.id, WORKSPACE_SECRET: workspace.secret };
  const child = spawn('bash', [script], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const written: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => written.push(String(chunk)));
  await once(child, 'close');
  return written.join('').split(`${mark}\n`).slice(1);
}

/** What the block with this text printed. */
function outputOf(part: string): string {
  const index = blocks.filter((text) => !text.includes('export LEDGERSIDE=')).findIndex((text) => text.includes(part));
  return outputs[index] ?? '';
}

test('no command of the page fails in the shell, in curl or in Node.js', () => {
  const all = outputs.join('');
  for (const fault of ['command not found', 'curl: (', 'SyntaxError', 'TypeError', 'syntax error']) {
    expect(all).not.toContain(fault);
  }
});

test.each([
  ['show .connection.status', 'running'],
  ['"enabled": true', '2026-07-01'],
  ['"accountCode": "429"', '429 General Expenses'],
  ['"version": 1,\n  "data"', 'waiting'],
  ['xeroKind|', "state: 'synced'"],
  ['"version": 0', 'stale_version'],
  ['"version": 0', 'version_reused'],
  ['exp-43', 'field_missing'],
  ['records/batch --json', "[ 'inv-1', 202"],
  ['"version": 2', 'changed'],
  ['"action": "sync"', 'Ada Lee'],
  ['api runs/$RUN/rows', 'Xero is not subscribed to GBP.'],
  ['-X DELETE', 'VOIDED'],
  ['received.txt', 'changes.available'],
  ['records/bills/b-1', 'method_not_allowed'],
])('where the page says %s, the server answers %s', (part, answer) => {
  expect(outputOf(part)).toContain(answer);
});
