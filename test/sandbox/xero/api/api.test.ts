import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { apiHeaders, openSession, type Session } from '../testing/session.ts';

let session: Session;
let token: string;
let tenantId: string;
let contacts: Record<string, string>;

beforeAll(async () => {
  session = await openSession();
});
afterAll(() => session.xero.close());
beforeEach(async () => {
  await session.control.reset();
  ({ access_token: token } = await session.connect());
  const demo = (await session.control.seedInfo()).organisations[0];
  ({ tenantId, contacts } = demo ?? { tenantId: '', contacts: {} });
});

type Row = Record<string, unknown> & { UpdatedDateUTC: string };
type Answer = {
  pagination?: Record<string, number>;
  Invoices: Row[];
  Contacts: Row[];
  Quotes: Row[];
  CreditNotes: Row[];
};

function get(path: string, headers: Record<string, string> = {}, given = { token, tenantId }) {
  return session.get(path, { ...given, headers });
}
async function read(path: string, headers?: Record<string, string>): Promise<Answer> {
  return (await (await get(path, headers)).json()) as Answer;
}
function harbour() {
  return contacts['Harbour Lights Pty Ltd'] ?? '';
}

describe('the gateway', () => {
  test('when the token is unknown, then it is 401 AuthenticationUnsuccessful', async () => {
    const answer = await get('/Organisation', {}, { token: 'x', tenantId });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({
      Title: 'Unauthorized',
      Status: 401,
      Detail: 'AuthenticationUnsuccessful',
    });
  });

  test('a token older than thirty minutes gets TokenExpired', async () => {
    await session.control.clock({ advanceSeconds: 30 * 60 });
    expect(await (await get('/Organisation')).json()).toMatchObject({
      Status: 401,
      Detail: expect.stringMatching(/^TokenExpired: token expired at \d\d\/\d\d\/\d{4} /),
    });
  });

  test('tokens expired from outside get the same', async () => {
    await session.control.tokens({ expireAccess: true });
    expect(await (await get('/Organisation')).json()).toMatchObject({ Detail: expect.stringMatching(/^TokenExpired/) });
  });

  test.each(['', '4788b531-b7d1-5bde-9ff4-8c59c29d08d3'])(
    'an unconnected tenant "%s" gets 403 AuthenticationUnsuccessful',
    async (other) => {
      const answer = await get('/Organisation', {}, { token, tenantId: other });
      expect([answer.status, await answer.json()]).toEqual([
        403,
        expect.objectContaining({ Detail: 'AuthenticationUnsuccessful' }),
      ]);
    },
  );

  test('when someone disconnects inside Xero, then calls are 403', async () => {
    await session.control.disconnect(tenantId);
    expect((await get('/Organisation')).status).toBe(403);
  });

  test('a missing scope gets insufficient_scope in WWW-Authenticate', async () => {
    const narrow = await session.connect(undefined, 'accounting.contacts.read');
    const given = { token: narrow.access_token, tenantId };
    expect((await get('/Contacts', {}, given)).status).toBe(200);
    const refused = await get('/Invoices', {}, given);
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toContain('insufficient_scope');
    const url = `${session.xero.origin}/api.xro/2.0/Contacts`;
    const write = await fetch(url, { method: 'PUT', headers: apiHeaders(narrow.access_token, tenantId), body: '{}' });
    expect(write.status).toBe(401);
  });

  test('when there is no User-Agent, then it is a 403 page', async () => {
    const answer = await new Promise<{ status?: number | undefined; type?: string | undefined }>((resolve, reject) => {
      const url = `${session.xero.origin}/api.xro/2.0/Organisation`;
      const sent = httpRequest(url, { headers: apiHeaders(token, tenantId) }, (response) => {
        response.resume();
        resolve({ status: response.statusCode, type: response.headers['content-type'] });
      });
      sent.on('error', reject).end();
    });
    expect(answer).toEqual({ status: 403, type: 'text/html' });
  });

  test('when JSON is not asked for, then it is a plain 406', async () => {
    expect((await get('/Organisation', { accept: '*/*' })).status).toBe(406);
  });

  test('each answer says what is left and has Xero’s Date', async () => {
    await session.control.clock({ now: '2026-03-04T05:06:07Z' });
    const tokens = await session.connect();
    const first = await get('/Organisation', {}, { token: tokens.access_token, tenantId });
    const second = await get('/Accounts', {}, { token: tokens.access_token, tenantId });
    expect(first.headers.get('x-minlimit-remaining')).toBe('59');
    expect(second.headers.get('x-minlimit-remaining')).toBe('58');
    expect(second.headers.get('x-daylimit-remaining')).toBe('998');
    expect(second.headers.get('date')).toMatch(/^Wed, 04 Mar 2026 05:06:/);
  });

  test('a used-up minute is 429 with the problem, and full a minute later', async () => {
    await session.control.limits({ minute: 1 });
    await get('/Organisation');
    const refused = await get('/Organisation');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('x-rate-limit-problem')).toBe('minute');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('x-minlimit-remaining')).toBe('0');
    await session.control.clock({ advanceSeconds: 61 });
    expect((await get('/Organisation')).status).toBe(200);
    expect(await session.control.peak()).toEqual({ inFlight: 1, refused: 1 });
  });
});

