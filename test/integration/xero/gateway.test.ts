import { describe, expect, test } from 'vitest';
import { addDecimals, compareDecimals } from '#shared/money.ts';
import { setGatewayStage } from './gateway-stage.ts';

const stage = setGatewayStage();

function load(name = 'Harbour Lights Pty Ltd') {
  return stage.xero.listOpenInvoices(stage.connected.caller, [stage.connected.contactId(name)]);
}

describe('reading', () => {
  test('loads a contact’s invoices and bills exactly, in one call', async () => {
    const { documents, asOf } = await load();
    const due = (kind: string, status: string) =>
      documents.filter((document) => document.kind === kind && document.status === status).map((one) => one.amountDue);
    expect(addDecimals(due('invoice', 'AUTHORISED'))).toBe('12480');
    expect(due('invoice', 'AUTHORISED')).toHaveLength(3);
    expect(due('invoice', 'DRAFT')).toHaveLength(1);
    expect(addDecimals(due('bill', 'AUTHORISED'))).toBe('310');
    expect(documents.find(({ number }) => number === 'INV-0093')).toMatchObject({ currency: 'AUD', kind: 'invoice' });
    expect(Math.abs(Date.parse(asOf) - Date.now())).toBeLessThan(60_000);
    const requests = await stage.harness.control.requests();
    expect(requests.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
      'GET /api.xro/2.0/Invoices 200',
    ]);
    expect(requests[0]).toMatchObject({ requestBytes: 0, tenantId: stage.connected.caller.organisationId });
  });

  test('loads a contact’s open and accepted quotes', async () => {
    const { documents } = await stage.xero.listQuotes(
      stage.connected.caller,
      stage.connected.contactId('Harbour Lights Pty Ltd'),
    );
    const open = documents.filter(({ status }) => status !== 'ACCEPTED');
    expect(addDecimals(open.map(({ total }) => total))).toBe('7900');
    expect(documents.filter(({ status }) => status === 'ACCEPTED').map(({ total }) => Number(total))).toEqual([1600]);
    expect(new Set(documents.map(({ amountDue }) => amountDue))).toEqual(new Set(['0']));
  });

  test('returns an IANA time zone and the tenant id', async () => {
    expect(await stage.xero.getOrganisation(stage.connected.caller)).toMatchObject({
      id: stage.connected.caller.organisationId,
      name: 'Demo Company (AU)',
      baseCurrency: 'AUD',
      timeZone: 'Australia/Sydney',
    });
  });
});

