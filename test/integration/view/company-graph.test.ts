import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Deps } from '#server/deps.ts';
import { parseClaims } from '#server/identity/claims.ts';
import type { LedgerEntries } from '#server/ledger/entries/entries.ts';
import type { LinkRow } from '#server/store/store.ts';
import type { Person } from '#server/use-cases/acting/principal.ts';
import { getView } from '#server/use-cases/view/get-view.ts';
import type { DocumentHeader } from '#server/xero/documents/document-header.ts';
import { allRights } from '#shared/contract/record.ts';
import { viewSchema } from '#shared/contract/view.ts';
import { type Currency, currencies, expectedFigure, rates, toDecimal } from '#test/support/graph-money.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
});
afterAll(() => app.stop());

const people = ['p1', 'p2', 'p3', 'p4', 'p5'];
const contacts = [1, 2, 3, 4].map((digit) => `${String(digit).repeat(8)}-1111-4111-8111-111111111111`);

type Doc = {
  id: number;
  kind: 'quote' | 'invoice' | 'bill';
  status: string;
  currency: Currency;
  cents: number;
  isLate: boolean;
  /** The contacts whose entries contain it: after a move, the old contact's entry may still do so. */
  owners: string[];
};

const documentArbitrary: fc.Arbitrary<Doc> = fc.record({
  id: fc.integer({ min: 1, max: 1000 }),
  kind: fc.constantFrom('quote', 'invoice', 'bill'),
  status: fc.constantFrom('DRAFT', 'SENT', 'AUTHORISED', 'ACCEPTED'),
  currency: fc.constantFrom(...currencies),
  cents: fc.integer({ min: 1, max: 10_000_000 }),
  isLate: fc.boolean(),
  owners: fc.uniqueArray(fc.constantFrom(...contacts), { minLength: 1, maxLength: 2 }),
});
const graphArbitrary = fc.record({
  /** The people named by the session. */
  named: fc.uniqueArray(fc.constantFrom(...people)),
  /** The contact of the company, then of each person; undefined: not linked. */
  links: fc.array(fc.option(fc.constantFrom(...contacts), { nil: undefined }), { minLength: 6, maxLength: 6 }),
  documents: fc.uniqueArray(documentArbitrary, { selector: ({ id }) => id, maxLength: 25 }),
});
type Graph = { named: string[]; links: (string | undefined)[]; documents: Doc[] };

function linkedContact({ links }: Graph, record: string) {
  return links[record === '501' ? 0 : people.indexOf(record) + 1];
}

function toDocumentHeader({ id, kind, status, currency, cents, isLate }: Doc, contactId: string): DocumentHeader {
  const total = toDecimal(cents);
  return {
    ...{ id: String(id), kind, contactId, status, currency, rate: rates[currency], total, subTotal: total },
    ...{ number: null, reference: null, date: null, dueDate: isLate ? '2001-01-01' : '2999-01-01' },
    amountDue: kind === 'quote' ? '0' : total,
    ...{ amountPaid: '0', amountCredited: '0' },
    updatedAt: '2026-01-01T00:00:00.000Z',
  };
}

/** Runs the real use case with this graph instead of store and ledger. */
function withGraph(deps: Deps, graph: Graph): Deps {
  const list: Deps['store']['links']['list'] = async (workspaceId, organisationId, records) =>
    records.flatMap((record): LinkRow[] => {
      const contactId = linkedContact(graph, record.id);
      const row = {
        workspaceId,
        organisationId,
        contactName: 'Name',
        isArchived: false,
        linkedBy: 'x',
        linkedAt: '2026-01-01',
      };
      return contactId === undefined ? [] : [{ ...row, record: { type: record.type, id: record.id }, contactId }];
    });
  const find: Deps['store']['links']['find'] = async (workspaceId, organisationId, record) =>
    (await list(workspaceId, organisationId, [record]))[0];
  const at = '2026-01-01T00:00:00.000Z';
  const stamp = { version: 'v', revision: 'r', loadedAt: at, asOf: at, epoch: null };
  const read: Deps['ledger']['read'] = async (_caller, contactIds) => {
    const entries: LedgerEntries = new Map(
      contactIds.map((id) => {
        const own = graph.documents.filter(({ owners }) => owners.includes(id));
        return [
          id,
          { stamp, documents: own.map((document) => toDocumentHeader(document, id)), tombstones: [], unreadable: [] },
        ];
      }),
    );
    return { entries, credits: null, unreadable: [], isStale: false, failure: null };
  };
  const store = { ...deps.store, links: { ...deps.store.links, find, list } };
  return { ...deps, store, ledger: { ...deps.ledger, read } };
}

function toPerson(graph: Graph): Person {
  const contactsClaim = graph.named.map((id) => ({ id, name: id }));
  const claims = parseClaims({
    ...{ sub: 'u', jti: 'j', iat: 0, exp: 1, user: { name: 'U' }, contacts: contactsClaim },
    record: { type: 'company', id: '501', name: 'Acme', url: 'http://127.0.0.1/companies/501' },
  });
  if (!claims.success) throw new Error('the claims are no claims');
  const user = { id: 'u', name: 'U', email: '', admin: false };
  const ends = { expiresAt: '', recordsKey: '', keyGeneration: '' };
  const session = { workspaceId: app.workspace.id, user, claims: claims.data, ...ends };
  return { kind: 'person', session, rights: allRights, requestId: 'r', log: app.deps.log };
}

test('each contact and each document counts once, in any graph', async () => {
  const check = async (graph: Graph) => {
    const view = viewSchema.parse(await getView(withGraph(app.deps, graph), toPerson(graph), { isFresh: false }));
    const reached = new Set(['501', ...graph.named].flatMap((record) => linkedContact(graph, record) ?? []));
    if (reached.size === 0) return expect(view.status).toBe('unlinked');
    if (view.status !== 'company') throw new Error(`not a company: ${view.status}`);
    expect(view.members.map(({ contact }) => contact.id).sort()).toEqual([...reached].sort());
    const counted = graph.documents.filter(({ owners }) => owners.some((id) => reached.has(id)));
    const of = (kind: string, ...statuses: string[]) =>
      counted.filter((one) => one.kind === kind && statuses.includes(one.status));
    expect(view.summary).toMatchObject({
      openQuotes: expectedFigure(of('quote', 'DRAFT', 'SENT')),
      acceptedQuotes: expectedFigure(of('quote', 'ACCEPTED')),
      outstandingInvoices: expectedFigure(of('invoice', 'AUTHORISED')),
      overdueInvoices: expectedFigure(of('invoice', 'AUTHORISED').filter(({ isLate }) => isLate)),
      outstandingBills: expectedFigure(of('bill', 'AUTHORISED')),
      overdueBills: expectedFigure(of('bill', 'AUTHORISED').filter(({ isLate }) => isLate)),
      drafts: { invoices: expectedFigure(of('invoice', 'DRAFT')), bills: expectedFigure(of('bill', 'DRAFT')) },
    });
    for (const { contact, summary } of view.members) {
      const own = graph.documents.filter(({ owners }) => owners.includes(contact.id));
      const outstanding = own.filter(({ kind, status }) => kind === 'invoice' && status === 'AUTHORISED');
      expect(summary?.outstandingInvoices).toEqual(expectedFigure(outstanding));
    }
  };
  await fc.assert(
    fc.asyncProperty(graphArbitrary, async (graph) => void (await check(graph))),
    { numRuns: 150 },
  );
});