describe('Invoices', () => {
  test('lists both kinds of one contact in summary, with sums', async () => {
    const query = `ContactIDs=${harbour()}&Statuses=AUTHORISED&summaryOnly=true&page=1&pageSize=1000`;
    const { Invoices, pagination } = await read(`/Invoices?${query}`);
    expect(pagination).toEqual({ page: 1, pageSize: 1000, pageCount: 1, itemCount: 4 });
    expect(Invoices.map(({ Type }) => Type).sort()).toEqual(['ACCPAY', 'ACCREC', 'ACCREC', 'ACCREC']);
    for (const invoice of Invoices) expect(Object.keys(invoice)).not.toContain('LineItems');
    expect(Invoices.find(({ InvoiceNumber }) => InvoiceNumber === 'INV-0093')).toMatchObject({
      AmountDue: 6280,
      AmountPaid: 2000,
      Total: 8280,
    });
  });

  test('when pages are walked, then each invoice is met once', async () => {
    const seen: unknown[] = [];
    let pages = 1;
    for (let page = 1; page <= pages; page += 1) {
      const { Invoices, pagination } = await read(`/Invoices?page=${page}&pageSize=30&order=Date DESC`);
      seen.push(...Invoices.map(({ InvoiceID }) => InvoiceID));
      pages = pagination?.pageCount ?? 0;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength((await read('/Invoices')).Invoices.length);
  });

  test('when dates are written, then a day is midnight UTC beside its string', async () => {
    const [invoice] = (await read('/Invoices?InvoiceNumbers=INV-0087')).Invoices;
    const day = String(invoice?.DueDateString).slice(0, 10);
    expect(invoice?.DueDateString).toBe(`${day}T00:00:00`);
    expect(invoice?.DueDate).toBe(`/Date(${Date.parse(day)}+0000)/`);
    expect(invoice?.UpdatedDateUTC).toMatch(/^\/Date\(\d+\+0000\)\/$/);
  });

  test('a read by id has lines, payments and the whole contact', async () => {
    const [listed] = (await read('/Invoices?InvoiceNumbers=INV-0093&summaryOnly=true')).Invoices;
    const [invoice] = (await read(`/Invoices/${listed?.InvoiceID}`)).Invoices;
    expect(invoice).toMatchObject({
      LineItems: [{ LineAmount: 8280 }],
      Payments: [{ Amount: 2000 }],
      Contact: { AccountNumber: 'HL-001' },
    });
    expect((await get('/Invoices/00000000-0000-0000-0000-000000000000')).status).toBe(404);
  });

  test('when more than fifty ids are asked for, then it is the misleading 404', async () => {
    const ids = (count: number) => Array.from({ length: count }, harbour).join(',');
    expect((await get(`/Invoices?ContactIDs=${ids(50)}`)).status).toBe(200);
    expect((await get(`/Invoices?ContactIDs=${ids(51)}`)).status).toBe(404);
    expect((await get(`/Contacts?IDs=${ids(51)}`)).status).toBe(404);
  });

  test('answers 304 without changes, otherwise only what changed', async () => {
    await session.control.clock({ advanceSeconds: 3600 });
    const tokens = await session.connect();
    const given = { token: tokens.access_token, tenantId };
    const since = { 'if-modified-since': new Date(Date.now() + 3_500_000).toUTCString() };
    const unchanged = await get('/Invoices', since, given);
    expect([unchanged.status, await unchanged.text()]).toEqual([304, '']);
    const made = await session.control.addInvoice({ tenantId, Contact: { ContactID: harbour() }, Total: 10 });
    const changed = (await (await get('/Invoices?page=1', since, given)).json()) as Answer;
    expect(changed.Invoices.map(({ InvoiceID }) => InvoiceID)).toEqual([made.InvoiceID]);
  });

  test('a new due date on a part-paid invoice keeps UpdatedDateUTC', async () => {
    const [before] = (await read('/Invoices?InvoiceNumbers=INV-0093')).Invoices;
    const InvoiceID = String(before?.InvoiceID);
    await session.control.updateInvoice({ tenantId, InvoiceID, DueDate: '2030-01-01' });
    const [after] = (await read('/Invoices?InvoiceNumbers=INV-0093')).Invoices;
    expect(after).toMatchObject({ DueDateString: '2030-01-01T00:00:00', UpdatedDateUTC: before?.UpdatedDateUTC });
    await session.control.updateInvoice({ tenantId, InvoiceID, Reference: 'new' });
    expect((await read('/Invoices?InvoiceNumbers=INV-0093')).Invoices[0]?.UpdatedDateUTC).not.toBe(
      after?.UpdatedDateUTC,
    );
  });

  test('a large organisation accepts only indexed fields in where', async () => {
    const { organisations, fiveThousand } = await session.control.seedInfo();
    const bulk = organisations.find((one) => one.tenantId === fiveThousand.tenantId);
    const bulkToken = (await session.connect([fiveThousand.tenantId])).access_token;
    const given = { token: bulkToken, tenantId: bulk?.tenantId ?? '' };
    const refused = await get(`/Invoices?page=1&where=${encodeURIComponent('Total>1')}`, {}, given);
    expect(await refused.json()).toMatchObject({ ErrorNumber: 51, Type: 'HighVolumeException' });
    const where = encodeURIComponent(`Contact.ContactID==guid("${fiveThousand.contactId}") AND AmountDue>0`);
    const found = (await (await get(`/Invoices?page=5&pageSize=1000&where=${where}`, {}, given)).json()) as Answer;
    expect(found.pagination).toEqual({ page: 5, pageSize: 1000, pageCount: 5, itemCount: 5000 });
  });

  test.each(['page=0', 'pageSize=1001', 'page=x'])('when paging asks for %s, then it is a 400', async (query) => {
    expect((await get(`/Invoices?${query}`)).status).toBe(400);
  });
});

describe('Quotes', () => {
  test('lists quotes by contact and status, with lines, without pagination', async () => {
    const answer = await read(`/Quotes?ContactID=${harbour()}&Status=DRAFT&summaryOnly=true&pageSize=1`);
    expect(answer.pagination).toBeUndefined();
    expect(answer.Quotes).toMatchObject([{ QuoteNumber: 'QU-0041', Total: 2400, LineAmountTypes: 'INCLUSIVE' }]);
    expect(answer.Quotes[0]?.LineItems).toHaveLength(1);
  });

  test('the rest of more than a hundred is on the second page', async () => {
    for (let made = 0; made < 101; made += 1) {
      await session.control.addQuote({ tenantId, Contact: { ContactID: harbour() }, Status: 'SENT', Total: made });
    }
    const path = `/Quotes?ContactID=${harbour()}&Status=SENT`;
    expect((await read(path)).Quotes).toHaveLength(100);
    expect((await read(`${path}&page=2`)).Quotes).toHaveLength(2);
  });

  test('when filtered by dates, then only those within come', async () => {
    const { Quotes } = await read('/Quotes?ExpiryDateTo=2000-01-01');
    expect(Quotes).toEqual([]);
    expect((await read('/Quotes?QuoteNumber=QU-0042')).Quotes).toHaveLength(1);
  });
});

describe('credits', () => {
  test('credit notes by contact show remaining credit and allocation', async () => {
    const where = encodeURIComponent(`Contact.ContactID==guid("${harbour()}")`);
    const { CreditNotes } = await read(`/CreditNotes?page=1&where=${where}`);
    expect(CreditNotes).toMatchObject([
      {
        CreditNoteNumber: 'CN-0012',
        RemainingCredit: 120,
        Allocations: [{ Amount: 200, Invoice: { InvoiceNumber: 'INV-0072' } }],
      },
    ]);
  });
});
