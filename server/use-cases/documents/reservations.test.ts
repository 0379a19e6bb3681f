import { describe, expect, test } from 'vitest';
import { parseClaims } from '#server/identity/claims.ts';
import type { WriteRow } from '#server/store/store.ts';
import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import type { DocumentForm } from './document-form.ts';
import { listInvoicedLines, readFormReservations, readReservations, toQuoteReservation } from './reservations.ts';
import { formatStoredDocument, type StoredDocument } from './stored-document.ts';

const write = { organisationId: 'org-1', workspaceId: 'acme', writeKey: 'form:ben:k', attempt: 1 } as WriteRow;

describe('the reservation of a deal line', () => {
  /** The reservations in the store, by organisation. */
  const held = new Map<string, string[]>();

  function acting(workspaceId: string, organisationId: string): PersonActing {
    const claims = parseClaims({
      ...{ sub: 'u', jti: 'j', iat: 0, exp: 1, user: { name: 'U' }, contacts: [] },
      record: { type: 'deal', id: '9001', name: 'Deal', url: 'https://crm.example/deals/9001' },
      deal: { value: '1', currency: 'AUD', lines: [{ description: 'Desk', quantity: '1', unitAmount: '1' }] },
    });
    const listReserved = async (asked: string, wanted: readonly string[]) =>
      wanted
        .filter((reservation) => held.get(asked)?.includes(reservation))
        .map((reservation) => ({ reservation, write: { ...write, state: 'pending' } }));
    return {
      deps: { store: { writes: { listReserved } } },
      principal: { session: { claims: claims.success && claims.data } },
      caller: { workspaceId, organisationId, priority: 'person' },
    } as unknown as PersonActing;
  }

  const form = { kind: 'invoice', body: { contactId: 'c', fromDealLines: [0] } } as unknown as DocumentForm;
  const readForm = async (workspaceId: string, organisationId: string) => {
    const { reservations, heldLines } = await readFormReservations(acting(workspaceId, organisationId), form);
    return { wanted: reservations.wanted, heldLines };
  };

  test('two workspaces with the same deal id do not block each other', async () => {
    const { wanted } = await readForm('acme', 'org-1');
    held.set('org-1', [...wanted]);
    expect((await readForm('acme', 'org-1')).heldLines).toEqual([{ index: 0, number: null }]);
    expect((await readForm('other', 'org-1')).heldLines).toEqual([]);
    // Reservations of another organisation do not count here.
    expect((await readForm('acme', 'org-2')).heldLines).toEqual([]);
  });
});

