import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Deps } from '#server/deps.ts';
import { parseClaims } from '#server/identity/claims.ts';
import type { Person } from '#server/use-cases/acting/principal.ts';
import { getView } from '#server/use-cases/view/get-view.ts';
import type { DocumentHeader } from '#server/xero/documents/document-header.ts';
import { allRights } from '#shared/contract/record.ts';
import { viewSchema } from '#shared/contract/view.ts';
import { toRefKey } from '#shared/document-kinds.ts';
import {
  type Amount,
  type Currency,
  currencies,
  expectedFigure,
  rates,
  sumIn,
  toDecimal,
  toMoney,
} from '#test/support/graph-money.ts';
import { startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  await app.admin.connect();
});
afterAll(() => app.stop());

const statuses = {
  quote: ['DRAFT', 'SENT', 'ACCEPTED', 'INVOICED', 'DECLINED', 'DELETED'],
  invoice: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'DELETED'],
} as const;
const gone: readonly string[] = ['DECLINED', 'DELETED', 'VOIDED'];

/** Net amounts in tens of cents, so that a tax of ten per cent is whole. */
type Doc = {
  number: number;
  kind: 'quote' | 'invoice' | 'bill';
  status: string;
  currency: Currency;
  net: number;
  total: number;
  due: number;
  paid: number;
  credited: number;
  isLate: boolean;
  /** The document no longer exists in Xero. */
  isMissing: boolean;
};

const documentArbitrary = fc
  .record({
    number: fc.integer({ min: 1, max: 1000 }),
    kind: fc.constantFrom('quote' as const, 'invoice' as const, 'bill' as const),
    place: fc.nat({ max: 5 }),
    currency: fc.constantFrom(...currencies),
    tens: fc.integer({ min: 1, max: 1_000_000 }),
    hasTax: fc.boolean(),
    settledShare: fc.integer({ min: 0, max: 99 }),
    creditedShare: fc.integer({ min: 0, max: 100 }),
    isLate: fc.boolean(),
    isMissing: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
  })
  .map(({ place, tens, hasTax, settledShare, creditedShare, ...rest }): Doc => {
    const status = statuses[rest.kind === 'quote' ? 'quote' : 'invoice'][place] ?? 'DRAFT';
    const [net, total] = [tens * 10, tens * (hasTax ? 11 : 10)];
    const part = Math.floor((total * settledShare) / 100);
    const due = status === 'PAID' ? 0 : status === 'AUTHORISED' ? total - part : total;
    const credited = Math.floor(((total - due) * creditedShare) / 100);
    const amounts = { due: rest.kind === 'quote' ? 0 : due, credited, paid: total - due - credited };
    return { ...rest, status, net, total, ...amounts };
  });

const graphArbitrary = fc.record({
  documents: fc.uniqueArray(documentArbitrary, { selector: ({ number }) => number, maxLength: 20 }),
  value: fc.integer({ min: 0, max: 20_000_000 }),
  currency: fc.constantFrom(...currencies),
  includesTax: fc.boolean(),
  canViewBills: fc.boolean(),
});
type Graph = typeof graphArbitrary extends fc.Arbitrary<infer T> ? T : never;

function idOf({ number }: Doc) {
  return `${String(number).padStart(8, '0')}-1111-4111-8111-111111111111`;
}

function toDocumentHeader(doc: Doc): DocumentHeader {
  const { kind, status, currency, net, total, due, paid, credited, isLate } = doc;
  return {
    ...{ id: idOf(doc), kind, status, currency, rate: rates[currency], contactId: idOf(doc), number: null },
    ...{ subTotal: toDecimal(net), total: toDecimal(total), amountDue: toDecimal(due), reference: null },
    ...{ amountPaid: toDecimal(paid), amountCredited: toDecimal(credited) },
    ...{ date: '2026-01-01', dueDate: isLate ? '2001-01-01' : '2999-01-01', updatedAt: '2026-01-01T00:00:00.000Z' },
  };
}

/** Runs the real use case with these documents, all chosen, instead of store and ledger. */
function withGraph(deps: Deps, { documents }: Graph): Deps {
  const row = { workspaceId: '', organisationId: '', dealId: '', chosenBy: 'x', chosenAt: '2026-01-01' };
  const list: Deps['store']['dealDocuments']['list'] = async () =>
    documents.map((doc) => ({ ...row, kind: doc.kind, documentId: idOf(doc) }));
  const readById: Deps['ledger']['readById'] = async (_caller, places) => {
    const known = new Map(
      documents.map((doc) => [
        toRefKey({ kind: doc.kind, id: idOf(doc) }),
        doc.isMissing ? null : toDocumentHeader(doc),
      ]),
    );
    const found = places.flatMap((place) => {
      const document = known.get(toRefKey(place));
      return document === undefined ? [] : [[toRefKey(place), document] as const];
    });
    return { documents: new Map(found), unreadable: [], asOf: null, isStale: false, failure: null };
  };
  const store = { ...deps.store, dealDocuments: { ...deps.store.dealDocuments, list } };
  return { ...deps, store, ledger: { ...deps.ledger, readById } };
}

