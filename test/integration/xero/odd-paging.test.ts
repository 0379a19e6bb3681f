import { beforeEach, describe, expect, test } from 'vitest';
import type { Alteration } from '#test/sandbox/xero/api/altered-answer.ts';
import { setGatewayStage } from './gateway-stage.ts';

/**
 * Xero repeats a page, counts rows that do not exist, or does not count. Every read ends, and none is silently
 * incomplete.
 */
const stage = setGatewayStage();

function harbour() {
  return stage.connected.contactId('Harbour Lights Pty Ltd');
}
function alter(path: string, alteration: Alteration) {
  return stage.harness.control.fault({ kind: 'alter', path, times: null, alteration });
}
async function countCalls() {
  return (await stage.harness.control.requests()).length;
}
async function addQuotes(count: number) {
  const draft = { tenantId: stage.connected.caller.organisationId, Contact: { ContactID: harbour() }, Total: 1 };
  for (let done = 0; done < count; done += 50)
    await Promise.all(
      Array.from({ length: Math.min(50, count - done) }, () =>
        stage.harness.control.addQuote({ ...draft, Status: 'SENT' }),
      ),
    );
}

describe('a contact with five thousand invoices', () => {
  let contactId: string;
  beforeEach(async () => {
    const { fiveThousand } = await stage.harness.control.seedInfo();
    await stage.reconnect(fiveThousand.tenantId);
    ({ contactId } = fiveThousand);
  });
  const load = () => stage.xero.listOpenInvoices(stage.connected.caller, [contactId]);

  test('a repeated first page ends in an error after a few calls', async () => {
    await alter('/Invoices$', { page: 1 });
    await expect(load()).rejects.toMatchObject({ code: 'xero_invalid_answer' });
    expect(await countCalls()).toBeLessThanOrEqual(5);
  });

  test('without a count, a repeated first page ends after two calls', async () => {
    await alter('/Invoices$', { page: 1, pagination: null });
    await expect(load()).rejects.toMatchObject({ code: 'xero_invalid_answer' });
    expect(await countCalls()).toBe(2);
  });

  test.each<[string, Alteration, number]>([
    ['nothing is counted', { pagination: null }, 6],
    ['nothing is counted and pages hold a hundred', { pagination: null, pageSize: 100 }, 51],
    ['pages hold a hundred', { pageSize: 100 }, 50],
    ['the counts are no numbers', { pagination: { pageCount: 'many', itemCount: null } }, 6],
    ['too few are counted', { pagination: { pageCount: 1, itemCount: 3 } }, 12],
  ])('when %s, then all of them come', async (_, alteration, calls) => {
    await stage.harness.control.limits({ minute: 200 });
    await stage.configure({ dailyCalls: 100_000 });
    await alter('/Invoices$', alteration);
    const loading = load();
    expect((await loading).documents).toHaveLength(5_000);
    expect(await countCalls()).toBeLessThanOrEqual(calls);
  });

  test.each([
    { pageCount: 1_000_000 },
    { itemCount: 1_000_000_000 },
    { pageCount: 1_000_000, itemCount: 1_000_000_000 },
  ])('when %o is counted, then what there is comes, in a few calls more', async (pagination) => {
    await alter('/Invoices$', { pagination });
    expect((await load()).documents).toHaveLength(5_000);
    expect(await countCalls()).toBeLessThanOrEqual(18);
  });
});

describe('a contact with a few documents', () => {
  test.each([{ pageCount: 1_000_000 }, { itemCount: 1_000_000_000 }])(
    'when %o is counted, then all come, in four calls',
    async (pagination) => {
      const before = await stage.xero.listOpenInvoices(stage.connected.caller, [harbour()]);
      await stage.harness.control.clearRequests();
      await alter('/Invoices$', { pagination });
      expect((await stage.xero.listOpenInvoices(stage.connected.caller, [harbour()])).documents).toEqual(
        before.documents,
      );
      expect(await countCalls()).toBeLessThanOrEqual(4);
    },
  );

  test('a repeated page of quotes ends in an error after two calls', async () => {
    await addQuotes(100);
    await stage.harness.control.clearRequests();
    await alter('/Quotes$', { page: 1 });
    await expect(stage.xero.listQuotes(stage.connected.caller, harbour())).rejects.toMatchObject({
      code: 'xero_invalid_answer',
    });
    expect(await countCalls()).toBe(2);
  });

  test('a count beyond the received closed documents is corrected', async () => {
    const question = {
      kind: 'invoice' as const,
      contactIds: [harbour()],
      statuses: ['PAID', 'VOIDED'],
      search: undefined,
    };
    const ask = () =>
      stage.xero.listClosedInvoices(
        stage.connected.caller,
        { ...question, order: 'newest', page: 1, pageSize: 50 },
        (_, load) => load(),
      );
    const { total } = await ask();
    await alter('/Invoices$', { pagination: { itemCount: 1_000_000, pageCount: 20_000 } });
    expect((await ask()).total).toBe(total);
  });
});