describe('who holds a reservation', () => {
  const stored = (change: Partial<StoredDocument> = {}): StoredDocument => ({
    ...{ id: 'd-1', kind: 'invoice', contactId: 'c-1', number: 'INV-1', reference: null, status: 'DRAFT' },
    ...{ date: null, dueDate: null, currency: 'AUD', rate: null, subTotal: '1', totalTax: '0', total: '1' },
    ...{ amountDue: '1', amountPaid: '0', amountCredited: '0', updatedAt: '2026-11-01T00:00:00.000Z' },
    ...change,
  });
  type Holding = { reservation: string; id?: string; state?: WriteRow['state']; made?: StoredDocument };

  function world(holdings: readonly Holding[], inXero: readonly Partial<StoredDocument>[] = [], deal?: object) {
    const asked: unknown[] = [];
    const reserved = holdings.map(({ reservation, id = 'w-1', state = 'done', made = stored() }) => ({
      reservation,
      write: { ...write, id, state, result: state === 'done' ? formatStoredDocument(made) : null },
    }));
    const listReserved = async (organisationId: string, wanted: readonly string[]) =>
      reserved.filter(({ reservation }) => organisationId === 'org-1' && wanted.includes(reservation));
    const listDocumentsById = async (_caller: unknown, refs: unknown) => {
      asked.push(refs);
      return { documents: inXero.map((document) => stored(document)) };
    };
    const record = { type: deal ? 'deal' : 'contact', id: '9001' };
    const acting = {
      deps: { store: { writes: { listReserved } }, xero: { listDocumentsById } },
      principal: { session: { claims: { record, ...(deal && { deal }) } } },
      caller: { workspaceId: 'acme', organisationId: 'org-1', priority: 'person' },
    } as unknown as PersonActing;
    return { acting, asked };
  }
  const read = async (...given: Parameters<typeof world>) => {
    const { acting, asked } = world(...given);
    const { held, freed } = await readReservations(acting, ['a', 'b']);
    return { held: Object.fromEntries(held), freed, asked };
  };

  test('an unfinished write holds it without a number, and Xero is not asked', async () => {
    expect(await read([{ reservation: 'a', state: 'undecided' }])).toEqual({
      ...{ held: { a: { number: null } }, freed: [], asked: [] },
    });
    expect(await read([])).toEqual({ held: {}, freed: [], asked: [] });
  });

  test('a document holds it with its current number, else with the stored one', async () => {
    const holdings = [
      { reservation: 'a' },
      { reservation: 'b', id: 'w-2', made: stored({ id: 'd-2', number: 'INV-2' }) },
    ];
    expect(await read(holdings, [{ number: 'INV-9', status: 'PAID' }])).toEqual({
      held: { a: { number: 'INV-9' }, b: { number: 'INV-2' } },
      freed: [],
      asked: [
        [
          { id: 'd-1', kind: 'invoice' },
          { id: 'd-2', kind: 'invoice' },
        ],
      ],
    });
  });

  test('a document that holds several is asked for once', async () => {
    const { asked, held } = await read([{ reservation: 'a' }, { reservation: 'b' }], [{}]);
    expect([asked, Object.keys(held)]).toEqual([[[{ id: 'd-1', kind: 'invoice' }]], ['a', 'b']]);
  });

  test.each(['DELETED', 'VOIDED'])(
    'a document that is %s holds nothing, and its write is named once',
    async (status) => {
      expect(await read([{ reservation: 'a' }, { reservation: 'b' }], [{ status }])).toMatchObject({
        ...{ held: {}, freed: ['w-1'] },
      });
    },
  );

  const billForm = (number: string) =>
    ({ kind: 'bill', body: { contactId: 'C-1', number } }) as unknown as DocumentForm;
  const billed = (now: Partial<StoredDocument>) => {
    const made = stored({ kind: 'bill', number: 'B-1' });
    return world([{ reservation: 'bill:c-1:b-1', made }], [{ kind: 'bill', number: 'B-1', ...now }]).acting;
  };

  test('a bill number is reserved per supplier, ignoring case and blanks', async () => {
    for (const number of ['B-1', ' b-1 ']) {
      const { reservations, heldNumber, heldLines } = await readFormReservations(billed({}), billForm(number));
      expect([reservations.wanted, heldNumber, heldLines]).toEqual([['bill:c-1:b-1'], { number: 'B-1' }, []]);
    }
    expect((await readFormReservations(billed({}), billForm(''))).reservations.wanted).toEqual([]);
  });

  test.each([
    ['another number', { number: 'B-2' }],
    ['no number', { number: null }],
    ['another supplier', { contactId: 'c-2' }],
  ])('a bill that has %s now frees it', async (_name, now) => {
    const { reservations, heldNumber } = await readFormReservations(billed(now), billForm('B-1'));
    expect([reservations, heldNumber]).toEqual([{ wanted: ['bill:c-1:b-1'], freed: ['w-1'] }, null]);
  });

  test('only an invoice of a deal reserves the lines it is made from', async () => {
    const key = (index: number) => `deal-line:["acme","9001",${index}]`;
    const form = (kind: string) =>
      ({ kind, body: { contactId: 'c', number: 'N', fromDealLines: [0, 2] } }) as unknown as DocumentForm;
    const { acting } = world([{ reservation: key(2) }], [{}], { lines: [{}, {}, {}] });
    const invoice = await readFormReservations(acting, form('invoice'));
    expect(invoice).toEqual({
      ...{
        reservations: { wanted: [key(0), key(2)], freed: [] },
        heldLines: [{ index: 2, number: 'INV-1' }],
        heldNumber: null,
      },
    });
    expect((await readFormReservations(acting, form('quote'))).reservations.wanted).toEqual([]);
    expect((await readFormReservations(world([]).acting, form('invoice'))).reservations.wanted).toEqual([]);
    const none = { kind: 'invoice', body: { contactId: 'c' } } as unknown as DocumentForm;
    expect((await readFormReservations(acting, none)).reservations.wanted).toEqual([]);
    expect(await listInvoicedLines(acting)).toEqual([{ index: 2, number: 'INV-1' }]);
  });

  test('no deal and a deal without lines have no invoiced lines', async () => {
    expect(await listInvoicedLines(world([{ reservation: 'a' }]).acting)).toEqual([]);
    expect(await listInvoicedLines(world([{ reservation: 'deal-line:["acme","9001",0]' }], [], {}).acting)).toEqual([]);
  });

  test('a quote’s conversion is reserved whatever the case of its id', () => {
    expect(toQuoteReservation('ABC')).toBe('quote:abc');
  });
});
