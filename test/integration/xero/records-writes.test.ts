import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { RowAnswer, XeroResource, XeroTwin } from '#server/xero/records/records.ts';
import { syncScopes } from './gateway-harness.ts';
import { setGatewayStage } from './gateway-stage.ts';

/** What sync writes, in calls of several elements. */
const stage = setGatewayStage({ scopes: syncScopes });

type Element = Record<string, unknown>;

function write(how: 'createRecords' | 'updateRecords', resource: XeroResource, elements: Element[], within?: string) {
  return stage.xero[how](
    { ...stage.connected.caller, priority: 'sync' },
    { resource, elements: elements.map((one) => JSON.stringify(one)), idempotencyKey: randomUUID(), within },
  );
}
function create(resource: XeroResource, ...elements: Element[]) {
  return write('createRecords', resource, elements);
}
function update(resource: XeroResource, ...elements: Element[]) {
  return write('updateRecords', resource, elements);
}
function twinsOf(answers: RowAnswer<XeroTwin>[]): XeroTwin[] {
  return answers.map((answer) => {
    if (answer.outcome !== 'done') throw answer.error;
    return answer.made;
  });
}
function outcomesOf(answers: RowAnswer<XeroTwin>[]) {
  return answers.map(({ outcome }) => outcome);
}
async function one(resource: XeroResource, element: Element): Promise<XeroTwin> {
  const [twin] = twinsOf(await create(resource, element));
  if (!twin) throw new Error('nothing was made');
  return twin;
}

function contact(name = 'Kookaburra Couriers') {
  return { ContactID: stage.connected.contactId(name) };
}
function bill(number: string, amount: number, more: Element = {}): Element {
  return {
    ...{ Type: 'ACCPAY', Status: 'AUTHORISED', Contact: contact(), InvoiceNumber: number },
    ...{ Date: '2026-11-10', DueDate: '2026-11-24', Url: `https://crm.example/${number}#ledgerside=${number}` },
    ...{ LineItems: [{ Description: 'Fuel', Quantity: 1, UnitAmount: amount, AccountCode: '425' }], ...more },
  };
}
function errorsOf(answer: RowAnswer<XeroTwin> | undefined) {
  return answer?.outcome === 'refused' ? { ...answer.error.details, code: answer.error.code } : answer;
}

describe('invoices and bills', () => {
  test('fifty bills are one call, and each answer is its own bill', async () => {
    const elements = Array.from({ length: 50 }, (_, index) => bill(`B-${index}`, index + 1));
    const twins = twinsOf(await create('invoice', ...elements));
    expect(twins.map(({ number }) => number)).toEqual(elements.map(({ InvoiceNumber }) => InvoiceNumber));
    expect(twins[6]).toMatchObject({ status: 'AUTHORISED', row: { Type: 'ACCPAY', SubTotal: '7' } });
    expect(twins[6]?.updatedAt).toMatch(/^\d{4}-.*Z$/);
    const requests = (await stage.harness.control.requests()).filter(({ method }) => method === 'PUT');
    expect(requests.map(({ path, query }) => [path, query.summarizeerrors ?? query.summarizeErrors])).toEqual([
      ['/api.xro/2.0/Invoices', 'false'],
    ]);
  });

  test('one refused bill says why, and the others are made', async () => {
    const bad = bill('B-2', 2, { LineItems: [{ Description: 'Fuel', UnitAmount: 2, AccountCode: '999' }] });
    const answers = await create('invoice', bill('B-1', 1), bad, bill('B-3', 3));
    expect(outcomesOf(answers)).toEqual(['done', 'refused', 'done']);
    expect(errorsOf(answers[1])).toMatchObject({
      ...{ code: 'xero_rejected', proof: 'refused', extension: { cause: 'account_invalid' } },
      errors: [{ path: '', message: "Account code '999' is not a valid code for this document." }],
    });
  });

  test('a call in which every bill is refused is no error', async () => {
    const answers = await create('invoice', bill('B-1', 1, { Contact: {} }), bill('B-2', 2, { CurrencyCode: 'GBP' }));
    expect(outcomesOf(answers)).toEqual(['refused', 'refused']);
    expect(errorsOf(answers[1])).toMatchObject({ extension: { cause: 'currency' } });
  });

  test('an update changes what it names, and a refusal stays with its row', async () => {
    const [first, second] = twinsOf(await create('invoice', bill('B-1', 1), bill('B-2', 2)));
    const answers = await update(
      'invoice',
      { InvoiceID: first?.id, DueDate: '2026-12-24' },
      { InvoiceID: second?.id, Status: 'VOIDED' },
      { InvoiceID: second?.id.replace(/^........./, 'aaaaaaaa-'), Status: 'VOIDED' },
    );
    expect(outcomesOf(answers)).toEqual(['done', 'done', 'refused']);
    expect(twinsOf(answers.slice(0, 2)).map(({ id, status }) => [id, status])).toEqual([
      [first?.id, 'AUTHORISED'],
      [second?.id, 'VOIDED'],
    ]);
  });

  test('fifty may take six times as long as a read', async () => {
    await stage.configure({ timeoutMs: 500 });
    await stage.harness.control.fault({ kind: 'slow', method: 'PUT', delayMs: 1500 });
    expect(outcomesOf(await create('invoice', bill('B-1', 1)))).toEqual(['done']);
    await stage.harness.control.fault({ kind: 'slow', method: 'PUT', delayMs: 1500 });
    await expect(create('account', { Code: '499', Name: 'Travel', Type: 'EXPENSE' })).rejects.toMatchObject({
      code: 'xero_timeout',
    });
  });

  test('amounts stay exact text', async () => {
    const twin = await one('invoice', bill('B-1', 1234567.89));
    expect(twin.row).toMatchObject({ SubTotal: '1234567.89', LineItems: [{ UnitAmount: '1234567.89' }] });
  });
});

