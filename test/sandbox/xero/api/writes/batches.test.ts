import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../../testing/desk.ts';
import { invoiceForms } from '../../testing/invoices.ts';

let desk: TestDesk;
const { approved, draft, put } = invoiceForms(() => desk);

beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.session.xero.close());
beforeEach(() => desk.renew());

type Row = Record<string, unknown>;

const size = 50;
const refusedRow = 17;

function contact() {
  return { ContactID: desk.contact('Blue Gum Dental') };
}
const lines = [{ Description: 'Lamp', UnitAmount: 1 }];

/** Each kind's id, a good row, and a row that Xero refuses. */
const kinds: [plural: string, id: string, good: (index: number) => Promise<Row> | Row, bad: () => Row][] = [
  ['Invoices', 'InvoiceID', () => draft(), () => draft({ Type: undefined })],
  ['Contacts', 'ContactID', (index) => ({ Name: `Customer ${index}` }), () => ({ Name: 'Blue Gum Dental' })],
  ['Items', 'ItemID', (index) => ({ Code: `ROW-${index}` }), () => ({ Code: 'LAMP-S' })],
  ['PurchaseOrders', 'PurchaseOrderID', () => ({ Contact: contact(), LineItems: lines }), () => ({ LineItems: lines })],
  [
    'CreditNotes',
    'CreditNoteID',
    () => ({ Type: 'ACCPAYCREDIT', Contact: contact() }),
    () => ({ Type: 'ACCPAYCREDIT', Contact: {} }),
  ],
  [
    'Payments',
    'PaymentID',
    async () => ({ Invoice: { InvoiceID: await openInvoice() }, Account: { Code: '090' }, Amount: 1 }),
    () => ({ Account: { Code: '090' }, Amount: 1 }),
  ],
];

let open: unknown;
async function openInvoice() {
  open ??= (await put(approved())).InvoiceID;
  return open;
}

describe('arrays with summarizeErrors=false', () => {
  test.each(kinds)('of %s: one refused row harms no other, and a repetition makes nothing', async (...kind) => {
    const [plural, id, good, bad] = kind;
    open = undefined;
    const rows: Row[] = [];
    for (let index = 0; index < size; index += 1) rows.push(index === refusedRow ? bad() : await good(index));
    const send = async () => {
      const answer = await desk.send(
        'PUT',
        `/${plural}?summarizeErrors=false`,
        { [plural]: rows },
        {
          'idempotency-key': `batch of ${plural}`,
        },
      );
      expect(answer.status).toBe(200);
      return ((await answer.json()) as Record<string, Row[]>)[plural] ?? [];
    };
    const made = await send();
    expect(made.map(({ StatusAttributeString }) => StatusAttributeString)).toEqual(
      rows.map((_, index) => (index === refusedRow ? 'ERROR' : 'OK')),
    );
    expect(made[refusedRow]?.ValidationErrors).not.toEqual([]);
    const ids = made.filter((_, index) => index !== refusedRow).map((row) => row[id]);
    expect(new Set(ids).size).toBe(size - 1);
    expect((await send()).map((row) => row[id])).toEqual(made.map((row) => row[id]));
  });
});
