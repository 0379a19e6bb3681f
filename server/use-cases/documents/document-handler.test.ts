import { describe, expect, test } from 'vitest';
import type { WriteRow } from '#server/store/store.ts';
import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import type { XeroDocument, XeroLine } from '#server/xero/documents/document.ts';
import type { DocumentKind } from '#shared/document-kinds.ts';
import { buildDocumentHandler } from './document-handler.ts';
import { formatDetails, type WriteDetails } from './write-details.ts';

const details: WriteDetails = {
  ...{ idempotencyKey: 'form-1', contactId: 'C-1', currency: 'AUD', number: null, previewTotal: null },
  ...{ fromDealLines: [], since: '2026-11-20T10:00:00.000Z', clientId: 'app-1', note: 'Made by Ben' },
  ...{ isToBeEmailed: false, quote: null },
};
type Line = { Description?: string; Quantity?: number; UnitAmount?: number; DiscountRate?: number };
const sentLines: Line[] = [
  { Description: ' Desk ', Quantity: 2, UnitAmount: 99.995, DiscountRate: 10 },
  { Description: 'Chair', Quantity: 1, UnitAmount: 10 },
];
const sentQuote = { Date: '2026-11-20', CurrencyCode: 'AUD', QuoteNumber: 'QU-7', Reference: 'PO 7', Title: 'Renewal' };
function write(change: Partial<WriteRow> = {}, sent: object = sentQuote, lines = sentLines): WriteRow {
  return {
    ...{ id: 'w-1', workspaceId: 'acme', organisationId: 'org', writeKey: 'k', attempt: 1, kind: 'quote' },
    ...{ record: { type: 'contact', id: '1001' }, userId: 'ben', bodyHash: 'b', state: 'pending', result: null },
    ...{ request: JSON.stringify({ Quotes: [{ ...sent, LineItems: lines }] }), details: formatDetails(details) },
    ...{ documentId: null, createdAt: '2026-11-20T10:00:00.000Z', sentAt: null, closedAt: null },
    ...change,
  };
}

function line(change: Partial<XeroLine> = {}): XeroLine {
  return {
    ...{ description: 'Chair', quantity: '1.0000', unitAmount: '10.00', accountCode: null, taxType: null },
    ...{ itemCode: null, discount: null, discountAmount: null, lineAmount: null, taxAmount: null, tracking: [] },
    ...{ accountId: null, taxability: null, salesTaxCodeId: null, unknown: [] },
    ...change,
  };
}
const desk = line({ description: 'Desk', quantity: '2', unitAmount: '100.00', discount: '10.00' });
function quote(change: Partial<XeroDocument> = {}): XeroDocument {
  return {
    ...{ id: 'q-1', kind: 'quote', contactId: 'c-1', number: 'QU-7', reference: 'PO 7', status: 'DRAFT' },
    ...{
      date: '2026-11-20',
      dueDate: null,
      currency: 'AUD',
      rate: null,
      subTotal: '190',
      total: '209',
      totalTax: '19',
    },
    ...{ amountDue: '0', amountPaid: '0', amountCredited: '0', updatedAt: '2026-11-20T10:00:01.000Z' },
    ...{ lineAmountTypes: 'exclusive', brandingThemeId: null, sourceUrl: null, isSent: false, lines: [desk, line()] },
    ...change,
  };
}

type World = { found?: XeroDocument[]; isWhole?: boolean; taken?: string[]; others?: WriteRow[] };
function build(kind: DocumentKind, { found = [], isWhole = true, taken = [], others = [] }: World = {}) {
  const asked: Record<string, unknown[]> = {};
  const note =
    <T>(name: string, answer: T) =>
    (_first: unknown, ...more: unknown[]): Promise<T> => {
      asked[name] = more;
      return Promise.resolve(answer);
    };
  let isAlike: (document: XeroDocument) => boolean = () => false;
  const xero = {
    createDocument: note('create', 'created'),
    findWrittenInvoices: note('invoices', { documents: found, isWhole }),
    findWrittenQuotes: async (caller: unknown, search: { isAlike: typeof isAlike }) => {
      isAlike = search.isAlike;
      return note('quotes', { documents: found, isWhole })(caller, search);
    },
  };
  const store = { writes: { listMade: note('made', taken), listSent: note('sent', others) } };
  const deps = { xero, store, config: { xero: { clientId: 'app-1' } } };
  const caller = { workspaceId: 'acme', organisationId: 'org', priority: 'person' };
  const handler = buildDocumentHandler({ deps, caller } as unknown as PersonActing, kind);
  return { handler, asked, isAlike: (document: XeroDocument) => isAlike(document) };
}

