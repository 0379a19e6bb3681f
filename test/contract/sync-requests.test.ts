import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installAxiosInterceptor } from '#server/xero/calling/axios-interceptor.ts';
import { buildSendQuestion, type Question } from '#server/xero/calling/send-question.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { createAllocations, deleteAllocation } from '#server/xero/records/allocations.ts';
import * as groups from '#server/xero/records/contact-groups.ts';
import { findRecords } from '#server/xero/records/find-records.ts';
import { listSyncLists } from '#server/xero/records/list-sync-lists.ts';
import { deletePayment } from '#server/xero/records/payments.ts';
import { readRecords } from '#server/xero/records/read-records.ts';
import type { XeroResource } from '#server/xero/records/records.ts';
import { createRecords, updateRecords } from '#server/xero/records/write-records.ts';
import { findOpenApiFolder, type OpenApi, readOpenApi } from './openapi-schemas.ts';
import { listElements } from './sync-elements.ts';

/** What sync sends, byte for byte, against Xero's OpenAPI: paths, parameters and bodies. */

const folder = findOpenApiFolder();
const caller: XeroCaller = { workspaceId: 'acme', organisationId: 'tenant', priority: 'sync' };
const id = 'aaaaaaaa-0000-4000-8000-000000000001';
const idempotencyKey = 'key-1';
const since = '2026-11-01T10:00:00.000Z';

type Received = { method: string; url: URL; headers: Record<string, unknown>; body: string };
const received: Received[] = [];
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method = '', headers } = request;
  const url = new URL(request.url ?? '', 'http://xero');
  received.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
  response.setHeader('content-type', 'application/json').end('{}');
});
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => server.close());

/** Sends for real, and answers each question with empty lists. */
function buildDeps() {
  const { port } = server.address() as AddressInfo;
  const apiUrl = `http://127.0.0.1:${port}`;
  const send = buildSendQuestion({ apiUrl, contexts: installAxiosInterceptor(), userAgent: 'test' });
  const lists = ['Contacts', 'Items', 'Invoices', 'PurchaseOrders', 'CreditNotes', 'Payments', 'Accounts', 'TaxRates'];
  const others = ['Options', 'TrackingCategories', 'Currencies', 'Allocations', 'ContactGroups'];
  const text = JSON.stringify(Object.fromEntries([...lists, ...others].map((name) => [name, []])));
  const ask = async (_caller: XeroCaller, question: Question) => {
    await send(question, { tenantId: 'tenant', token: 'token', timeoutMs: 10_000 });
    return { status: 200, headers: {}, text };
  };
  return { ask, noteSetAside: () => undefined };
}

async function sentBy(act: (deps: ReturnType<typeof buildDeps>) => Promise<unknown>): Promise<Received[]> {
  received.length = 0;
  await act(buildDeps());
  expect(received.length).toBeGreaterThan(0);
  return [...received];
}

function findTemplate({ paths }: OpenApi, method: string, path: string): string {
  const steps = path.replace('/api.xro/2.0', '').split('/');
  const fits = (template: string) => {
    const parts = template.split('/');
    return parts.length === steps.length && parts.every((part, at) => part.startsWith('{') || part === steps[at]);
  };
  const found = paths.filter(fits).find((template) => template === steps.join('/')) ?? paths.find(fits);
  if (!found) throw new Error(`Xero has no ${method} ${path}`);
  return found;
}

/** What is wrong with a request. */
function listFaults(openApi: OpenApi, { method, url, headers, body }: Received): unknown[] {
  const rules = openApi.requestOf(method, findTemplate(openApi, method, url.pathname));
  const unknown = [...url.searchParams.keys()].filter((name) => !rules.query.includes(name));
  const hasKey = headers['idempotency-key'] !== undefined;
  const takesKey = rules.header.includes('Idempotency-Key');
  const isSince = headers['if-modified-since'] !== undefined;
  const isValid = rules.validate === undefined ? body === '' || method === 'DELETE' : rules.validate(JSON.parse(body));
  return [
    ...unknown.map((name) => `query ${name}`),
    ...(takesKey === hasKey ? [] : [`idempotency key ${hasKey}`]),
    ...(isSince && !rules.header.includes('If-Modified-Since') ? ['If-Modified-Since'] : []),
    ...(isValid ? [] : [body, ...(rules.validate?.errors ?? [])]),
  ];
}