describe('the other records', () => {
  test('contacts, items, orders and supplier credits', async () => {
    const lines = [{ Description: 'Rope', Quantity: 1, UnitAmount: 5, AccountCode: '425' }];
    const made = [
      await one('contact', { Name: 'Ada & Co', ContactNumber: 'c:1' }),
      await one('item', { Code: 'ROPE', Name: 'Rope' }),
      await one('purchase_order', { PurchaseOrderNumber: 'PO-9', Contact: contact(), LineItems: lines }),
      await one('credit_note', {
        ...{ Type: 'ACCPAYCREDIT', CreditNoteNumber: 'CR-3', Status: 'AUTHORISED', Contact: contact() },
        LineItems: lines,
      }),
    ];
    expect(made.map(({ number, name, status }) => [number, name, status])).toEqual([
      ['c:1', 'Ada & Co', 'ACTIVE'],
      ['ROPE', 'Rope', null],
      ['PO-9', null, 'DRAFT'],
      ['CR-3', null, 'AUTHORISED'],
    ]);
  });

  test('accounts, tax rates and tracking options, one in a call', async () => {
    const { tracking } = await stage.xero.listSyncLists(stage.connected.caller);
    const region = tracking.find(({ name }) => name === 'Region')?.id ?? '';
    const account = await one('account', { Code: '499', Name: 'Travel', Type: 'EXPENSE' });
    const rate = await one('tax_rate', {
      ...{ Name: 'State', ReportTaxType: 'INPUT', TaxComponents: [{ Name: 'State', Rate: 2.25 }] },
    });
    const [option] = twinsOf(await write('createRecords', 'tracking_option', [{ Name: 'Perth' }], region));
    expect([account.number, rate.id, option?.name, option?.row.TrackingCategoryID]).toEqual([
      '499',
      expect.stringMatching(/^TAX\d+$/),
      'Perth',
      region,
    ]);
    const archived = { TrackingOptionID: option?.id, Status: 'ARCHIVED' };
    const changed = await write('updateRecords', 'tracking_option', [archived], region);
    expect(twinsOf(changed)).toMatchObject([{ id: option?.id, status: 'ARCHIVED' }]);
    expect(twinsOf(await update('account', { AccountID: account.id, Name: 'Trips' }))).toMatchObject([
      { name: 'Trips' },
    ]);
    const renamed = {
      TaxType: rate.id,
      Name: 'State 2',
      ReportTaxType: 'INPUT',
      TaxComponents: [{ Name: 'S', Rate: 3 }],
    };
    expect(twinsOf(await update('tax_rate', renamed))).toMatchObject([{ id: rate.id, name: 'State 2' }]);
  });

  test('a refused account, rate or option rejects with its cause and its proof', async () => {
    await one('account', { Code: '499', Name: 'Travel', Type: 'EXPENSE' });
    await expect(create('account', { Code: '498', Name: 'travel', Type: 'EXPENSE' })).rejects.toMatchObject({
      ...{ code: 'xero_rejected', details: { proof: 'refused', extension: { cause: 'name_taken' } } },
    });
  });

  test('a taken name or number is a cause', async () => {
    const [name, code] = [
      await create('contact', { Name: 'blue gum dental' }),
      await create('item', { Code: 'LAMP-S' }),
    ];
    expect(errorsOf(name[0])).toMatchObject({ extension: { cause: 'name_taken' } });
    expect(errorsOf(code[0])).toMatchObject({ extension: { cause: 'number_taken' } });
  });

  test('an archived contact, a lock date and the plan’s limit are causes', async () => {
    const { organisationId: tenantId } = stage.connected.caller;
    await stage.harness.control.planLimit({ tenantId, bills: 0 });
    const answers = await create(
      'invoice',
      bill('B-1', 1, { Contact: contact('Bower Bird Antiques') }),
      bill('B-2', 1, { Date: '2020-01-01' }),
      bill('B-3', 1),
    );
    const causes = answers.map((answer) => answer.outcome === 'refused' && answer.error.details.extension?.cause);
    expect(causes).toEqual(['contact_archived', 'period_locked', 'plan_limit']);
  });
});
