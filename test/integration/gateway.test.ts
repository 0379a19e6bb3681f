import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDecimals } from '#shared/money.ts';
import { type Harness, startHarness } from './gateway-harness.ts';

let harness: Harness;
let connected: Awaited<ReturnType<Harness['connect']>>;
let xero: Awaited<ReturnType<Harness['build']>>;

beforeAll(async () => {
  harness = await startHarness();
});
beforeEach(async () => {
  connected = await harness.connect();
  xero = await harness.build();
});
afterAll(() => harness.close());

const load = (name = 'Harbour Lights Pty Ltd') => xero.listOpenInvoices(connected.caller, [connected.contactId(name)]);

describe('reading', () => {
  it('when a contact is loaded, then its invoices and bills come exactly, in one call', async () => {
    const { documents, asOf } = await load();
    const due = (kind: string, status: string) =>
      documents.filter((document) => document.kind === kind && document.status === status).map((one) => one.amountDue);
    expect(addDecimals(due('invoice', 'AUTHORISED'))).toBe('12480');
    expect(due('invoice', 'AUTHORISED')).toHaveLength(3);
    expect(due('invoice', 'DRAFT')).toHaveLength(1);
    expect(addDecimals(due('bill', 'AUTHORISED'))).toBe('310');
    expect(documents.find(({ number }) => number === 'INV-0093')).toMatchObject({ currency: 'AUD', kind: 'invoice' });
    expect(Math.abs(Date.parse(asOf) - Date.now())).toBeLessThan(60_000);
    const requests = await harness.control.requests();
    expect(requests.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
      'GET /api.xro/2.0/Invoices 200',
    ]);
    expect(requests[0]).toMatchObject({ requestBytes: 0, tenantId: connected.caller.organisationId });
  });

  it('when the quotes of a contact are loaded, then open and accepted ones come', async () => {
    const { documents } = await xero.listQuotes(connected.caller, connected.contactId('Harbour Lights Pty Ltd'));
    const open = documents.filter(({ status }) => status !== 'ACCEPTED');
    expect(addDecimals(open.map(({ total }) => total))).toBe('7900');
    expect(documents.filter(({ status }) => status === 'ACCEPTED').map(({ total }) => Number(total))).toEqual([1600]);
    expect(new Set(documents.map(({ amountDue }) => amountDue))).toEqual(new Set(['0']));
  });

  it('when the organisation is asked for, then its zone is an IANA one and its id the tenant', async () => {
    expect(await xero.getOrganisation(connected.caller)).toMatchObject({
      id: connected.caller.organisationId,
      name: 'Demo Company (AU)',
      baseCurrency: 'AUD',
      timeZone: 'Australia/Sydney',
    });
  });
});