const ids: Partial<Record<XeroResource, string>> = {
  ...{ contact: 'ContactID', item: 'ItemID', invoice: 'InvoiceID', purchase_order: 'PurchaseOrderID' },
  ...{ credit_note: 'CreditNoteID', account: 'AccountID', tax_rate: 'TaxType', tracking_option: 'TrackingOptionID' },
};
const resources: XeroResource[] = [
  ...(['contact', 'item', 'invoice', 'purchase_order', 'credit_note', 'payment'] as const),
  ...(['account', 'tax_rate', 'tracking_option'] as const),
];

describe.skipIf(folder === undefined)('what sync sends, against Xero’s OpenAPI', () => {
  const openApi = folder === undefined ? undefined : readOpenApi(join(folder, 'xero_accounting.yaml'));
  const faultsOf = (all: Received[]) => all.flatMap((one) => (openApi ? listFaults(openApi, one) : ['no file']));

  test.each(listElements().map((element) => [element.kind, element] as const))('%s', async (_, { resource, json }) => {
    const write = { resource, idempotencyKey, within: id };
    expect(faultsOf(await sentBy((deps) => createRecords(deps, caller, { ...write, elements: [json] })))).toEqual([]);
    const name = ids[resource];
    if (name === undefined) return;
    const elements = [JSON.stringify({ [name]: resource === 'tax_rate' ? 'TAX001' : id, ...JSON.parse(json) })];
    expect(faultsOf(await sentBy((deps) => updateRecords(deps, caller, { ...write, elements })))).toEqual([]);
  });

  test.each(resources)('reading of a %s', async (resource) => {
    expect(faultsOf(await sentBy((deps) => readRecords(deps, caller, { resource, ids: [id] })))).toEqual([]);
  });

  test.each([
    ['contact', 'name', undefined],
    ['contact', 'contact_number', undefined],
    ['contact', 'contact_number', since],
    ['item', 'code', undefined],
    ['invoice', 'number', undefined],
    ['invoice', 'mark', since],
    ['purchase_order', 'number', undefined],
    ['purchase_order', 'number', since],
    ['credit_note', 'number', since],
    ['payment', 'reference', since],
    ['account', 'code', undefined],
    ['tax_rate', 'name', undefined],
    ['tracking_option', 'name', undefined],
  ] as const)('finding a %s by %s', async (resource, by, from) => {
    const values = ['A "quoted", 1', 'B', 'C'];
    const sent = await sentBy((deps) =>
      findRecords(deps, caller, { resource, by, values, ...(from && { since: from }) }),
    );
    expect(faultsOf(sent)).toEqual([]);
  });

  test('payments, allocations, groups and lists', async () => {
    const amounts = [{ invoiceId: id, amount: '10.50', date: '2026-11-12' }];
    const sent = [
      ...(await sentBy((deps) => deletePayment(deps, caller, { id, idempotencyKey }))),
      ...(await sentBy((deps) =>
        createAllocations(deps, caller, { creditNoteId: id, allocations: amounts, idempotencyKey }),
      )),
      ...(await sentBy((deps) => deleteAllocation(deps, caller, { creditNoteId: id, id }))),
      ...(await sentBy((deps) => groups.listContactGroups(deps, caller))),
      ...(await sentBy((deps) =>
        groups.createContactGroup(deps, caller, { name: 'Customers', idempotencyKey }).catch(() => undefined),
      )),
      ...(await sentBy((deps) =>
        groups.addToContactGroup(deps, caller, { groupId: id, contactIds: [id], idempotencyKey }),
      )),
      ...(await sentBy((deps) => groups.removeFromContactGroup(deps, caller, { groupId: id, contactId: id }))),
      ...(await sentBy((deps) => listSyncLists(deps, caller))),
    ];
    expect(sent).toHaveLength(11);
    expect(faultsOf(sent)).toEqual([]);
  });

  test('an unknown member, parameter or path is noticed', () => {
    const put = { method: 'PUT', headers: { 'idempotency-key': 'k' }, body: '{"Invoices":[{"Type":"ACCPAY"}]}' };
    const to = (path: string, body = put.body) => [{ ...put, url: new URL(`http://xero/api.xro/2.0${path}`), body }];
    expect(faultsOf(to('/Invoices'))).toEqual([]);
    expect(faultsOf(to('/Invoices?Colour=red'))).toEqual(['query Colour']);
    expect(faultsOf(to('/Invoices', '{"Invoices":[{"Type":"ACCPAY","Colour":"red"}]}'))).not.toEqual([]);
    expect(faultsOf(to('/Invoices', '{"Invoices":[{"Date":"/Date(0)/"}]}'))).not.toEqual([]);
    expect(() => faultsOf(to('/Colours'))).toThrow('Xero has no PUT');
  });
});