describe('closed documents of more contacts than one question holds', () => {
  test('a repeated block ends the reading and returns the page', async () => {
    const { organisations } = await stage.harness.control.seedInfo();
    const contactIds = Object.values(organisations[0]?.contacts ?? {});
    const strangers = Array.from(
      { length: 60 },
      (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    );
    const question = { contactIds: [...contactIds, ...strangers], statuses: ['PAID', 'VOIDED'], search: undefined };
    await alter('/Invoices$', { page: 1, pageSize: 5, pagination: { itemCount: 1_000_000 } });
    const { documents } = await stage.xero.listClosedInvoices(
      stage.connected.caller,
      { ...question, kind: 'invoice', order: 'newest', page: 4, pageSize: 50 },
      (_, load) => load(),
    );
    expect(documents).toEqual([]);
    expect(await countCalls()).toBeLessThanOrEqual(15);
  });
});

describe('credits', () => {
  const addCredits = async (count: number) => {
    const draft = { tenantId: stage.connected.caller.organisationId, Contact: { ContactID: harbour() }, Total: 1 };
    for (let done = 0; done < count; done += 50)
      await Promise.all(Array.from({ length: 50 }, () => stage.harness.control.addCreditNote(draft)));
  };

  test.each<[string, Alteration]>([
    ['pages hold a hundred', { pageSize: 100 }],
    ['pages hold a hundred and nothing is counted', { pageSize: 100, pagination: null }],
  ])('when %s, then all 250 are counted', async (_, alteration) => {
    const before = (await stage.xero.listCredits(stage.connected.caller)).credits.length;
    await addCredits(250);
    await alter('/CreditNotes$', alteration);
    expect((await stage.xero.listCredits(stage.connected.caller)).credits).toHaveLength(before + 250);
  });

  test('when a page is repeated, then the answer is none', async () => {
    await addCredits(150);
    await alter('/CreditNotes$', { page: 1, pageSize: 100 });
    await expect(stage.xero.listCredits(stage.connected.caller)).rejects.toMatchObject({ code: 'xero_invalid_answer' });
  });
});

describe('changes', () => {
  const since = '2020-01-01T00:00:00.000Z';

  test.each<[string, Alteration]>([
    ['pages hold a hundred', { pageSize: 100 }],
    ['pages hold a hundred and nothing is counted', { pageSize: 100, pagination: null }],
    ['nothing is counted', { pagination: null }],
    ['a million pages are counted', { pagination: { pageCount: 1_000_000, itemCount: 1_000_000_000 } }],
  ])('when %s, then all that changed comes', async (_, alteration) => {
    const Contact = { ContactID: harbour() };
    const draft = { tenantId: stage.connected.caller.organisationId, Contact, Total: 1, Status: 'AUTHORISED' as const };
    for (let done = 0; done < 250; done += 50)
      await Promise.all(Array.from({ length: 50 }, () => stage.harness.control.addInvoice(draft)));
    const whole = await stage.xero.listInvoicesChangedSince(stage.connected.caller, since);
    await alter('/Invoices$', alteration);
    const { rows, isWhole } = await stage.xero.listInvoicesChangedSince(stage.connected.caller, since);
    expect(isWhole).toBe(true);
    expect(rows.map(({ id }) => id).sort()).toEqual(whole.rows.map(({ id }) => id).sort());
  });

  test('a repeated page of changes is not whole, and the log says why', async () => {
    await addQuotes(150);
    await stage.harness.control.clearRequests();
    // All in one second, so that pages are numbered.
    await stage.harness.control.fault({
      kind: 'alter',
      path: '/Quotes$',
      times: null,
      alteration: { page: 1, rows: [{ set: { UpdatedDateUTC: '/Date(1700000000000)/' } }] },
    });
    expect(await stage.xero.listQuotesChangedSince(stage.connected.caller, since)).toMatchObject({ isWhole: false });
    expect(await countCalls()).toBeLessThanOrEqual(4);
    expect(stage.harness.logText()).toContain('xero_invalid_answer');
  });

  test('unreadable rows are reported, and the others returned', async () => {
    const whole = await stage.xero.listInvoicesChangedSince(stage.connected.caller, since);
    const odd = whole.rows.at(-1);
    await alter('/Invoices$', { rows: [{ match: { InvoiceID: odd?.id }, set: { CurrencyCode: '' } }] });
    const { rows, unreadable, isWhole, asOf } = await stage.xero.listInvoicesChangedSince(
      stage.connected.caller,
      since,
    );
    expect(rows).toEqual(whole.rows.slice(0, -1));
    expect(unreadable).toMatchObject([{ id: odd?.id, contactId: odd?.contactId, updatedAt: odd?.updatedAt }]);
    expect([isWhole, asOf]).toEqual([true, expect.any(String)]);
  });

  test('when a contact cannot be read, then the others come', async () => {
    const whole = await stage.xero.listContactsChangedSince(stage.connected.caller, since);
    await alter('/Contacts$', { rows: [{ match: { ContactID: harbour() }, set: { Name: null } }] });
    const { rows } = await stage.xero.listContactsChangedSince(stage.connected.caller, since);
    expect(rows).toEqual(whole.rows.filter(({ id }) => id !== harbour()));
  });
});