describe('many documents', () => {
  test('loads five thousand invoices exactly, in five calls', async () => {
    const { fiveThousand } = await stage.harness.control.seedInfo();
    const other = await stage.harness.connect(fiveThousand.tenantId);
    const { documents } = await stage.xero.listOpenInvoices(other.caller, [fiveThousand.contactId]);
    expect(documents).toHaveLength(fiveThousand.count);
    expect(compareDecimals(addDecimals(documents.map(({ amountDue }) => amountDue)), fiveThousand.amountDue)).toBe(0);
    expect(await stage.harness.control.requests()).toHaveLength(Math.ceil(fiveThousand.count / 1000));
  });

  test('splits contacts over several calls and loses nothing', async () => {
    const { organisations } = await stage.harness.control.seedInfo();
    const ids = Object.values(organisations[0]?.contacts ?? {});
    const strangers = Array.from({ length: 90 - ids.length }, (_, index) => toGuid(index));
    const { documents } = await stage.xero.listOpenInvoices(stage.connected.caller, [...strangers, ...ids, ...ids]);
    const alone = await Promise.all(ids.map((id) => stage.xero.listOpenInvoices(stage.connected.caller, [id])));
    expect(documents.map(({ id }) => id).sort()).toEqual(
      alone.flatMap((one) => one.documents.map(({ id }) => id)).sort(),
    );
    const calls = (await stage.harness.control.requests()).map(({ query }) =>
      new URLSearchParams(query).get('ContactIDs'),
    );
    expect(
      calls
        .slice(0, 3)
        .map((contactIds) => contactIds?.split(',').length)
        .sort(),
    ).toEqual([10, 40, 40]);
    expect(await stage.harness.control.peak()).toMatchObject({ refused: 0 });
  });

  test('when a contact has more quotes than a page holds, then all pages come', async () => {
    const { caller } = stage.connected;
    const contactId = stage.connected.contactId('Blue Gum Dental');
    const before = await stage.xero.listQuotes(caller, contactId);
    const draft = { tenantId: caller.organisationId, Contact: { ContactID: contactId }, Status: 'SENT' as const };
    const LineItems = [{ Description: 'One', Quantity: 1, UnitAmount: 1.1 }];
    for (let count = 0; count < 150; count += 1) await stage.harness.control.addQuote({ ...draft, LineItems });
    await stage.harness.control.clearRequests();
    expect((await stage.xero.listQuotes(caller, contactId)).documents).toHaveLength(before.documents.length + 150);
    expect(await stage.harness.control.requests()).toHaveLength(2);
  });

  test('when nobody is asked for, then nobody is asked', async () => {
    expect((await stage.xero.listOpenInvoices(stage.connected.caller, [])).documents).toEqual([]);
    expect(await stage.harness.control.requests()).toEqual([]);
  });

  test('drops and logs documents of contacts that were not asked for', async () => {
    const contactId = stage.connected.contactId('Harbour Lights Pty Ltd');
    const stranger = stage.connected.contactId('Blue Gum Dental');
    const row = { ...invoiceRow, Contact: { ContactID: stranger } };
    await stage.harness.control.fault({ kind: 'status', status: 200, body: { Invoices: [row] } });
    expect((await stage.xero.listOpenInvoices(stage.connected.caller, [contactId])).documents).toEqual([]);
    expect(stage.harness.logText()).toContain('contacts that were not asked for');
  });

  test('credits among the invoices are neither invoices nor bills', async () => {
    const contactId = stage.connected.contactId('Harbour Lights Pty Ltd');
    const own = { ...invoiceRow, Contact: { ContactID: contactId } };
    const rows = ['ACCREC', 'ACCPAY', 'ACCRECCREDIT', 'APPREPAYMENT', 'SOMETHING NEW'].map((Type, index) => ({
      ...own,
      Type,
      InvoiceID: toGuid(index + 10),
    }));
    await stage.harness.control.fault({ kind: 'status', status: 200, body: { Invoices: rows } });
    const { documents } = await stage.xero.listOpenInvoices(stage.connected.caller, [contactId]);
    expect(documents.map(({ kind }) => kind)).toEqual(['invoice', 'bill']);
  });

  test('a due date in year 1 is none', async () => {
    const contactId = stage.connected.contactId('Harbour Lights Pty Ltd');
    const row = { ...invoiceRow, Contact: { ContactID: contactId }, DueDate: '/Date(-62135596800000+0000)/' };
    await stage.harness.control.fault({ kind: 'status', status: 200, body: { Invoices: [row] } });
    const { documents } = await stage.xero.listOpenInvoices(stage.connected.caller, [contactId]);
    expect(documents).toMatchObject([{ dueDate: null }]);
  });
});

describe('unused credit', () => {
  test('credits count on their side, an unknown type on none', async () => {
    const { caller } = stage.connected;
    const ContactID = stage.connected.contactId('Harbour Lights Pty Ltd');
    const common = { tenantId: caller.organisationId, Contact: { ContactID }, Status: 'AUTHORISED' as const };
    const add = (kind: 'CreditNote' | 'Prepayment' | 'Overpayment', Type: string, Total: number) =>
      stage.harness.control.addCreditNote({ ...common, kind, Type, Total });
    const made = [
      await add('Prepayment', 'APPREPAYMENT', 1),
      await add('Prepayment', 'ARPREPAYMENT', 2),
      await add('Overpayment', 'APOVERPAYMENT', 3),
      await add('Overpayment', 'SPEND-OVERPAYMENT', 4),
      await add('CreditNote', 'ACCPAYCREDIT', 5),
      await add('CreditNote', 'ACCWHATEVER', 6),
      await add('CreditNote', 'Nora Lindqvist, 0400 123 456', 7),
    ];
    const { credits } = await stage.xero.listCredits(caller);
    const sides = made.map(({ id }) => credits.find((credit) => credit.id === id)?.side);
    expect(sides).toEqual(['bill', 'invoice', 'bill', 'bill', 'bill', undefined, undefined]);
    expect(stage.harness.logText()).toContain('ACCWHATEVER');
    // Text that is not one of Xero's words may be a customer's data.
    expect(stage.harness.logText()).not.toMatch(/Nora|0400/);
  });
});

