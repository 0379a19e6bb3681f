import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Fault } from './faults.ts';
import { apiHeaders, openSession, type Session } from './testing/session.ts';

let session: Session;
let token: string;
let tenantId: string;

beforeAll(async () => {
  session = await openSession();
});
afterAll(() => session.xero.close());
beforeEach(async () => {
  await session.control.reset();
  ({ access_token: token } = await session.connect());
  tenantId = (await session.control.seedInfo()).organisations[0]?.tenantId ?? '';
  await session.control.clearRequests();
});

async function firstOrganisation() {
  const [first] = (await session.control.seedInfo()).organisations;
  if (!first) throw new Error('the seed has no organisation');
  return first;
}

function get(path = '/Organisation') {
  return session.get(path, { token, tenantId });
}
function put(body: unknown) {
  return fetch(`${session.xero.origin}/api.xro/2.0/Contacts`, {
    method: 'PUT',
    headers: { ...apiHeaders(token, tenantId), 'content-type': 'application/json', 'idempotency-key': 'one' },
    body: JSON.stringify(body),
  });
}

describe('faults', () => {
  test.each<[Partial<Fault>, number, RegExp]>([
    [{ status: 400 }, 400, /ValidationException/],
    [{ status: 401 }, 401, /TokenExpired/],
    [{ status: 403 }, 403, /AuthorizationUnsuccessful/],
    [{ status: 404 }, 404, /cannot be found/],
    [{ status: 500 }, 500, /An error occurred in Xero/],
    [{ status: 503 }, 503, /offline/],
    [{ status: 418, body: { own: true } }, 418, /"own":true/],
  ])('when %o is asked for, then the next call meets it and the one after does not', async (fault, status, body) => {
    await session.control.fault({ kind: 'status', ...fault });
    const met = await get();
    expect(met.status).toBe(status);
    expect(await met.text()).toMatch(body);
    expect((await get()).status).toBe(200);
  });

  test.each<[Fault['problem'], string | null]>([
    ['minute', '60'],
    ['day', '3600'],
    ['concurrent', null],
  ])('when a 429 of the %s limit is asked for, then Retry-After is %s', async (problem, retryAfter) => {
    await session.control.fault({ kind: 'status', status: 429, ...(problem ? { problem } : {}) });
    const { headers } = await get();
    expect(headers.get('x-rate-limit-problem')).toBe(problem);
    expect(headers.get('retry-after')).toBe(retryAfter);
    expect(headers.get('x-minlimit-remaining')).toBe(problem === 'minute' ? '0' : '60');
  });

  test('when a call is dropped, then the client sees a broken connection', async () => {
    await session.control.fault({ kind: 'drop' });
    await expect(get()).rejects.toThrow();
    expect(await session.control.requests()).toMatchObject([{ path: '/api.xro/2.0/Organisation', status: 0 }]);
  });

  test('after a lost answer, a retry with the same key finds the work', async () => {
    await session.control.fault({ kind: 'lose-answer', method: 'PUT' });
    await expect(put({ Name: 'Ghost' })).rejects.toThrow();
    expect((await put({ Name: 'Ghost' })).status).toBe(200);
    const found = await (await get('/Contacts?searchTerm=ghost')).json();
    expect((found as { Contacts: unknown[] }).Contacts).toHaveLength(1);
  });

  test('when HTML or half a JSON comes, then the status is still 200', async () => {
    await session.control.fault({ kind: 'html' });
    const page = await get();
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    await session.control.fault({ kind: 'truncate' });
    const half = await get();
    expect(half.status).toBe(200);
    await expect(half.json()).rejects.toThrow(SyntaxError);
  });

  test('hanging calls count as in flight until given up or reset', async () => {
    await session.control.fault({ kind: 'hang', times: Number.POSITIVE_INFINITY });
    const given = new AbortController();
    const init = { headers: apiHeaders(token, tenantId), signal: given.signal };
    const hanging = fetch(`${session.xero.origin}/api.xro/2.0/Organisation`, init);
    const refused = hanging.catch(() => 'gave up');
    const others = [1, 2, 3, 4].map(() => get());
    while ((await session.control.peak()).inFlight < 5)
      expect((await session.control.requests()).length).toBeLessThan(6);
    expect((await get()).headers.get('x-rate-limit-problem')).toBe('concurrent');
    given.abort();
    expect(await refused).toBe('gave up');
    await session.control.reset({ keepConnections: true });
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await get()).status).toBe(200);
  });

  test('when a fault names a method and a path, then other calls pass it by', async () => {
    await session.control.fault({ kind: 'status', status: 500, path: '/Accounts$', times: 2 });
    expect((await get()).status).toBe(200);
    expect((await get('/Accounts')).status).toBe(500);
    await session.control.clearFaults();
    expect((await get('/Accounts')).status).toBe(200);
  });

  test('when identity is to fail, then the token endpoint does', async () => {
    await session.control.fault({ kind: 'status', status: 503, path: '^/connect/token' });
    expect((await session.token({ grant_type: 'refresh_token', refresh_token: 'x' })).status).toBe(503);
  });
});