function toPerson({ value, currency, includesTax, canViewBills }: Graph): Person {
  const claims = parseClaims({
    ...{ sub: 'u', jti: 'j', iat: 0, exp: 1, user: { name: 'U' }, contacts: [] },
    record: { type: 'deal', id: '9999', name: 'Deal', url: 'http://127.0.0.1/deals/9999' },
    deal: { value: toDecimal(value), currency, valueIncludesTax: includesTax },
  });
  if (!claims.success) throw new Error('the claims are no claims');
  const user = { id: 'u', name: 'U', email: '', admin: false };
  const ends = { expiresAt: '', recordsKey: '', keyGeneration: '' };
  const session = { workspaceId: app.workspace.id, user, claims: claims.data, ...ends };
  const rights = allRights.filter((right) => canViewBills || right !== 'viewBills');
  return { kind: 'person', session, rights, requestId: 'r', log: app.deps.log };
}

/** The net amount paid or credited, in elevenths of a cent: with a tax of 10 %, ten elevenths are net. */
function settledElevenths({ net, total }: Doc, cents: number, includesTax: boolean): number {
  return includesTax || net === total ? cents * 11 : cents * 10;
}

function expectedBar({ documents, value, currency, includesTax }: Graph) {
  const counted = documents.filter(({ status, isMissing }) => !isMissing && !gone.includes(status));
  const stage = (docs: readonly Doc[], elevenths: (doc: Doc) => number) => {
    const amounts = docs.map((doc): Amount => ({ currency: doc.currency, cents: elevenths(doc) }));
    const centsIn = (code: Currency) => Math.floor((2 * sumIn(amounts, code) + 11) / 22);
    const others = currencies.filter((code) => code !== currency && centsIn(code) !== 0).toSorted();
    const money = (code: Currency) => toMoney({ currency: code, cents: centsIn(code) });
    return { cents: centsIn(currency), stage: { amount: money(currency), others: others.map(money) } };
  };
  const worth = ({ net, total }: Doc) => (includesTax ? total : net) * 11;
  const invoices = counted.filter(({ kind }) => kind === 'invoice');
  const settled = invoices.filter(({ status }) => status === 'AUTHORISED' || status === 'PAID');
  const invoiced = stage(invoices, worth);
  const credited = stage(settled, (doc) => settledElevenths(doc, doc.credited, includesTax));
  const hasCredit = credited.cents !== 0 || credited.stage.others.length > 0;
  return {
    value: toMoney({ currency, cents: value }),
    includesTax,
    quoted: stage(
      counted.filter(({ kind }) => kind === 'quote'),
      worth,
    ).stage,
    invoiced: invoiced.stage,
    paid: stage(settled, (doc) => settledElevenths(doc, doc.paid, includesTax)).stage,
    ...(hasCredit && { credited: credited.stage }),
    notYetInvoiced: toMoney({ currency, cents: Math.max(0, value - invoiced.cents) }),
  };
}

test('each chosen document counts once per stage, for those who may view it', async () => {
  const check = async (graph: Graph) => {
    const view = viewSchema.parse(await getView(withGraph(app.deps, graph), toPerson(graph), { isFresh: false }));
    if (view.status !== 'deal') throw new Error(`not a deal: ${view.status}`);
    expect(view.bar).toEqual(expectedBar(graph));
    const seen = graph.documents.filter(({ kind, isMissing }) => !isMissing && (kind !== 'bill' || graph.canViewBills));
    expect(view.chosen.map(({ id, isCounted }) => [id, isCounted])).toEqual(
      seen.map((doc) => [idOf(doc), !gone.includes(doc.status)]),
    );
    const of = (kind: Doc['kind'], field: 'total' | 'due', ...among: string[]) =>
      seen
        .filter((doc) => doc.kind === kind && among.includes(doc.status) && (field === 'total' || doc.due > 0))
        .map((doc) => ({ currency: doc.currency, cents: doc[field], isLate: doc.isLate }));
    const late = (kind: Doc['kind']) => of(kind, 'due', 'AUTHORISED').filter(({ isLate }) => isLate);
    expect(view.summary).toMatchObject({
      openQuotes: expectedFigure(of('quote', 'total', 'DRAFT', 'SENT')),
      acceptedQuotes: expectedFigure(of('quote', 'total', 'ACCEPTED')),
      outstandingInvoices: expectedFigure(of('invoice', 'due', 'AUTHORISED')),
      overdueInvoices: expectedFigure(late('invoice')),
      drafts: { invoices: expectedFigure(of('invoice', 'total', 'DRAFT', 'SUBMITTED')) },
    });
    const bills = graph.canViewBills ? expectedFigure(of('bill', 'due', 'AUTHORISED')) : undefined;
    expect(view.summary?.outstandingBills).toEqual(bills);
    expect(view.summary?.overdueBills).toEqual(graph.canViewBills ? expectedFigure(late('bill')) : undefined);
  };
  await fc.assert(
    fc.asyncProperty(graphArbitrary, async (graph) => void (await check(graph))),
    { numRuns: 150 },
  );
});
