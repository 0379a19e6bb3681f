import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildApp } from '../app.ts';
import { openBooks } from '../books/books.ts';
import { exampleData } from '../example/example-data.ts';

const secret = `whsec_${Buffer.from('twenty-four bytes or more').toString('base64')}`;
const body = JSON.stringify({ type: 'changes.available', timestamp: '2026-11-28T00:00:00Z', data: { cursor: 'x' } });

let readings: number;
let crm: Awaited<ReturnType<typeof buildCrm>>;

/** The CRM with a reading of the feed that only counts. */
async function buildCrm() {
  const now = () => new Date();
  const books = openBooks({ now });
  const nothing = () => Promise.reject(new Error('not part of this test'));
  const readChanges = async () => {
    readings += 1;
  };
  const sync = { readChanges, handOverAll: nothing, sendChosen: nothing, findRun: nothing, askForWebhook: nothing };
  const product = { productUrl: 'http://localhost:4000', workspace: { id: 'fieldnote', secret: 's'.repeat(32) } };
  const app = await buildApp({
    ...product,
    data: exampleData,
    now,
    books,
    sync,
    changed: () => undefined,
    log: () => undefined,
  });
  return { app, books };
}

beforeEach(async () => {
  readings = 0;
  crm = await buildCrm();
});
afterEach(() => crm.app.close());

function sign(by: string, { at = new Date(), text = body } = {}) {
  const id = 'msg_1';
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(by).sign(id, at, text),
  };
}

async function deliver(headers: Record<string, string>) {
  const { statusCode } = await crm.app.inject({ method: 'POST', url: '/hooks/ledgerside', headers, payload: body });
  return [statusCode, readings];
}

test('a message that Ledgerside signed makes the CRM read the feed', async () => {
  crm.books.keep('webhookSecret', secret);
  expect(await deliver(sign(secret))).toEqual([204, 1]);
});

test('a message that somebody else signed, changed or repeats later is refused', async () => {
  crm.books.keep('webhookSecret', secret);
  const other = `whsec_${Buffer.from('another secret of this size').toString('base64')}`;
  expect(await deliver(sign(other))).toEqual([401, 0]);
  expect(await deliver(sign(secret, { text: '{}' }))).toEqual([401, 0]);
  expect(await deliver(sign(secret, { at: new Date(Date.now() - 600_000) }))).toEqual([401, 0]);
  expect(await deliver({ 'content-type': 'application/json' })).toEqual([401, 0]);
});

test('without a secret, every message is refused', async () => {
  expect(await deliver(sign(secret))).toEqual([401, 0]);
});
