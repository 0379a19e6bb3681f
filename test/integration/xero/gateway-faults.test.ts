import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import { toText, workspaceId } from './gateway-harness.ts';
import { setGatewayStage } from './gateway-stage.ts';

const stage = setGatewayStage();

const customer = 'Harbour Lights Pty Ltd';
const api = '^/api.xro/';
const always = null;
function load() {
  return stage.xero.listOpenInvoices(stage.connected.caller, [stage.connected.contactId(customer)]);
}
function create() {
  return stage.xero.createContact(
    stage.connected.caller,
    { name: 'Secret Customer', email: 'a@secret.example', contactNumber: 'c' },
    'key',
  );
}
async function countCalls(path = api) {
  return (await stage.harness.control.requests()).filter((request) => new RegExp(path).test(request.path)).length;
}

async function catchError(call: () => Promise<unknown>): Promise<AppError> {
  const error = await call().then(
    () => 'nothing was rejected',
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error;
  throw new Error(`not an AppError: ${String(error)}`);
}

describe('each fault', () => {
  test.each([
    ['a 400', { kind: 'status', status: 400 }, 'xero_rejected', 1],
    ['a 404', { kind: 'status', status: 404 }, 'xero_not_found', 1],
    ['a 500', { kind: 'status', status: 500 }, 'xero_unavailable', 1],
    ['a 502', { kind: 'status', status: 502 }, 'xero_unavailable', 3],
    ['a 503', { kind: 'status', status: 503 }, 'xero_unavailable', 3],
    ['a 503 that says when', { kind: 'status', status: 503, retryAfterSeconds: 30 }, 'xero_unavailable', 1],
    ['a redirect', { kind: 'status', status: 302, headers: { location: '/elsewhere' } }, 'xero_invalid_answer', 1],
    ['a dropped connection', { kind: 'drop' }, 'xero_unreachable', 3],
    ['HTML', { kind: 'html' }, 'xero_invalid_answer', 1],
    ['JSON cut off', { kind: 'truncate' }, 'xero_invalid_answer', 1],
    ['no list', { kind: 'status', status: 200, body: {} }, 'xero_invalid_answer', 1],
  ] as const)('a read that meets %s fails with its code after the allowed retries', async (_, fault, code, calls) => {
    await stage.harness.control.fault({ ...fault, path: api, times: always });
    const error = await catchError(load);
    expect(error.code).toBe(code);
    expect(await countCalls()).toBe(calls);
    await stage.harness.control.clearFaults();
    expect((await load()).documents).not.toEqual([]);
  });

  test.each([{ kind: 'status', status: 503 }, { kind: 'drop' }, { kind: 'status', status: 504 }] as const)(
    'a read that meets %o once succeeds',
    async (fault) => {
      await stage.harness.control.fault({ ...fault, path: api, times: 1 });
      expect((await load()).documents).not.toEqual([]);
      expect(await countCalls()).toBe(2);
    },
  );

  test.each([
    ['drop', 'xero_unreachable'],
    ['lose-answer', 'xero_unreachable'],
  ] as const)('a write that meets %s is not sent again', async (kind, code) => {
    await stage.harness.control.fault({ kind, path: api, times: always });
    expect((await catchError(create)).code).toBe(code);
    expect(await countCalls()).toBe(1);
  });

  test('a write that meets a 503 is not sent again', async () => {
    await stage.harness.control.fault({ kind: 'status', status: 503, path: api });
    expect((await catchError(create)).code).toBe('xero_unavailable');
    expect(await countCalls()).toBe(1);
  });

  test('a hanging Xero fails once for a person; background retries', async () => {
    await stage.configure({ timeoutMs: 500 });
    await stage.harness.control.fault({ kind: 'hang', path: api, times: always });
    expect((await catchError(load)).code).toBe('xero_timeout');
    expect(await stage.harness.control.peak()).toMatchObject({ inFlight: 1 });
    const background = { ...stage.connected.caller, priority: 'background' as const };
    await stage.harness.control.clearFaults();
    await stage.harness.control.fault({ kind: 'hang', path: api, times: 1 });
    expect(await stage.xero.getOrganisation(background)).toMatchObject({ name: 'Demo Company (AU)' });
  });

  test('a cancelled call ends and releases its slot', async () => {
    await stage.harness.control.fault({ kind: 'hang', path: api, times: always });
    const controller = new AbortController();
    const caller = { ...stage.connected.caller, signal: controller.signal };
    const calls = Array.from({ length: 7 }, () => catchError(() => stage.xero.getOrganisation(caller)));
    controller.abort();
    expect((await Promise.all(calls)).map(({ code }) => code)).toEqual(Array(7).fill('xero_timeout'));
    await stage.harness.control.clearFaults();
    expect((await load()).documents).not.toEqual([]);
  });
});

describe('limits', () => {
  test.each([
    ['minute', 30, 'xero_rate_limited'],
    ['appminute', 12, 'xero_rate_limited'],
    ['day', 73_451, 'xero_day_limit'],
  ] as const)('nobody calls before the time when the %s is full', async (problem, seconds, code) => {
    await stage.harness.control.fault({ kind: 'status', status: 429, problem, retryAfterSeconds: seconds, path: api });
    expect(await catchError(load)).toMatchObject({ code, details: { retryAfterSeconds: seconds } });
    stage.harness.clock.advance(5_000);
    expect(await catchError(create)).toMatchObject({ code, details: { retryAfterSeconds: seconds - 5 } });
    expect(await countCalls()).toBe(1);
    const until = await stage.xero.governor.pausedUntil(stage.connected.caller.organisationId);
    expect(until).toBe(new Date(stage.harness.clock.now().getTime() + (seconds - 5) * 1000).toISOString());
    stage.harness.clock.advance(seconds * 1000);
    expect((await load()).documents).not.toEqual([]);
  });

  test('too many calls at once are retried, even writes', async () => {
    await stage.harness.control.fault({ kind: 'status', status: 429, problem: 'concurrent', path: api, times: 2 });
    expect(await create()).toMatchObject({ name: 'Secret Customer' });
    await stage.harness.control.fault({ kind: 'status', status: 429, problem: 'concurrent', path: api, times: always });
    expect(await catchError(load)).toMatchObject({ code: 'xero_rate_limited', details: { retryAfterSeconds: 1 } });
    expect(await stage.xero.governor.pausedUntil(stage.connected.caller.organisationId)).toBeNull();
  });

  test('a hundred questions at once never meet a limit', async () => {
    const asked = await Promise.allSettled(
      Array.from({ length: 100 }, () => stage.xero.getOrganisation(stage.connected.caller)),
    );
    const answered = asked.filter(({ status }) => status === 'fulfilled').length;
    const refused = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    // The other calls are reserved for the change stream.
    expect(answered).toBe(54);
    expect(new Set(refused)).toEqual(new Set(['calls_paced']));
    const peak = await stage.harness.control.peak();
    expect(peak.refused).toBe(0);
    expect(peak.inFlight).toBeLessThanOrEqual(5);
  });

  test('takes Xero’s count when it is higher', async () => {
    await stage.harness.control.limits({ dayRemaining: 3 });
    await load();
    expect(await stage.xero.governor.usage(stage.connected.caller.organisationId)).toMatchObject({
      callsToday: 998,
      dailyCalls: 1000,
    });
    await load();
    await load();
    expect((await catchError(load)).code).toBe('xero_day_limit');
    expect((await stage.harness.control.peak()).refused).toBe(0);
  });
});

describe('what is refused for who asks', () => {
  const row = async () => stage.harness.store.connections.find(workspaceId);

  test('a token refused once is replaced unnoticed', async () => {
    await stage.harness.control.tokens({ expireAccess: true });
    expect((await load()).documents).not.toEqual([]);
    expect(await countCalls('/connect/token')).toBe(1);
  });

  test.each([
    [401, 'xero_unauthorized'],
    [403, 'xero_forbidden'],
  ] as const)('a lasting %i with a connected organisation keeps the connection', async (status, code) => {
    await stage.harness.control.fault({ kind: 'status', status, path: api, times: always });
    expect((await catchError(load)).code).toBe(code);
    expect((await row())?.status).toBe('running');
  });

  test('a disconnect in Xero needs a reconnect and says why', async () => {
    await stage.harness.control.disconnect();
    expect((await catchError(load)).code).toBe('reconnect_needed');
    expect(await row()).toMatchObject({ status: 'reconnect_needed', reason: 'disconnected_in_xero' });
    await stage.harness.control.clearRequests();
    expect((await catchError(load)).code).toBe('reconnect_needed');
    expect(await countCalls('.')).toBe(0);
  });

  test('a token refused everywhere needs a reconnect', async () => {
    await stage.harness.control.fault({ kind: 'status', status: 401, path: '^/(api.xro|connections)', times: always });
    expect((await catchError(load)).code).toBe('reconnect_needed');
    expect(await row()).toMatchObject({ status: 'reconnect_needed', reason: 'token_refused' });
  });

  test('a newer token proves the connection when the replacement expired', async () => {
    // Two calls and the list of connections.
    await stage.harness.control.fault({ kind: 'status', status: 401, path: '^/(api.xro|connections)', times: 3 });
    expect((await catchError(load)).code).toBe('xero_unauthorized');
    expect((await row())?.status).toBe('running');
    expect((await load()).documents).not.toEqual([]);
  });

  test('keeps the connection when Xero cannot say whether it exists', async () => {
    await stage.harness.control.fault({ kind: 'status', status: 403, path: api, times: always });
    await stage.harness.control.fault({ kind: 'html', path: '^/connections', times: always });
    expect((await catchError(load)).code).toBe('xero_forbidden');
    expect((await row())?.status).toBe('running');
  });

  test('a missing permission needs a reconnect without a new token', async () => {
    const headers = { 'www-authenticate': 'Bearer error="insufficent_scope"' };
    await stage.harness.control.fault({ kind: 'status', status: 401, headers, path: api, times: always });
    expect((await catchError(load)).code).toBe('reconnect_needed');
    expect(await row()).toMatchObject({ status: 'reconnect_needed', reason: 'scope_missing' });
    expect(await countCalls('/connect/token')).toBe(0);
  });

  test('an app that requests too few scopes keeps its connection', async () => {
    const headers = { 'www-authenticate': 'Bearer error="insufficient_scope"' };
    const narrow = await stage.harness.build({ config: { ...stage.harness.config, scopes: ['accounting.contacts'] } });
    await stage.harness.control.fault({ kind: 'status', status: 403, headers, path: api, times: always });
    expect((await catchError(() => narrow.getOrganisation(stage.connected.caller))).code).toBe('xero_forbidden');
    expect((await row())?.status).toBe('running');
  });
});

test('no failure puts a token, name or amount into messages or logs', async () => {
  const body = {
    Elements: [{ Name: customer, Total: 12480.55, ValidationErrors: [{ Message: `${customer} owes 12480.55` }] }],
  };
  const row = {
    Status: 'AUTHORISED',
    Contact: { Name: customer },
    Total: 12480.55,
    InvoiceID: customer,
    CurrencyCode: customer,
    Type: 'ACCREC',
  };
  const faults = [
    { kind: 'status', status: 400, body },
    { kind: 'status', status: 404, body },
    { kind: 'status', status: 503, body },
    { kind: 'status', status: 403, body },
    { kind: 'status', status: 401, body },
    { kind: 'status', status: 200, body: `{"Invoices":[{"Name":"${customer} 12480.55` },
    { kind: 'drop' },
    { kind: 'truncate' },
    { kind: 'html' },
  ] as const;
  const errors: AppError[] = [];
  for (const fault of faults) {
    await stage.harness.control.fault({ ...fault, path: api, times: always });
    errors.push(await catchError(load), await catchError(create));
    await stage.harness.control.clearFaults();
  }
  await stage.harness.control.fault({
    kind: 'status',
    status: 200,
    body: { Invoices: [row], Contacts: [row] },
    path: api,
    times: always,
  });
  expect(await load()).toMatchObject({ documents: [], unreadable: [{ id: null, contactId: null }] });
  expect(stage.harness.logText()).toContain('CurrencyCode');
  errors.push(await catchError(create));
  // Xero's messages for the person are in `details.errors`, which is not logged.
  const said = errors.map((error) => toText({ message: error.message, stack: error.stack, cause: error.cause })).join();
  expect(new Set(errors.map(({ code }) => code)).size).toBeGreaterThan(4);
  const written = said + stage.harness.logText();
  const row2 = await stage.harness.store.connections.find(workspaceId);
  const secrets = [
    stage.connected.tokenSet.accessToken,
    stage.connected.tokenSet.refreshToken,
    row2?.sealedTokens ?? '',
  ];
  for (const secret of [...secrets, customer, 'Secret Customer', 'secret.example', '12480', 'Bearer ', 'Basic ']) {
    expect(written).not.toContain(secret);
  }
});
