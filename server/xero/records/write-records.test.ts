import { describe, expect, test } from 'vitest';
import type { Question } from '#server/xero/calling/send-question.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';
import type { RecordsWrite } from './records.ts';
import { createRecords, updateRecords } from './write-records.ts';

const caller: XeroCaller = { workspaceId: 'acme', organisationId: 'one', priority: 'sync' };
const zero = '00000000-0000-0000-0000-000000000000';

function id(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

type Row = Record<string, unknown>;
type Sent = { body: string; question: Question };

/** Xero answers with this text, or rejects. */
function buildDeps(answer: unknown) {
  const sent: Sent[] = [];
  const faults: string[] = [];
  const ask = async (_caller: XeroCaller, question: Question) => {
    sent.push({ body: String(question.body?.bytes), question });
    if (answer instanceof Error) throw answer;
    return { status: 200, headers: {}, text: typeof answer === 'string' ? answer : JSON.stringify(answer) };
  };
  const noteSetAside = (_list: string, found: readonly string[]) => void faults.push(...found);
  return { ask, noteSetAside, sent, faults };
}
function order(number: number, more: Row = {}): Row {
  return { PurchaseOrderNumber: `PO-${number}`, ...more };
}
function write(elements: Row[], resource: RecordsWrite['resource'] = 'purchase_order'): RecordsWrite {
  return { resource, elements: elements.map((one) => JSON.stringify(one)), idempotencyKey: 'key' };
}
function made(number: number, more: Row = {}): Row {
  return order(number, { PurchaseOrderID: id(number), Status: 'DRAFT', StatusAttributeString: 'OK', ...more });
}

describe('an answer of several rows', () => {
  test('each has its own outcome', async () => {
    const refused = order(2, {
      PurchaseOrderID: zero,
      StatusAttributeString: 'ERROR',
      ValidationErrors: [{ Message: 'No' }],
    });
    const deps = buildDeps({ PurchaseOrders: [made(1), refused, made(4)] });
    const answers = await createRecords(deps, caller, write([order(1), order(2), order(3), order(4)]));
    expect(answers).toMatchObject([
      { outcome: 'done', made: { id: id(1), number: 'PO-1', updatedAt: null } },
      {
        outcome: 'refused',
        error: { code: 'xero_rejected', details: { proof: 'refused', errors: [{ message: 'No' }] } },
      },
      { outcome: 'unknown', error: { code: 'xero_invalid_answer' } },
      { outcome: 'done', made: { id: id(4) } },
    ]);
  });

  test('a row that cannot be read is unknown for its record only, and is noted', async () => {
    const deps = buildDeps({
      PurchaseOrders: [made(1, { Status: null }), made(2, { UpdatedDateUTC: 'soon' }), made(3)],
    });
    const answers = await createRecords(deps, caller, write([order(1), order(2), order(3)]));
    expect(answers.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown', 'done']);
    expect(deps.faults).toEqual(['status: invalid_type', 'updatedAt: invalid_union']);
  });

  test('one id for two records is neither’s', async () => {
    const deps = buildDeps({ PurchaseOrders: [made(1), made(2, { PurchaseOrderID: id(1) }), made(3)] });
    const answers = await createRecords(deps, caller, write([order(1), order(2), order(3)]));
    expect(answers.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown', 'done']);
  });

  test('an error beside an id may have been made; a refused change was not done', async () => {
    const odd = made(1, { ValidationErrors: [{ Message: 'Odd' }] });
    const [created] = await createRecords(buildDeps({ PurchaseOrders: [odd] }), caller, write([order(1)]));
    expect(created).toMatchObject({ outcome: 'refused', error: { details: { proof: 'refused_unless_found' } } });
    const change = write([{ PurchaseOrderID: id(1), Status: 'DELETED' }]);
    const [updated] = await updateRecords(buildDeps({ PurchaseOrders: [odd] }), caller, change);
    expect(updated).toMatchObject({ outcome: 'refused', error: { details: { proof: 'refused' } } });
  });

  test('warnings are no refusal', async () => {
    const warned = made(1, { StatusAttributeString: 'WARNING', Warnings: [{ Message: 'Late' }] });
    const [answer] = await createRecords(buildDeps({ PurchaseOrders: [warned] }), caller, write([order(1)]));
    expect(answer?.outcome).toBe('done');
  });

  test('what is not JSON, or has no list, rejects without a proof', async () => {
    for (const answer of ['<html>', '{"PurchaseOrders":[', { Other: [] }]) {
      const failed = createRecords(buildDeps(answer), caller, write([order(1), order(2)]));
      await expect(failed).rejects.toSatisfy((error) => error instanceof AppError && error.details.proof === undefined);
      await expect(failed).rejects.toMatchObject({ code: 'xero_invalid_answer' });
    }
  });
});

describe('a call that is refused as a whole', () => {
  const refusal = new AppError('xero_rejected', {
    proof: 'refused',
    errors: [{ path: 'x', message: 'Order number must be unique' }],
  });

  test('proves something only for one element', async () => {
    const alone = createRecords(buildDeps(refusal), caller, write([order(1)]));
    const cause = { extension: { cause: 'number_taken' }, errors: [{ path: '' }] };
    await expect(alone).rejects.toMatchObject({ details: { proof: 'refused', ...cause } });
    const many = createRecords(buildDeps(refusal), caller, write([order(1), order(2)]));
    await expect(many).rejects.toMatchObject({ details: { proof: 'refused_unless_found', ...cause } });
  });

  test('other failures stay as they are', async () => {
    const paced = new AppError('calls_paced', { proof: 'not_done', retryAfterSeconds: 9 });
    await expect(createRecords(buildDeps(paced), caller, write([order(1)]))).rejects.toBe(paced);
    const proxied = new AppError('xero_rejected', { errors: [] });
    await expect(createRecords(buildDeps(proxied), caller, write([order(1)]))).rejects.toBe(proxied);
  });
});

describe('what is sent', () => {
  test('the given bytes, side by side', async () => {
    const deps = buildDeps({ Invoices: [] });
    const elements = ['{"Total":1.50}', '{"Total": 2}'];
    await createRecords(deps, caller, { resource: 'invoice', elements, idempotencyKey: 'key' });
    expect(
      deps.sent.map(({ body, question }) => [body, question.name, question.isWrite, question.isAnsweredByRow]),
    ).toEqual([['{"Invoices":[{"Total":1.50},{"Total": 2}]}', 'PUT /Invoices', true, true]]);
  });

  test('lists that take no arrays, in the form that each wants', async () => {
    const names: [string, string][] = [];
    for (const [act, resource, element] of [
      [createRecords, 'account', '{"Code":"1"}'],
      [updateRecords, 'account', `{"AccountID":"${id(1)}"}`],
      [createRecords, 'tax_rate', '{"Name":"GST"}'],
      [updateRecords, 'tax_rate', '{"TaxType":"TAX001"}'],
      [createRecords, 'tracking_option', '{"Name":"Perth"}'],
      [updateRecords, 'tracking_option', `{"TrackingOptionID":"${id(1)}"}`],
    ] as const) {
      const deps = buildDeps(new AppError('xero_timeout'));
      const asked = { resource, elements: [element], idempotencyKey: 'key', within: id(9) };
      await expect(act(deps, caller, asked)).rejects.toMatchObject({ code: 'xero_timeout' });
      for (const { question, body } of deps.sent) names.push([question.name, body]);
    }
    expect(names).toEqual([
      ['PUT /Accounts', '{"Code":"1"}'],
      ['POST /Accounts/{id}', `{"Accounts":[{"AccountID":"${id(1)}"}]}`],
      ['PUT /TaxRates', '{"TaxRates":[{"Name":"GST"}]}'],
      ['POST /TaxRates', '{"TaxRates":[{"TaxType":"TAX001"}]}'],
      ['PUT /TrackingCategories/{id}/Options', '{"Name":"Perth"}'],
      ['POST /TrackingCategories/{id}/Options/{id}', `{"TrackingOptionID":"${id(1)}"}`],
    ]);
  });

  test('nothing, when there is too much or too little of it', async () => {
    const deps = buildDeps({ PurchaseOrders: [] });
    const orders = Array.from({ length: 51 }, (_, index) => order(index));
    await expect(createRecords(deps, caller, write(orders))).rejects.toThrow('1 to 50 elements');
    await expect(createRecords(deps, caller, write([]))).rejects.toThrow('1 to 50 elements');
    await expect(createRecords(deps, caller, write([order(1), order(2)], 'account'))).rejects.toThrow(
      '1 to 1 elements',
    );
    await expect(updateRecords(deps, caller, write([order(1)], 'account'))).rejects.toThrow('AccountID');
    await expect(createRecords(deps, caller, write([order(1)], 'tracking_option'))).rejects.toThrow(
      'tracking category',
    );
    await expect(updateRecords(deps, caller, write([order(1)], 'payment'))).rejects.toThrow('cannot change a payment');
    expect(deps.sent).toEqual([]);
  });
});