describe('sending and ending', () => {
  test('the stored bytes are sent as they are, under the given key', async () => {
    const { handler, asked } = build('bill');
    const sending = { caller: { workspaceId: 'acme' }, idempotencyKey: 'key' } as unknown as Parameters<
      typeof handler.send
    >[1];
    expect(await handler.send(write({ request: '{"a":1}' }), sending)).toBe('created');
    expect(asked.create).toEqual([{ kind: 'bill', json: '{"a":1}', idempotencyKey: 'key' }]);
    expect([handler.action, handler.about(write())]).toEqual(['create_bill', { contactId: 'C-1' }]);
  });

  test.each([
    ['nothing more', {}, ['history']],
    ['an e-mail', { isToBeEmailed: true }, ['history', 'email']],
    ['its quote to be marked', { quote: { id: 'q', date: null } }, ['history', 'mark_invoiced']],
  ])('when it asks for %s, then these steps follow', (_name, change, names) => {
    const { handler } = build('invoice');
    const { result, documentId, about, steps } = handler.toEnd(
      write({ details: formatDetails({ ...details, ...change }) }),
      quote(),
    );
    expect(steps?.map(({ name }) => name)).toEqual(names);
    expect(steps?.[0]?.request).toContain('Made by Ben');
    expect(steps?.slice(1).every(({ request }) => request === '')).toBe(true);
    expect([documentId, about.contactId, about.document?.number]).toEqual(['q-1', 'c-1', 'QU-7']);
    expect(handler.parse(result)).toMatchObject({ id: 'q-1', kind: 'quote', total: '209' });
  });
});

describe('finding an invoice or a bill', () => {
  test.each([
    ['app-1', true],
    ['an earlier app', false],
    [undefined, false],
  ])('sent by %s: searches by the write’s id, from a minute earlier', async (clientId, isByThisApp) => {
    const { handler, asked } = build('bill', { found: [quote()], isWhole: false });
    const found = await handler.find(write({ details: formatDetails({ ...details, clientId }) }));
    expect(asked.invoices).toEqual([
      { kind: 'bill', writeId: 'w-1', contactId: 'C-1', since: '2026-11-20T09:59:00.000Z', isByThisApp },
    ]);
    expect(found).toEqual({ made: [quote()], isWhole: false, isCertain: true });
  });
});

describe('finding a quote', () => {
  test('it is searched by contact, day and number', async () => {
    const { handler, asked } = build('quote', { found: [quote()] });
    expect(await handler.find(write())).toEqual({ made: [quote()], isWhole: true, isCertain: true });
    expect(asked.quotes).toMatchObject([
      { contactId: 'C-1', date: '2026-11-20', number: 'QU-7', since: '2026-11-20T09:59:00.000Z' },
    ]);
    expect(asked.made).toEqual([['q-1']]);
    expect(asked.sent).toEqual(['quote']);
  });

  test('ignores a quote that another write made', async () => {
    const { handler, asked } = build('quote', { found: [quote()], taken: ['q-1'], isWhole: false });
    expect(await handler.find(write())).toEqual({ made: [], isWhole: false, isCertain: true });
    expect(asked.sent).toBeUndefined();
  });

  const other = write({ id: 'w-2' });
  const elsewhere = { details: formatDetails({ ...details, contactId: 'C-2' }) };
  test.each([
    ['another open write asks for the same', [other], false],
    ['the only open write is this one', [write()], true],
    ['the other one is for another contact', [write({ id: 'w-2', ...elsewhere })], true],
    ['the other one says something else', [write({ id: 'w-2' }, { ...sentQuote, Reference: 'PO 8' })], true],
    ['one of several asks for the same', [write({ id: 'w-3', ...elsewhere }), other], false],
  ])('when %s, then it is certain: %s', async (_name, others, isCertain) => {
    const { handler } = build('quote', { found: [quote({ id: 'q-0', currency: 'NZD' }), quote()], others });
    expect((await handler.find(write())).isCertain).toBe(isCertain);
  });
});

describe('whether a quote is the one that was sent', () => {
  const isSame = async (document: XeroDocument, sent: object = sentQuote, lines = sentLines) => {
    const { handler, isAlike } = build('quote');
    await handler.find(write({}, sent, lines));
    return isAlike(document);
  };

  test('ignores trailing zeros, blanks and totals', async () => {
    expect(await isSame(quote())).toBe(true);
    expect(await isSame(quote({ lines: [desk, line({ description: ' Chair ' })] }))).toBe(true);
    expect(await isSame(quote({ number: 'QU-9' }), { ...sentQuote, QuoteNumber: undefined })).toBe(true);
    expect(await isSame(quote({ reference: null }), { ...sentQuote, Reference: undefined })).toBe(true);
    const bare = line({ description: null, quantity: null, unitAmount: null });
    expect(await isSame(quote({ lines: [bare] }), sentQuote, [{}])).toBe(true);
    expect(await isSame(quote({ total: '1', subTotal: '1', status: 'SENT' }))).toBe(true);
  });

  test.each([
    ['date', { date: '2026-11-21' }],
    ['currency', { currency: 'NZD' }],
    ['number', { number: 'QU-8' }],
    ['reference', { reference: 'PO 8' }],
    ['missing reference', { reference: null }],
    ['one line less', { lines: [desk] }],
    ['one line more', { lines: [desk, line(), line()] }],
    ['the order of the lines', { lines: [line(), desk] }],
    ['a description', { lines: [desk, line({ description: 'Stool' })] }],
    ['a quantity', { lines: [desk, line({ quantity: '1.0001' })] }],
    ['a price', { lines: [desk, line({ unitAmount: '10.01' })] }],
    ['a discount', { lines: [line({ ...desk, discount: '11' }), line()] }],
    ['a discount that nobody asked for', { lines: [desk, line({ discount: '1' })] }],
    ['an amount off', { lines: [desk, line({ discountAmount: '0' })] }],
  ] as const)('when it differs in %s, then it is another', async (_name, change) => {
    expect(await isSame(quote(change as Partial<XeroDocument>))).toBe(false);
  });
});