describe('contacts', () => {
  test.each(['harbour', 'ACCOUNTS@harbourlights', "O'", '%', '&', '"', 'Ø'])(
    'a search for %s reaches Xero unchanged and finds active contacts',
    async (term) => {
      const found = await stage.xero.searchContacts(stage.connected.caller, ` ${term} `);
      const [request] = await stage.harness.control.requests();
      expect(new URLSearchParams(request?.query).get('searchTerm')).toBe(term);
      expect(found.filter(({ isArchived }) => isArchived)).toEqual([]);
      if (term === 'harbour') expect(found.map(({ name }) => name)).toContain('Harbour Lights Pty Ltd');
    },
  );

  test('a merged contact returns its successor', async () => {
    const [loser, winner] = ['H. Lights (old)', 'Harbour Lights Pty Ltd'].map(stage.connected.contactId);
    const tenantId = stage.connected.caller.organisationId;
    await stage.harness.control.updateContact({ tenantId, ContactID: loser ?? '', mergeInto: winner ?? '' });
    expect(await stage.xero.getContact(stage.connected.caller, loser ?? '')).toMatchObject({
      id: winner,
      isArchived: false,
    });
  });

  test('an archived contact is returned as archived', async () => {
    const ContactID = stage.connected.contactId('Blue Gum Dental');
    const tenantId = stage.connected.caller.organisationId;
    await stage.harness.control.updateContact({ tenantId, ContactID, ContactStatus: 'ARCHIVED' });
    expect(await stage.xero.getContact(stage.connected.caller, ContactID)).toMatchObject({ isArchived: true });
  });

  test('when the id is unknown or no id, then xero_not_found', async () => {
    await expect(stage.xero.getContact(stage.connected.caller, toGuid(1))).rejects.toMatchObject({
      code: 'xero_not_found',
    });
    await expect(stage.xero.getContact(stage.connected.caller, 'HL-001/..')).rejects.toMatchObject({
      code: 'xero_not_found',
    });
    expect(await stage.harness.control.requests()).toHaveLength(1);
  });

  test('creating a contact twice with one key makes one', async () => {
    const create = () => stage.xero.createContact(stage.connected.caller, newContact, 'a-key');
    const [first, second] = [await create(), await create()];
    expect(second.id).toBe(first.id);
    expect(first).toMatchObject({
      name: 'Ada Øst & Søn',
      firstName: 'Ada',
      email: 'ada@ost.example',
      contactNumber: 'crm-1',
    });
    const requests = await stage.harness.control.requests();
    expect(requests.map(({ idempotencyKey }) => idempotencyKey)).toEqual(['a-key', 'a-key']);
  });

  test('a taken name is reported as data', async () => {
    const clash = stage.xero.createContact(
      stage.connected.caller,
      { ...newContact, name: 'Harbour Lights Pty Ltd' },
      'a-key',
    );
    await expect(clash).rejects.toMatchObject({
      code: 'xero_rejected',
      details: { extension: { nameTaken: true }, errors: [{ path: 'name' }] },
    });
  });

  test('a field that Xero refuses has Xero’s message', async () => {
    const refused = stage.xero.createContact(stage.connected.caller, { ...newContact, email: 'no address' }, 'a-key');
    await expect(refused).rejects.toMatchObject({
      code: 'xero_rejected',
      details: { extension: undefined, errors: [{ path: 'email', message: 'Email address must be valid.' }] },
    });
  });
});

describe('connections', () => {
  test('removing a connection twice succeeds twice', async () => {
    const { tokenSet, connection } = stage.connected;
    expect(await stage.xero.deleteConnection(tokenSet.accessToken, connection.id)).toBe(true);
    expect(await stage.xero.deleteConnection(tokenSet.accessToken, connection.id)).toBe(true);
    expect(await stage.xero.listConnections(tokenSet.accessToken)).toEqual([]);
  });

  test('when the token is none, then xero_unauthorized', async () => {
    await expect(stage.xero.listConnections('no token')).rejects.toMatchObject({ code: 'xero_unauthorized' });
  });
});

const newContact = {
  name: '  Ada  Øst & Søn ',
  firstName: 'Ada',
  email: 'ada@ost.example',
  phone: '+61 2 5550 1234',
  address: { line1: '1 Wharf Road', city: 'Sydney', country: 'Australia' },
  contactNumber: 'crm-1',
};

const invoiceRow = {
  Type: 'ACCREC',
  InvoiceID: toGuid(7),
  Status: 'AUTHORISED',
  CurrencyCode: 'AUD',
  Total: 10,
  AmountDue: 10,
  Date: '/Date(1539993600000+0000)/',
  DueDate: '/Date(1539993600000+0000)/',
  UpdatedDateUTC: '/Date(1541176290160+0000)/',
};

function toGuid(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
}