describe('the journal', () => {
  test('each call is listed once with its bytes; pages are not', async () => {
    const text = await (await get('/Accounts')).text();
    await put({ Name: 'Ada' });
    await fetch(session.authorizeUrl());
    expect(await session.control.requests()).toEqual([
      expect.objectContaining({
        method: 'GET',
        path: '/api.xro/2.0/Accounts',
        status: 200,
        responseBytes: Buffer.byteLength(text),
        tenantId,
      }),
      expect.objectContaining({ method: 'PUT', requestBytes: 14, idempotencyKey: 'one' }),
    ]);
    await session.control.clearRequests();
    expect(await session.control.requests()).toEqual([]);
  });
});

describe('the control plane', () => {
  test('reset removes what was added and revokes tokens unless kept', async () => {
    await put({ Name: 'Ada' });
    await session.control.reset({ keepConnections: true });
    expect((await get()).status).toBe(200);
    expect(((await (await get('/Contacts?searchTerm=ada')).json()) as { Contacts: unknown[] }).Contacts).toEqual([]);
    await session.control.reset();
    expect((await get()).status).toBe(401);
  });

  test('another seed and time put its organisation first', async () => {
    await session.control.reset({ seed: 'late-payers', now: '2027-02-01T12:00:00Z' });
    const [first] = (await session.control.seedInfo()).organisations;
    expect(first?.name).toBe('Late Payers Ltd');
    expect((await session.control.clock({})).now).toMatch(/^2027-02-01T12:00/);
    const tokens = await session.connect();
    const given = { token: tokens.access_token, tenantId: first?.tenantId ?? '' };
    const answer = await session.get('/Invoices?InvoiceNumbers=INV-1019', given);
    expect(await answer.json()).toMatchObject({ Invoices: [{ DueDateString: '2027-02-01T00:00:00' }] });
  });

  test('when a person pays, voids, merges and renames, then the API shows it', async () => {
    const { contacts } = await firstOrganisation();
    const Contact = { ContactID: contacts['Blue Gum Dental'] ?? '' };
    const made = await session.control.addInvoice({ tenantId, Contact, Total: 100 });
    expect(made.InvoiceNumber).toMatch(/^INV-\d{4}$/);
    const part = await session.control.updateInvoice({ tenantId, InvoiceID: made.InvoiceID, pay: 40 });
    expect(part).toMatchObject({ AmountDue: 60, Status: 'AUTHORISED' });
    const paid = await session.control.updateInvoice({ tenantId, InvoiceID: made.InvoiceID, pay: 60 });
    expect(paid).toMatchObject({ AmountDue: 0, Status: 'PAID' });
    const quote = await session.control.addQuote({ tenantId, Contact, Total: 5 });
    expect(await session.control.updateQuote({ tenantId, QuoteID: quote.QuoteID, Status: 'ACCEPTED' })).toMatchObject({
      Status: 'ACCEPTED',
    });
    await session.control.addCreditNote({ tenantId, Contact, Total: 12.5 });
    const target = contacts['Marisol Vega'] ?? '';
    await session.control.updateContact({ tenantId, ...Contact, mergeInto: target });
    const answer = await get(`/Invoices/${made.InvoiceID}`);
    expect(await answer.json()).toMatchObject({ Invoices: [{ Status: 'PAID', Contact: { ContactID: target } }] });
  });

  test('reports an unknown command', async () => {
    await expect(session.control.updateQuote({ tenantId, QuoteID: 'nowhere' })).rejects.toThrow('404');
    expect((await fetch(`${session.xero.origin}/sandbox/constructor`)).status).toBe(404);
    const answer = await fetch(`${session.xero.origin}/sandbox/fault`, {
      method: 'POST',
      body: '{"kind":"odd"}',
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(400);
  });
});

describe('pages behind deep links', () => {
  test('each page names its record and organisation', async () => {
    const { shortCode, contacts } = await firstOrganisation();
    const ContactID = contacts['Harbour Lights Pty Ltd'] ?? '';
    const made = await session.control.addInvoice({
      tenantId,
      Contact: { ContactID },
      Type: 'ACCPAY',
      InvoiceNumber: '<4711>',
      Total: 9,
    });
    const quote = await session.control.addQuote({ tenantId, Contact: { ContactID }, Total: 5 });
    const bill = `/organisationlogin/default.aspx?shortcode=${shortCode}&redirecturl=/AccountsPayable/Edit.aspx?InvoiceID=${made.InvoiceID}`;
    const pages: [string, string][] = [
      [`/app/${shortCode}/contacts/contact/${ContactID}`, 'Harbour Lights Pty Ltd'],
      [`/app/${shortCode}/invoicing/view/${made.InvoiceID}`, 'Bill &lt;4711&gt;'],
      [`/app/${shortCode}/quotes/view/${quote.QuoteID}`, quote.QuoteNumber],
      [bill, 'Bill &lt;4711&gt;'],
    ];
    for (const [path, title] of pages) {
      const answer = await fetch(`${session.xero.origin}${path}`);
      const html = await answer.text();
      expect([path, answer.status]).toEqual([path, 200]);
      expect(html).toContain(`<h1>${title.startsWith('QU') ? `Quote ${title}` : title}</h1>`);
      expect(html).toContain('Demo Company (AU)');
    }
    expect((await fetch(`${session.xero.origin}/app/!none/quotes/view/x`)).status).toBe(404);
  });
});
