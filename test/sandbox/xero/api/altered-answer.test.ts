import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { apiHeaders, openSession, type Session } from '../testing/session.ts';
import type { Alteration } from './altered-answer.ts';

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
  const { fiveThousand } = await session.control.seedInfo();
  tenantId = fiveThousand.tenantId;
});

type Listed = { Invoices: Record<string, unknown>[]; pagination?: Record<string, unknown> };
async function list(query: string): Promise<Listed> {
  const tokens = await session.connect([tenantId]);
  const answer = await session.get(`/Invoices?${query}`, { token: tokens.access_token, tenantId });
  return (await answer.json()) as Listed;
}
function alter(alteration: Alteration) {
  return session.control.fault({ kind: 'alter', alteration, times: null, path: '/Invoices$' });
}
function idsOf({ Invoices }: Listed) {
  return Invoices.map(({ InvoiceID }) => InvoiceID);
}

describe('an answer that is other than asked', () => {
  test('when every page is the first, then the second holds the same rows', async () => {
    await alter({ page: 1 });
    const [first, second] = [await list('page=1&pageSize=20'), await list('page=2&pageSize=20')];
    expect(idsOf(second)).toEqual(idsOf(first));
  });

  test('when the page size is passed over, then a page holds a hundred rows', async () => {
    await alter({ pageSize: 100 });
    expect((await list('page=1&pageSize=1000')).Invoices).toHaveLength(100);
  });

  test('when pagination is missing or lies, then the rows are the same', async () => {
    const { pagination, Invoices } = await list('page=1&pageSize=20');
    await alter({ pagination: null });
    expect(await list('page=1&pageSize=20')).toMatchObject({ Invoices });
    expect(await list('page=1&pageSize=20')).not.toHaveProperty('pagination');
    await session.control.clearFaults();
    await alter({ pagination: { pageCount: 1_000_000 } });
    expect((await list('page=1&pageSize=20')).pagination).toEqual({ ...pagination, pageCount: 1_000_000 });
  });

  test('when one row holds something else, then the others do not', async () => {
    const [first, second, third] = (await list('page=1&pageSize=3')).Invoices;
    const rows = [
      { match: { InvoiceID: second?.InvoiceID }, set: { CurrencyCode: '' }, unset: ['Date'] },
      { match: { InvoiceID: third?.InvoiceID }, put: null },
    ];
    await alter({ rows });
    const { Date: _, ...others } = second ?? {};
    expect((await list('page=1&pageSize=3')).Invoices).toEqual([first, { ...others, CurrencyCode: '' }, null]);
  });
});

describe('other answers', () => {
  test('errors inside mean nothing was done; the same key answers the same', async () => {
    await session.control.fault({ kind: 'errors-inside', method: 'PUT', message: 'No' });
    const { organisations } = await session.control.seedInfo();
    const first = organisations[0]?.tenantId ?? '';
    const put = () =>
      fetch(`${session.xero.origin}/api.xro/2.0/Contacts`, {
        method: 'PUT',
        headers: { ...apiHeaders(token, first), 'content-type': 'application/json', 'idempotency-key': 'one' },
        body: JSON.stringify({ Contacts: [{ Name: 'Ghost' }] }),
      });
    const refused = {
      Name: 'Ghost',
      ContactID: '00000000-0000-0000-0000-000000000000',
      StatusAttributeString: 'ERROR',
      ValidationErrors: [{ Message: 'No' }],
    };
    for (const answer of [await put(), await put()]) {
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ Contacts: [refused] });
    }
    const found = await session.get('/Contacts?searchTerm=ghost', { token, tenantId: first });
    expect(await found.json()).toMatchObject({ Contacts: [] });
  });

  test('a flood is small in transit and as long as asked', async () => {
    await session.control.fault({ kind: 'flood', bytes: 3_000_000, path: '^/connections' });
    const answer = await fetch(`${session.xero.origin}/connections`);
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    const { length } = await answer.text();
    expect(length).toBeGreaterThanOrEqual(3_000_000);
    expect(length).toBeLessThan(3_100_000);
  });
});
